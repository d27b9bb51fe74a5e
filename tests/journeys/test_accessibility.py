"""Can everybody use every page? axe-core finds nothing, in both complete languages, on a phone and at a desk."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, LANGUAGES, PHONE, SIZES, Visit, Windows
from tests.journeys.pages import PUBLIC_PAGES

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
#: How editors keep media; `{}` is the newest of its kind.
MEDIA = {
    "picture": [
        "images/",
        "images/add/",
        "images/multiple/add/",
        "images/{}/",
        "images/{}/delete/",
        "images/usage/{}/",
    ],
    "leaflet": ["documents/", "documents/multiple/add/", "documents/edit/{}/", "documents/delete/{}/"],
    "recording": ["recordings/", "recordings/multiple/add/", "recordings/edit/{}/", "recordings/delete/{}/"],
}
#: The form for a promoted result, as one comes to it from the list of what was not found.
PROMOTE = "snippets/portal_search/promotion/add/?words=sari"
#: Where somebody chooses a picture, and a recording.
CHOOSERS = ["recordings/new/", "recordings/{}/texts/narration/vi/"]


#: Colours in the middle of a change are nobody's design: what will come to rest soon does so first.
AT_REST = """() => Promise.race([
    new Promise((come) => setTimeout(come, 2000)),
    Promise.allSettled(document.getAnimations().map((one) => one.finished)),
]).then(() => null)"""


def violations(visited: Visit) -> list[str]:
    """What axe-core finds on the page, a line each, when nothing moves any more."""
    visited.page.evaluate(AT_REST)
    found: dict[str, Any] = Axe().run(visited.page, options=RULES).response
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]


@LANGUAGES
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_axe_finds_nothing_on_a_public_page(reader: Windows, name: str, language: str) -> None:
    visited = reader(size=PHONE)
    visited.open(f"/{language}{PUBLIC_PAGES[name]}")
    assert violations(visited) == []


@pytest.mark.parametrize(
    "looks",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"contrast": "more"},
        {"color_scheme": "dark", "contrast": "more"},
    ],
    ids=["light", "dark", "high contrast", "dark high contrast"],
)
@pytest.mark.parametrize("name", ["home", "lesson learned", "section", "stop", "lesson of a course", "search"])
def test_axe_finds_nothing_in_any_light(reader: Windows, name: str, looks: dict[str, str]) -> None:
    visited = reader(**looks)
    visited.open(f"/en{PUBLIC_PAGES[name]}")
    assert violations(visited) == []


@LANGUAGES
@pytest.mark.parametrize("address", ["/my-learning/", "/courses/first-interview/", "/components/", "/accounts/logout/"])
def test_axe_finds_nothing_for_people_who_are_signed_in(visit_as: Windows, address: str, language: str) -> None:
    visited = visit_as("trainer")
    visited.open(f"/{language}{address}")
    assert violations(visited) == []


def newest(visited: Visit, kind: str) -> int:
    with closing(sqlite3.connect(visited.server.var_dir / "portal.sqlite3")) as database:
        found = database.execute(f"SELECT max(id) FROM media_{kind}").fetchone()  # noqa: S608 - one of three words
    return int(found[0])


def opened(visited: Visit, address: str, *, kind: str) -> Page:
    page = visited.open(f"/admin/{address.format(newest(visited, kind))}")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(
    "looks",
    [{"locale": "th", "size": PHONE, "color_scheme": "dark"}, {"locale": "en", "size": DESK, "color_scheme": "light"}],
    ids=["Thai on a phone in the dark", "English at a desk"],
)
def test_axe_finds_nothing_where_media_are_kept_and_chosen(visit_as: Windows, looks: dict[str, Any]) -> None:
    visited = visit_as("curator", **looks)
    for kind, addresses in MEDIA.items():
        for address in addresses:
            page = opened(visited, address, kind=kind)
            assert violations(visited) == [], page.url
            assert page.evaluate("() => document.documentElement.scrollWidth") <= looks["size"]["width"], page.url
    for address in CHOOSERS:
        page = opened(visited, address, kind="recording")
        page.locator("[data-chooser-action-choose]").locator("visible=true").first.click()
        tabs = page.get_by_role("dialog").get_by_role("tab")
        expect(tabs).to_have_count(2)
        assert violations(visited) == [], page.url
        tabs.last.click()
        assert violations(visited) == [], page.url


@SIZES
def test_axe_finds_nothing_where_editors_promote_results_and_read_what_was_not_found(
    visit_as: Windows, size: dict[str, int]
) -> None:
    visited = visit_as("approver", size=size)
    for address in ("reports/not-found/", "snippets/portal_search/promotion/", PROMOTE):
        page = visited.open(f"/admin/{address}")
        page.wait_for_load_state("networkidle")
        assert violations(visited) == [], page.url
        assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"], page.url
