"""Can everybody use every page? axe-core finds nothing, in both complete languages, on a phone and at a desk."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import LANGUAGES, PHONE, Visit, Windows
from tests.journeys.pages import PUBLIC_PAGES

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def violations(visited: Visit) -> list[str]:
    """What axe-core finds on the page, a line each."""
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
