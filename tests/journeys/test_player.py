"""Can everybody take in a recording in the way that suits them: by keyboard, without script, on a thin line?"""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import LANGUAGES, PHONE, Visit, Windows
from tests.journeys.test_accessibility import violations

FILM = "/articles/a-film-in-five-languages/"
SOUND = "/exhibitions/from-closed-doors/thread-to-market/the-loom/"
SOUGHT = {"en": ("your own", 1), "th": ("คุณ", 11)}
NOW = "player => player.querySelector('video, audio').currentTime"
IS_PLAYING = "player => !player.querySelector('video, audio').paused"


def opened(visited: Visit, path: str) -> Page:
    """The page, when the player has learnt from its script."""
    page = visited.open(path)
    expect(page.locator("learn-player [data-choice][role=button]").first).to_be_visible()
    return page


def media_asked_for(visited: Visit) -> list[str]:
    """Which recordings the window fetches from now on; captions are words, and pictures are not recordings."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/files/recordings/" in request.url:
            asked.append(request.url)

    visited.page.on("request", note)
    return asked


@LANGUAGES
@pytest.mark.parametrize("path", [FILM, SOUND])
def test_nothing_of_a_recording_is_fetched_before_somebody_plays_it(visit: Windows, language: str, path: str) -> None:
    visited = visit(size=PHONE)
    asked = media_asked_for(visited)
    page = opened(visited, f"/{language}{path}")
    page.locator("learn-player").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator("learn-player summary").click()
    assert violations(visited) == []
    page.keyboard.press("k")
    expect(page.locator("learn-player")).to_have_js_property("isLed", True)
    assert asked


@LANGUAGES
def test_the_keyboard_alone_searches_the_transcript_and_plays_from_there(visit: Windows, language: str) -> None:
    page = opened(visit(), f"/{language}{FILM}")
    player, (sought, hits) = page.locator("learn-player"), SOUGHT[language]
    player.locator("summary").focus()
    page.keyboard.press("Enter")
    player.locator("input").focus()
    page.keyboard.type(sought)
    expect(player.locator("output")).to_contain_text(str(hits))
    expect(player.locator("mark")).to_have_count(hits)
    expect(player.locator("mark[aria-current]")).to_have_text(sought)
    assert not player.evaluate(IS_PLAYING), "What is typed in the search field is no command."
    page.keyboard.press("Tab")
    player.locator("li[data-start='10.000'] button").last.focus()
    page.keyboard.press("Enter")
    expect(player.locator("li[data-start='10.000'][aria-current]").last).to_be_visible()
    assert player.evaluate(IS_PLAYING)
    page.keyboard.press("k")
    assert not player.evaluate(IS_PLAYING)
    before = player.evaluate(NOW)
    assert before >= 10
    page.keyboard.press("ArrowRight")
    assert player.evaluate(NOW) == pytest.approx(before + 5, abs=0.5)


def test_another_choice_keeps_the_place_and_is_remembered_on_this_device(visit: Windows) -> None:
    visited = visit()
    page = opened(visited, f"/en{FILM}")
    player = page.locator("learn-player")
    player.locator("summary").click()
    player.locator("li[data-start='15.000'] button").last.click()
    expect(player.locator("li[data-start='15.000'][aria-current]").last).to_be_visible()
    page.keyboard.press("k")
    player.locator("[data-choice=small]").focus()
    page.keyboard.press("Space")
    expect(player.locator("[data-choice=small]")).to_have_attribute("aria-pressed", "true")
    assert player.evaluate(NOW) >= 15
    assert not player.evaluate(IS_PLAYING)
    asked = media_asked_for(visited)
    page = opened(visited, f"/en{FILM}")
    expect(page.locator("learn-player [data-choice=small]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert visited.sent == []


def test_who_saves_data_is_offered_the_lightest_film_first(visit: Windows) -> None:
    visited = visit()
    visited.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
    )
    page = opened(visited, f"/en{FILM}")
    expect(page.locator("learn-player [data-choice=small]")).to_have_attribute("aria-pressed", "true")


def test_nothing_is_heard_any_more_when_somebody_leaves_at_once(visit: Windows) -> None:
    page = opened(visit(), f"/en{SOUND}")
    player = page.locator("learn-player")
    player.locator("summary").focus()
    page.keyboard.press("k")
    expect(player.locator("li[aria-current]")).to_have_count(1)
    # What the link does first; the page that it leads to may be long in coming.
    page.evaluate("document.documentElement.classList.add('covered')")
    page.wait_for_function("() => document.querySelector('audio').paused")


def test_read_only_opens_the_words_and_puts_the_film_away(visit: Windows) -> None:
    player = opened(visit(size=PHONE), f"/en{FILM}").locator("learn-player")
    player.locator("[data-choice=read]").click()
    expect(player.locator(".player__box")).to_be_visible()
    expect(player.locator("video")).to_be_hidden()


def test_the_words_of_another_language_come_when_they_are_asked_for(visit: Windows) -> None:
    player = opened(visit(), f"/en{FILM}").locator("learn-player")
    player.locator("summary").click()
    expect(player.locator("[data-unchecked]")).to_be_hidden()
    player.locator("[data-words][lang=th]").click()
    expect(player.locator("ol[lang=th] li")).to_have_count(16)
    expect(player.locator("ol[lang=th]")).to_contain_text("คุณไม่ได้ถูกจับ")
    expect(player.locator("[data-unchecked]")).to_be_visible()


@LANGUAGES
def test_without_script_every_choice_is_a_link_that_leads_to_what_it_promises(visit: Windows, language: str) -> None:
    visited = visit(java_script_enabled=False)
    page = visited.open(f"/{language}{FILM}")
    expect(page.locator("learn-player video[controls]")).to_be_visible()
    links = [str(link.get_attribute("href")) for link in page.locator("[data-choice], [data-words]").all()]
    files = [link for link in links if not link.startswith("#")]
    assert len(files) == 4
    for link in files:
        assert page.request.head(urljoin(page.url, link)).status == 200
    page.locator("[data-choice=read]").click()
    expect(page.locator(".player__box")).to_be_visible()
    expect(page.locator(".player__search")).to_be_hidden()


def test_on_paper_there_are_the_title_the_words_and_the_address(visit: Windows) -> None:
    page = opened(visit(), f"/en{FILM}")
    page.emulate_media(media="print")
    player = page.locator("learn-player")
    expect(player.locator("video")).to_be_hidden()
    expect(player.locator(".player__title")).to_be_visible()
    expect(player.locator(".player__lines")).to_be_visible()
    expect(player.locator(".player__address")).to_contain_text(FILM)
