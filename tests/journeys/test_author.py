"""An author writes, an approver publishes, a visitor reads: and nobody does the other's work."""

import re

from playwright.sync_api import expect

from tests.journeys import editor
from tests.journeys.conftest import Visit, Windows

TITLE = "A door that opens from both sides"
#: Longer than the worker needs on a busy machine to index one page.
SECONDS_TO_BE_FOUND = 180


def new_article(visited: Visit, *, title: str) -> None:
    index = visited.server.page_id("/home/articles/")
    page = visited.open(f"/admin/pages/add/articles/articlepage/{index}/")
    editor.fill(
        page,
        title=title,
        summary="What a handle on the inside changed.",
        learnt="People stay where they may leave.",
    )


def wait_until_found(visited: Visit, *, title: str) -> None:
    """The task worker feeds the index after the page was published."""
    visited.open("/en/search/").wait_for_function(
        "async ([address, title]) => (await (await fetch(address)).text()).includes(title)",
        arg=["/en/search/?q=handle+inside", title],
        polling=500,
        timeout=SECONDS_TO_BE_FOUND * 1000,
    )


def test_a_lesson_goes_from_author_to_approver_to_visitor(visit: Windows, visit_as: Windows) -> None:
    author = visit_as("author")
    new_article(author, title=TITLE)
    page_id = editor.save_draft(author.page)
    expect(editor.publish_button(author.page)).to_have_count(0)

    visitor = visit()
    expect(visitor.open("/en/articles/").get_by_role("link", name=TITLE)).to_have_count(0)

    approver = visit_as("approver")
    editor.publish(approver.open(f"/admin/pages/{page_id}/edit/"))
    visitor.open("/en/articles/").get_by_role("link", name=TITLE).first.click()
    expect(visitor.page.locator("main")).to_contain_text("People stay where they may leave.")

    wait_until_found(visitor, title=TITLE)
    found = visitor.open("/en/search/?q=handle+inside").locator("main").get_by_role("link", name=TITLE)
    expect(found).to_have_attribute("href", re.compile("/en/articles/a-door-that-opens-from-both-sides/$"))


def test_an_author_sees_the_draft_beside_the_form_and_nobody_else_does(visit: Windows, visit_as: Windows) -> None:
    title = "A draft with a window"
    author = visit_as("author")
    new_article(author, title=title)
    editor.save_draft(author.page)
    editor.fill(author.page, title="A draft with two windows")
    shown = editor.preview(author.page)
    expect(shown.locator("h1")).to_have_text("A draft with two windows")
    expect(shown.locator("main")).to_contain_text("People stay where they may leave.")

    visitor = visit()
    answer = visitor.page.goto(f"{visitor.address}/en/articles/a-draft-with-a-window/")
    assert answer is not None
    assert answer.status == 404


def test_an_author_cannot_change_what_is_published(visit_as: Windows) -> None:
    author = visit_as("author")
    published = author.server.page_id("/home/articles/the-uniform/")
    page = author.open(f"/admin/pages/{published}/edit/")
    expect(page.locator("#id_title")).to_have_count(0)


def test_a_learner_finds_no_door_to_the_editor(visit_as: Windows) -> None:
    learner = visit_as("learner")
    page = learner.open("/admin/")
    expect(page.locator("#wagtail-sidebar")).to_have_count(0)
