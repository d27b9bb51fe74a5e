"""What is true of every public page: it fits, it works without script, it is light, and it keeps to its policy."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import LANGUAGES, PHONE, Windows
from tests.journeys.pages import PUBLIC_PAGES


@LANGUAGES
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_no_page_is_wider_than_a_small_phone(reader: Windows, name: str, language: str) -> None:
    page = reader(size={"width": 320, "height": 640}).open(f"/{language}{PUBLIC_PAGES[name]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_every_page_works_without_script(reader: Windows, name: str) -> None:
    page = reader(java_script_enabled=False).open(f"/en{PUBLIC_PAGES[name]}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("nav").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "th", "lo", "my", "km", "vi"])
def test_first_load_is_light(visit: Windows, language: str) -> None:
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


@LANGUAGES
@pytest.mark.parametrize("role", ["learner", "manager"])
def test_pages_keep_to_their_policy_for_people_who_are_signed_in(visit_as: Windows, role: str, language: str) -> None:
    """A window notes a page without a strict policy, and Chromium says aloud what a policy forbade."""
    visited = visit_as(role)
    for path in [*PUBLIC_PAGES.values(), "/my-learning/"]:
        expect(visited.open(f"/{language}{path}").locator("h1")).to_be_visible()


def test_a_window_notices_what_a_policy_forbids(visit: Windows) -> None:
    """The watch itself: a style that somebody writes into a page is refused, and the refusal is noted."""
    visited = visit()
    visited.open("/en/").evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    visited.page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert any("style" in complaint for complaint in visited.complaints)
    assert any("example.org" in text for text in [*visited.strangers, *visited.complaints])
    visited.strangers.clear()
    visited.complaints.clear()
