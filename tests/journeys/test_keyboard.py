"""Can somebody study who has no mouse? From the home page to a lesson that is done, with Tab and Enter only."""

from playwright.sync_api import Locator, Page, expect

from portal.home.demo.accounts import PASSWORD
from tests.journeys import editor
from tests.journeys.conftest import Windows

MOST_STOPS = 120
#: Can a person see where the keyboard is? Inside the window, with a ring around it or around the card that it opens.
IS_SEEN = """element => {
    const place = element.getBoundingClientRect();
    const within = place.bottom > 0 && place.top < innerHeight && place.width > 0;
    return within && [null, "::after"].some(part => getComputedStyle(element, part).outlineStyle !== "none");
}"""


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus; the focus is seen at every stop on the way."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(IS_SEEN), focused.evaluate("element => element.outerHTML.slice(0, 200)")
        if goal.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {goal}")


def go(page: Page, goal: Locator) -> None:
    tab_to(page, goal)
    with editor.leaving(page):
        page.keyboard.press("Enter")


def test_a_learner_without_a_mouse_finishes_a_lesson(visit: Windows) -> None:
    page = visit(reduced_motion="reduce").open("/en/")
    go(page, page.locator(".masthead__tools a[href*='/accounts/login/']"))
    tab_to(page, page.locator("input[name=login]"))
    page.keyboard.type("trainer@demo.example")
    tab_to(page, page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-learning/")

    go(page, page.locator(".masthead__name"))
    go(page, page.locator(".door--learn a"))
    go(page, page.locator("main a[href$='/courses/first-interview/']").first)
    go(page, page.locator("form[action*='/enrol/'] button").first)
    go(page, page.locator("main a.button").first)
    go(page, page.locator("form[action*='/finish/'] button"))
    expect(page.locator("form[action*='/take-back/']")).to_be_visible()


def test_the_skip_link_leads_past_the_menu(reader: Windows) -> None:
    page = reader().open("/en/manuals/protection-manual/identification/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
