"""A visitor looks around, finds a procedure, and changes the language."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import LANGUAGES, SIZES, Windows

STAFF_ONLY = "/manuals/protection-manual/responding-to-a-threat/"
SECTION = "/manuals/protection-manual/identification/"


@LANGUAGES
@SIZES
def test_a_visitor_walks_through_the_exhibition(reader: Windows, language: str, size: dict[str, int]) -> None:
    page = reader(size=size).open(f"/{language}/")
    page.locator("a[href$='/exhibitions/']").last.click()
    page.locator("main a[href*='/exhibitions/from-closed-doors/']").first.click()
    page.locator("main a[href*='/the-doors-open/']").first.click()
    page.locator("main a[href*='/a-house-that-was-closed/']").first.click()
    for stop in ("the-colour-of-a-dress", "the-shared-notebook"):
        page.locator("main a[rel=next]").first.click()
        expect(page).to_have_url(re.compile(f"/{stop}/$"))


@pytest.mark.parametrize(("language", "words"), [("en", "identification"), ("th", "การคัดแยก")])
@SIZES
def test_a_visitor_finds_the_section_by_searching(
    reader: Windows, language: str, words: str, size: dict[str, int]
) -> None:
    page = reader(size=size).open(f"/{language}/search/")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(f"main a[href='/{language}{SECTION}']").first.click()
    expect(page).to_have_url(re.compile(re.escape(f"/{language}{SECTION}")))


@LANGUAGES
def test_a_visitor_never_learns_that_a_staff_section_exists(reader: Windows, language: str) -> None:
    visited = reader()
    hidden = visited.page.goto(f"{visited.address}/{language}{STAFF_ONLY}")
    unknown = visited.page.request.get(f"{visited.address}/{language}/manuals/protection-manual/no-such-section/")
    assert hidden is not None
    assert (hidden.status, unknown.status) == (404, 404)
    assert "threat" not in visited.page.locator("main").inner_text().lower()
    for address in (
        f"/{language}/manuals/protection-manual/",
        f"/{language}{SECTION}",
        f"/{language}/search/?q=threat",
    ):
        assert "responding-to-a-threat" not in visited.open(address).content()


def test_staff_find_the_section_that_visitors_do_not(visit_as: Windows) -> None:
    visited = visit_as("author")
    expect(visited.open(f"/en{STAFF_ONLY}").locator("h1")).to_be_visible()
    assert "responding-to-a-threat" in visited.open("/en/search/?q=threat").content()


def test_the_language_switch_stays_on_the_page(reader: Windows) -> None:
    page = reader().open(f"/en{SECTION}")
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=th]").click()
    expect(page).to_have_url(re.compile(re.escape(f"/th{SECTION}")))
    expect(page.locator("html")).to_have_attribute("lang", "th")


def test_the_language_switch_says_where_there_is_no_translation(reader: Windows) -> None:
    page = reader().open(f"/en{SECTION}")
    page.locator(".languages summary").click()
    expect(page.locator(".languages a[lang=km] .languages__note")).to_be_visible()
    page.locator(".languages a[lang=km]").click()
    expect(page).to_have_url(re.compile(r"/km/$"))
