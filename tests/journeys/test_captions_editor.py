"""Can somebody write captions while they listen: with a mouse, with keys alone, and without a script?"""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LANGUAGES, PHONE, SIZES, Visit, Windows
from tests.journeys.test_accessibility import violations


def address(visited: Visit, place: str = "captions/en/") -> str:
    """The words of a sound of the demonstration."""
    with closing(sqlite3.connect(visited.server.var_dir / "portal.sqlite3")) as database:
        found = database.execute("SELECT min(id) FROM media_recording WHERE kind = 'audio'").fetchone()
    return f"/admin/recordings/{found[0]}/texts/{place}"


def parts(page: Page) -> list[str]:
    return page.locator("[data-text]").evaluate_all("fields => fields.map(field => field.value)")


def opened(visited: Visit, place: str) -> Page:
    page = visited.open(address(visited, place))
    page.wait_for_load_state("networkidle")
    return page


def test_a_curator_writes_captions_beside_the_recording(visit_as: Windows) -> None:
    page = opened(visit_as("curator"), "captions/vi/")
    expect(page.locator("audio[controls]")).to_be_in_viewport()
    for words in ("Một", "Hai"):
        page.get_by_role("button", name="Add a part").click()
        page.keyboard.type(words)
    expect(page.get_by_role("group", name="Part 2", exact=True).get_by_label("Start")).to_have_value("00:00:02.000")
    page.get_by_role("group", name="Part 1", exact=True).get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    assert parts(page) == ["Một", "Hai"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The text is saved.")).to_be_visible()
    expect(page.locator(".cue")).to_have_count(2)
    assert parts(page) == ["Một", "Hai"]


def test_parts_are_split_at_the_cursor_and_merged(visit_as: Windows) -> None:
    page = opened(visit_as("curator"), "captions/km/")
    page.get_by_role("button", name="Add a part").click()
    page.keyboard.type("សូម ស្វាគមន៍")
    page.locator("[data-text]").evaluate("field => field.setSelectionRange(3, 3)")
    page.get_by_role("button", name="Split").click()
    assert parts(page) == ["សូម", "ស្វាគមន៍"]
    page.get_by_role("button", name="Merge with next").first.click()
    assert parts(page) == ["សូម\nស្វាគមន៍"]
    expect(page.locator("[data-end]")).to_have_value("00:00:02.000")
    page.evaluate("document.querySelector('learn-captions-editor').isDirty = false")


def test_captions_are_written_by_keyboard_alone(visit_as: Windows) -> None:
    page = opened(visit_as("curator"), "captions/lo/")
    page.get_by_role("button", name="Add a part").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ໜຶ່ງ ສອງ")
    page.keyboard.press("Alt+ArrowUp")
    page.evaluate("document.querySelector('audio').currentTime = 1.5")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("ສາມ")
    assert parts(page) == ["ໜຶ່ງ ສອງ", "ສາມ"]
    assert page.locator("[data-start], [data-end]").evaluate_all("all => all.map(one => one.value)") == [
        "00:00:00.100", "00:00:01.500", "00:00:01.500", "00:00:03.500",
    ]  # fmt: skip
    page.evaluate("document.querySelector('learn-captions-editor').isDirty = false")


def test_what_is_wrong_is_said_while_it_is_written_and_leads_to_its_part(visit_as: Windows) -> None:
    page = opened(visit_as("curator"), "narration/vi/")
    page.get_by_role("button", name="Add a part").click()
    page.keyboard.type("Một")
    page.locator("[data-end]").fill("soon")
    wrong = page.get_by_role("link", name="Part 1: Write the times")
    expect(wrong).to_be_visible()
    wrong.click()
    expect(page.get_by_label("Words of part 1", exact=True)).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.locator("[data-end]")).to_have_value("soon")
    assert parts(page) == ["Một"]
    page.locator("[data-end]").fill("1:02.5")
    page.locator("[data-text]").focus()
    expect(page.locator("[data-end]")).to_have_value("00:01:02.500")
    page.evaluate("document.querySelector('learn-captions-editor').isDirty = false")


def test_the_part_that_is_heard_is_marked(visit_as: Windows) -> None:
    page = opened(visit_as("curator"), "captions/en/")
    page.evaluate("document.querySelector('audio').currentTime = 1.6")
    expect(page.locator("[aria-current=true]")).to_have_count(1)
    expect(page.locator("[aria-current=true] [data-start]")).to_have_value("00:00:01.500")


def test_captions_are_written_without_a_script(visit_as: Windows) -> None:
    visited = visit_as("curator", java_script_enabled=False)
    page = visited.open(address(visited, "captions/my/"))
    whole = page.get_by_label("Text with times")
    whole.fill("WEBVTT\n\n0:00 --> soon\nတစ်\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Line 3: Write the times")).to_be_visible()
    expect(whole).to_have_value("WEBVTT\n\n0:00 --> soon\nတစ်\n")
    whole.fill("WEBVTT\n\n0:00 --> 0:01\nတစ်\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(whole).to_have_value("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nတစ်\n")


@LANGUAGES
@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["", "captions/en/", "captions/th/?from=captions.en", "captions/en/delete/"])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(
    visit_as: Windows, place: str, scheme: str, size: dict[str, int], language: str
) -> None:
    visited = visit_as("curator", size=size, color_scheme=scheme, locale=language)
    page = opened(visited, place)
    assert violations(visited) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_player_stays_on_a_phone(visit_as: Windows) -> None:
    page = opened(visit_as("curator", size=PHONE), "captions/en/")
    page.locator(".cue").last.scroll_into_view_if_needed()
    expect(page.locator("audio[controls]")).to_be_in_viewport()
