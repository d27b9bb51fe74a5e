"""Does the portal look right to those who asked their device for something else?"""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Windows
from tests.journeys.pages import PUBLIC_PAGES

SECTION = PUBLIC_PAGES["section"]
#: Elements that move, or would when they are pointed at.
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    const lasts = times => times.split(",").some(time => parseFloat(time) > 0);
    return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
}).map(element => element.outerHTML.slice(0, 120))"""


def ground_of(page: Page) -> list[int]:
    """Red, green and blue of what the text stands on."""
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return [int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")[:3]]


@pytest.mark.parametrize("name", ["home", "section", "exhibition", "room", "course"])
def test_nothing_moves_for_those_who_asked_for_stillness(reader: Windows, name: str) -> None:
    page = reader(reduced_motion="reduce").open(f"/en{PUBLIC_PAGES[name]}")
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_night_is_dark_and_high_contrast_is_black_and_white(reader: Windows) -> None:
    assert max(ground_of(reader(color_scheme="dark").open("/en/"))) < 64
    assert min(ground_of(reader(color_scheme="light").open("/en/"))) > 200
    assert ground_of(reader(color_scheme="light", contrast="more").open("/en/")) == [255, 255, 255]
    assert ground_of(reader(color_scheme="dark", contrast="more").open("/en/")) == [0, 0, 0]


@pytest.mark.parametrize("name", ["home", "section", "stop", "course", "search"])
def test_buttons_and_warnings_have_a_border_where_colours_are_forced(reader: Windows, name: str) -> None:
    page = reader(forced_colors="active").open(f"/en{PUBLIC_PAGES[name]}")
    bordered = ".button:visible, .selvedge__leave:visible, .notice:visible, main input:not([type=checkbox]):visible"
    for thing in page.locator(bordered).all():
        width = thing.evaluate("element => parseFloat(getComputedStyle(element).borderTopWidth)")
        assert width > 0, thing.evaluate("element => element.outerHTML.slice(0, 120)")


def test_a_printed_section_is_the_section_and_nothing_else(reader: Windows) -> None:
    page = reader().open(f"/en{SECTION}")
    page.emulate_media(media="print")
    try:
        for chrome in (".selvedge", ".languages", ".seek", ".menu", ".breadcrumbs", ".footer__columns", ".contents"):
            expect(page.locator(chrome).first).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        for step in page.locator("article .step").all():
            expect(step).to_be_visible()
            assert step.evaluate("element => getComputedStyle(element).breakInside") == "avoid"
        assert page.locator("article .step").count() > 2
        assert ground_of(page) in ([255, 255, 255], [0, 0, 0]), "Paper is white: no ground is printed."
    finally:
        page.emulate_media(media="screen")
