"""Do the custom elements improve a page that already works, and keep to themselves what they know?"""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, Visit, Windows

STOP = "/exhibitions/from-closed-doors/the-doors-open/the-colour-of-a-dress/"
ARTICLE = "/articles/the-uniform/"


def ticks(page: Page) -> list[bool]:
    return [box.is_checked() for box in page.locator("learn-checklist input").all()]


def asked_while_ticking(visited: Visit) -> list[str]:
    """Tick the first and the third box, and answer what the page asked the server for meanwhile."""
    visited.page.wait_for_load_state("networkidle")
    asked: list[str] = []
    visited.page.on("request", lambda request: asked.append(request.url))
    for number in (0, 2):
        visited.page.locator("learn-checklist input").nth(number).check()
    visited.page.wait_for_load_state("networkidle")
    return asked


def test_ticks_stay_on_this_device_and_nowhere_else(visit: Windows) -> None:
    visited = visit()
    page = visited.open(f"/en{STOP}")
    assert asked_while_ticking(visited) == []
    page.reload()
    assert ticks(page) == [True, False, True, False]
    assert page.evaluate("document.cookie") == ""
    assert visited.sent == []
    assert ticks(visit().open(f"/en{STOP}")) == [False] * 4, "Another device knows nothing of it."


def test_ticks_can_be_cleared(visit: Windows) -> None:
    visited = visit()
    page = visited.open(f"/en{STOP}")
    asked_while_ticking(visited)
    page.locator("learn-checklist [data-clear]").click()
    assert ticks(page) == [False] * 4
    page.reload()
    assert ticks(page) == [False] * 4
    assert page.evaluate("localStorage.length") == 0


def test_checklists_of_one_page_do_not_tick_each_other(visit: Windows) -> None:
    """Thai titles have no Latin letter in them, so nothing may be remembered under their Latin letters."""
    page = visit().open(f"/th{STOP}")
    key = page.locator("learn-checklist").get_attribute("data-key")
    assert key
    assert page.locator(f"learn-checklist[data-key='{key}']").count() == 1


def test_the_contents_say_where_the_reader_is(reader: Windows) -> None:
    page = reader(size=DESK).open(f"/en{ARTICLE}")
    links = page.locator("learn-toc a")
    here = page.locator("learn-toc a[aria-current]")
    anchor = links.last.get_attribute("href")
    page.locator(f"[id='{str(anchor)[1:]}']").evaluate("heading => heading.scrollIntoView()")
    expect(here).to_have_count(1)
    expect(here).to_have_attribute("href", str(anchor))
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(f"learn-toc a[href='{anchor}'][aria-current]")).to_have_count(0)


def test_without_script_the_contents_lead_there_all_the_same(reader: Windows) -> None:
    page = reader(java_script_enabled=False).open(f"/en{ARTICLE}")
    anchor = page.locator("learn-toc a").last.get_attribute("href")
    page.locator("learn-toc a").last.click()
    expect(page.locator(f"[id='{str(anchor)[1:]}']")).to_be_in_viewport()
    expect(page.locator("[data-clear]:visible")).to_have_count(0)
