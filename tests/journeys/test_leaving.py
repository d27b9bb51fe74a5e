"""How does somebody leave at once, and what must the way out never do?"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PHONE, Visit, Windows
from tests.journeys.pages import PUBLIC_PAGES


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
def test_the_way_out_is_the_first_stop_of_the_keyboard(reader: Windows, name: str) -> None:
    page = reader(size=PHONE).open(f"/en{PUBLIC_PAGES[name]}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://www.wikipedia.org/"


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_the_way_out_leads_away_at_once(visit: Windows, has_script: bool) -> None:
    visited = visit(java_script_enabled=has_script)
    asked = leave_to(visited)
    page = visited.open("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_elsewhere(page)
    assert len(asked) == 1
    visited.strangers.clear()


def test_shift_three_times_covers_the_page_and_leaves_nothing_to_go_back_to(visit: Windows) -> None:
    visited = visit()
    leave_to(visited)
    page = visited.open("/en/about/")
    for _press in range(3):
        page.keyboard.press("Shift")
    is_elsewhere(page)
    page.go_back()
    assert "/about/" not in page.url
    visited.strangers.clear()


def test_shift_while_writing_is_no_call_for_help(reader: Windows) -> None:
    page = reader().open("/en/search/")
    page.locator("main input[name=q]").press_sequentially("ABCDE")
    for letter in "FGH":
        page.keyboard.press(f"Shift+{letter}")
    expect(page).to_have_url(re.compile("/en/search/"))
