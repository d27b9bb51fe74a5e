"""An author writes, an approver publishes, a visitor reads: and nobody does the other's work."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

TITLE = "A door that opens from both sides"


def write_article(page: Page, *, title: str) -> None:
    """Fill in Wagtail's editor and save a draft."""
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("What a handle on the inside changed.")
    page.locator("#id_learnt").fill("People stay where they may leave.")
    page.locator("button.action-save").first.click()
    expect(page.locator(".messages .success, .w-alert--success, [data-w-autosave-target]").first).to_be_attached()


def test_a_lesson_goes_from_author_to_approver_to_visitor(visit: Callable[..., Visit]) -> None:
    author = visit()
    author.sign_in("author")
    page = author.open(f"/admin/pages/add/articles/articlepage/{author.server.page_id('/home/articles/')}/")
    write_article(page, title=TITLE)
    expect(page.locator("button.action-publish, button[name=action-publish]")).to_have_count(0)
    match = re.search(r"/admin/pages/(\d+)/edit/", page.url)
    assert match is not None

    visitor = visit()
    assert TITLE not in visitor.open("/en/articles/").content()

    approver = visit()
    approver.sign_in("approver")
    editor = approver.open(f"/admin/pages/{match.group(1)}/edit/")
    editor.locator("[data-drilldown-toggle], .w-dropdown__toggle, button[aria-label*='More']").last.click()
    editor.locator("button[name=action-publish]").first.click()
    editor.wait_for_load_state()
    assert TITLE in visitor.open("/en/articles/").content()
