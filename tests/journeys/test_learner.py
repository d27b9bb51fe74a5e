"""A learner studies: enrols, finishes two lessons, goes away, comes back, and changes the language."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Visit, Windows

COURSE = "/courses/first-interview/"
LESSONS = [
    f"{COURSE}before-the-first-question/{name}/" for name in ("before-the-room", "opening-words", "with-an-interpreter")
]
#: Eight lessons are required.
PERCENT_AFTER_TWO = "25"

# Each journey has a learner of its own: everybody in the demonstration may learn.
JOURNEYS = pytest.mark.parametrize(
    ("role", "language", "size", "has_script"),
    [
        ("learner", "en", DESK, True),
        ("reviewer", "en", PHONE, False),
        ("approver", "th", DESK, False),
        ("curator", "th", PHONE, True),
    ],
    ids=["English at a desk", "English on a phone without script", "Thai at a desk without script", "Thai on a phone"],
)


def finish(visited: Visit, path: str) -> None:
    visited.open(path)
    visited.page.locator("form[action*='/finish/'] button").click()
    expect(visited.page.locator("form[action*='/take-back/']")).to_be_visible()


@JOURNEYS
def test_a_learner_goes_on_where_they_were_in_every_language(
    visit: Windows, role: str, language: str, size: dict[str, int], has_script: bool
) -> None:
    first = visit(size=size, java_script_enabled=has_script)
    first.sign_in(role, language=language)
    first.open(f"/{language}{COURSE}").locator("form[action*='/enrol/'] button").first.click()
    for lesson in LESSONS[:2]:
        finish(first, f"/{language}{lesson}")
    first.open(f"/{language}/accounts/logout/").locator("main form button[type=submit]").first.click()

    again = visit(size=size, java_script_enabled=has_script)
    for code in (language, "th" if language == "en" else "en"):
        if code == language:
            again.sign_in(role, language=code)
        page = again.open(f"/{code}/my-learning/")
        expect(page.locator("progress").first).to_have_attribute("value", PERCENT_AFTER_TWO)
        page.locator(".studies a.button").first.click()
        expect(page).to_have_url(re.compile(re.escape(f"/{code}{LESSONS[2]}")))


def test_marking_a_lesson_twice_counts_once(visit_as: Windows) -> None:
    visited = visit_as("author")
    visited.open(f"/en{COURSE}").locator("form[action*='/enrol/'] button").first.click()
    page = visited.open(f"/en{LESSONS[0]}")
    token = page.locator("form[action*='/finish/'] input[name=csrfmiddlewaretoken]").get_attribute("value")
    event = page.locator("form[action*='/finish/'] input[name=event]").get_attribute("value")
    address = page.locator("form[action*='/finish/']").get_attribute("action")
    for _again in range(2):
        answer = page.request.post(
            visited.address + str(address),
            form={"csrfmiddlewaretoken": str(token), "event": str(event)},
            headers={"Origin": visited.address},
        )
        assert answer.ok
    expect(visited.open("/en/my-learning/").locator("progress").first).to_have_attribute("value", "12")


def test_a_learner_changes_the_language_in_the_middle_of_a_course(visit_as: Windows) -> None:
    page = visit_as("administrator").open(f"/en{LESSONS[0]}")
    page.locator("form[action*='/enrol/'] button").click()
    page.locator("form[action*='/finish/'] button").click()
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=th]").click()
    expect(page).to_have_url(re.compile(re.escape(f"/th{LESSONS[0]}")))
    expect(page.locator("form[action*='/take-back/']")).to_be_visible()
    page.locator(".lesson-actions a.button").click()
    expect(page).to_have_url(re.compile(re.escape(f"/th{LESSONS[1]}")))
    page.locator("form[action*='/finish/'] button").click()
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=en]").click()
    expect(page.locator(".lesson-actions progress")).to_have_attribute("value", PERCENT_AFTER_TWO)


def test_a_visitor_reads_the_lesson_and_is_asked_to_sign_in(reader: Windows) -> None:
    page = reader().open(f"/en{LESSONS[0]}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("form[action*='/finish/']")).to_have_count(0)
    expect(page.locator(".lesson-actions a[href*='/accounts/login/']")).to_be_visible()


def test_nobody_sees_the_learning_of_somebody_else(visit_as: Windows) -> None:
    visited = visit_as("manager")
    page = visited.open("/en/my-learning/")
    expect(page.locator("progress")).to_have_count(0)
