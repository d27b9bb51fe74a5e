"""A visitor looks around, finds a procedure, changes the language, and leaves at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import LANGUAGES, PHONE, SIZES, Visit
from tests.journeys.pages import PUBLIC_PAGES

STAFF_ONLY = "/manuals/protection-manual/responding-to-a-threat/"
SECTION = "/manuals/protection-manual/identification/"


@LANGUAGES
@SIZES
def test_a_visitor_walks_through_the_exhibition(
    visit: Callable[..., Visit], language: str, size: dict[str, int]
) -> None:
    page = visit(size=size).open(f"/{language}/")
    page.locator("a[href$='/exhibitions/']").last.click()
    page.locator("main a[href*='/exhibitions/from-closed-doors/']").first.click()
    page.locator("main a[href*='/the-doors-open/']").first.click()
    page.locator("main a[href*='/a-house-that-was-closed/']").first.click()
    for stop in ("wire-and-flowers", "the-colour-of-a-dress"):
        page.locator("main a[rel=next]").first.click()
        expect(page).to_have_url(re.compile(f"/{stop}/$"))


@pytest.mark.parametrize(("language", "words"), [("en", "identification"), ("th", "การคัดแยก")])
@SIZES
def test_a_visitor_finds_the_section_by_searching(
    visit: Callable[..., Visit], language: str, words: str, size: dict[str, int]
) -> None:
    page = visit(size=size).open(f"/{language}/search/")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(f"main a[href='/{language}{SECTION}']").first.click()
    expect(page).to_have_url(re.compile(re.escape(f"/{language}{SECTION}")))


@LANGUAGES
def test_a_visitor_never_learns_that_a_staff_section_exists(visit: Callable[..., Visit], language: str) -> None:
    visited = visit()
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


def test_staff_find_the_section_that_visitors_do_not(visit: Callable[..., Visit]) -> None:
    visited = visit()
    visited.sign_in("author")
    expect(visited.open(f"/en{STAFF_ONLY}").locator("h1")).to_be_visible()
    assert "responding-to-a-threat" in visited.open("/en/search/?q=threat").content()


def test_the_language_switch_stays_on_the_page(visit: Callable[..., Visit]) -> None:
    page = visit().open(f"/en{SECTION}")
    page.locator(".languages summary").click()
    page.locator(".languages a[lang=th]").click()
    expect(page).to_have_url(re.compile(re.escape(f"/th{SECTION}")))
    expect(page.locator("html")).to_have_attribute("lang", "th")


def test_the_language_switch_says_where_there_is_no_translation(visit: Callable[..., Visit]) -> None:
    page = visit().open(f"/en{SECTION}")
    page.locator(".languages summary").click()
    expect(page.locator(".languages a[lang=km] .languages__note")).to_be_visible()
    page.locator(".languages a[lang=km]").click()
    expect(page).to_have_url(re.compile(r"/km/$"))


def leave_to(visited: Visit) -> list[str]:
    """Stand in for the site to which the exit leads, and note how it is asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title>")

    visited.context.route("https://www.wikipedia.org/**", answer)
    return asked


def is_elsewhere(page: Page) -> None:
    expect(page).to_have_title("Elsewhere")


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_the_way_out_is_the_first_stop_of_the_keyboard(visit: Callable[..., Visit], name: str) -> None:
    page = visit(size=PHONE).open(f"/en{PUBLIC_PAGES[name]}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://www.wikipedia.org/"


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_the_way_out_leads_away_at_once(visit: Callable[..., Visit], has_script: bool) -> None:
    visited = visit(java_script_enabled=has_script)
    asked = leave_to(visited)
    page = visited.open("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_elsewhere(page)
    assert len(asked) == 1
    visited.strangers.clear()


def test_shift_three_times_covers_the_page_and_leaves_nothing_to_go_back_to(visit: Callable[..., Visit]) -> None:
    visited = visit()
    leave_to(visited)
    page = visited.open("/en/about/")
    for _press in range(3):
        page.keyboard.press("Shift")
    is_elsewhere(page)
    page.go_back()
    assert "/about/" not in page.url
    visited.strangers.clear()


def test_shift_while_writing_is_no_call_for_help(visit: Callable[..., Visit]) -> None:
    page = visit().open("/en/search/")
    page.locator("main input[name=q]").press_sequentially("ABCDE")
    for letter in "FGH":
        page.keyboard.press(f"Shift+{letter}")
    expect(page).to_have_url(re.compile("/en/search/"))


@LANGUAGES
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_no_page_is_wider_than_a_small_phone(visit: Callable[..., Visit], name: str, language: str) -> None:
    page = visit(size={"width": 320, "height": 640}).open(f"/{language}{PUBLIC_PAGES[name]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_every_page_works_without_script(visit: Callable[..., Visit], name: str) -> None:
    page = visit(java_script_enabled=False).open(f"/en{PUBLIC_PAGES[name]}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("nav").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "th", "lo", "my", "km", "vi"])
def test_first_load_is_light(visit: Callable[..., Visit], language: str) -> None:
    """Under 100 KB without pictures, scripts of ours under 30 KB; as a phone on a slow line would get it."""
    visited = visit(size=PHONE)
    weights: dict[str, int] = {}

    def weigh(response: object) -> None:
        sizes = response.request.sizes()  # type: ignore[attr-defined]
        kind = response.request.resource_type  # type: ignore[attr-defined]
        weights[kind] = weights.get(kind, 0) + sizes["responseBodySize"]

    visited.page.on("requestfinished", lambda request: weigh(request.response()))
    visited.open(f"/{language}/")
    visited.page.wait_for_load_state("networkidle")
    assert sum(size for kind, size in weights.items() if kind != "image") < 100 * 1024, weights
    assert weights.get("script", 0) < 30 * 1024
