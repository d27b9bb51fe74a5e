"""People search: by keyboard, on a phone, without script, in six languages, and find the very place."""

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import DESK, PHONE, SIZES, Visit, Windows

SECTION = "/manuals/protection-manual/identification/"
MANUAL = "/manuals/protection-manual/"
NARROW = {"width": 320, "height": 640}
#: A word that stands in many pages of each language of the demonstration, or of its interface.
WORDS = {"en": "interview", "th": "การคัดแยก", "lo": "ການ", "my": "interview", "km": "interview", "vi": "interview"}
SUGGESTIONS = "**/search/suggestions/**"


def search(visited: Visit, query: str, *, language: str = "en") -> Page:
    return visited.open(f"/{language}/search/?q={quote(query)}")


def typed(page: Page, text: str, *, into: str = "#seek") -> Locator:
    """Type into a search field in one breath, so that one question is asked, and wait until something is offered."""
    field = page.locator(into)
    field.focus()
    page.keyboard.insert_text(text)
    expect(field).to_have_attribute("aria-expanded", "true")
    return field


def hits(page: Page) -> Locator:
    return page.locator(".found__main > .hits > .hit")


def violations(page: Page) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]]


# --- suggestions ---------------------------------------------------------------------------------------------
def test_a_suggestion_is_chosen_by_keyboard_alone(visit: Windows) -> None:
    page = visit().open("/en/")
    field = typed(page, "identif")
    expect(page.locator(".seek-place [role=status]")).to_contain_text("suggestion")
    field.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_value("identif")
    expect(field).to_be_focused()
    address = str(chosen.get_attribute("href"))
    field.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(address)))


def test_escape_closes_what_is_offered_and_keeps_what_was_typed(visit: Windows) -> None:
    page = visit().open("/en/")
    field = typed(page, "identif")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(field).to_have_value("identif")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Tab")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(page.locator(".seek__go")).to_be_focused()


def test_the_arrows_go_round_and_home_and_end_jump(visit: Windows) -> None:
    page = visit().open("/en/")
    field = typed(page, "the")
    options = page.locator(".suggestion")
    last = options.count() - 1
    assert last > 1
    for key, place in (("ArrowUp", last), ("ArrowDown", 0), ("End", last), ("Home", 0), ("ArrowDown", 1)):
        field.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        expect(page.locator(".suggestion[aria-selected=true]")).to_have_count(1)


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Windows) -> None:
    page = visit().open("/en/")
    typed(page, "identif").press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=identif$"))


def test_a_late_answer_never_replaces_a_newer_one(visit: Windows) -> None:
    page = visit().open("/en/")
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        """The first question waits for its answer until the second one has its own."""
        if "q=ident&" in route.request.url:
            waiting.append(route)
        else:
            route.continue_()

    page.route(SUGGESTIONS, answer)
    field = page.locator("#seek")
    with page.expect_request(lambda request: "q=ident&" in request.url):
        field.press_sequentially("ident")
    with page.expect_response(lambda response: "q=identification&" in response.url):
        field.press_sequentially("ification")
    expect(page.locator(".suggestion").first).to_be_visible()
    for route in waiting:
        route.fulfill(body='<div class="suggestions" role="listbox"><a role="option" href="/">Late</a></div>')
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert waiting
    expect(page.locator(".suggestion").first).to_be_visible()
    assert "Late" not in page.locator(".suggestions").inner_text()


def test_keys_of_an_input_method_choose_nothing(visit: Windows) -> None:
    page = visit().open("/en/")
    field = typed(page, "identif")
    for key in ("ArrowDown", "Enter", "Escape"):
        field.evaluate(
            "(field, key) => field.dispatchEvent(new KeyboardEvent('keydown', {key, isComposing: true}))",
            key,
        )
    expect(page.locator(".suggestion[aria-selected=true]")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "true")


def test_what_an_input_method_puts_together_is_suggested_for_and_stays(visit: Windows) -> None:
    visited = visit()
    page = visited.open("/th/")
    page.locator("#seek").focus()
    keyboard = visited.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "การคัด", "selectionStart": 6, "selectionEnd": 6})
    expect(page.locator("#seek")).to_have_attribute("aria-expanded", "true")
    keyboard.send("Input.insertText", {"text": "การคัดแยก"})
    expect(page.locator("#seek")).to_have_value("การคัดแยก")
    expect(page.locator(".suggestion").first).to_contain_text("การคัดแยก")


@SIZES
def test_nothing_moves_when_something_is_offered(visit: Windows, size: dict[str, int]) -> None:
    page = visit(size=size).open(f"/en{SECTION}")
    page.wait_for_load_state("networkidle")
    before = page.locator("h1").bounding_box()
    typed(page, "the")
    assert page.locator("h1").bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert violations(page) == []


def test_a_suggestion_is_tapped_on_a_phone(visit: Windows) -> None:
    page = visit(size=PHONE, has_touch=True, is_mobile=True).open("/th/")
    typed(page, "การคัด")
    address = str(page.locator(".suggestion").first.get_attribute("href"))
    page.locator(".suggestion").first.tap()
    expect(page).to_have_url(re.compile(re.escape(quote(address, safe="/#%"))))


# --- the page of results -------------------------------------------------------------------------------------
def test_a_facet_narrows_and_the_back_button_widens_again(visit: Windows) -> None:
    page = search(visit(), "interview")
    everything = page.locator(".found__count").inner_text()
    page.get_by_role("link", name=re.compile("^Section of a manual")).click()
    expect(page.locator(".chip")).to_contain_text("Section of a manual")
    expect(page.locator(".found__count")).not_to_have_text(everything)
    page.go_back()
    expect(page.locator(".found__count")).to_have_text(everything)
    expect(page.locator(".chip")).to_have_count(0)
    page.go_forward()
    page.locator(".chip").click()
    expect(page.locator(".found__count")).to_have_text(everything)


def test_quotation_marks_keep_words_together_and_a_minus_leaves_out(visit: Windows) -> None:
    visited = visit()

    def count(query: str) -> int:
        told = search(visited, query).locator(".found__count").inner_text()
        return int(re.sub(r"\D", "", told) or 0)

    both, phrase, without = count("temporary shelter"), count('"temporary shelter"'), count("shelter -temporary")
    assert 0 < phrase <= both
    assert 0 < without < count("shelter")
    assert search(visited, '"temporary shelter"').locator("#query").input_value() == '"temporary shelter"'


@SIZES
def test_without_script_everything_is_a_link_or_a_form(visit: Windows, size: dict[str, int]) -> None:
    page = visit(size=size, java_script_enabled=False).open(f"/en{MANUAL}")
    page.locator(".within input[name=q]").fill("interview")
    page.locator(".within input[name=q]").press("Enter")
    expect(page.locator(".chip")).to_contain_text("Protection manual")
    within = page.locator(".found__count").inner_text()
    page.locator(".chip").click()
    expect(page.locator(".found__count")).not_to_have_text(within)
    if page.locator(".narrowings .fold__handle").is_visible():
        page.locator(".narrowings .fold__handle").click()
    page.locator(".narrowings").get_by_role("link", name=re.compile("^Section of a manual")).click()
    expect(page.locator(".chip")).to_contain_text("Section of a manual")
    page.get_by_role("link", name="Newest first").click()
    expect(page).to_have_url(re.compile("sort=date"))


def test_a_search_in_a_manual_opens_at_the_step(visit: Windows) -> None:
    page = visit().open(f"/en{MANUAL}")
    page.locator(".within input[name=q]").fill("interpreter")
    page.locator(".within button").click()
    page.wait_for_url(re.compile("within="))
    link = page.locator(".hit a[href*='#']").first
    address = str(link.get_attribute("href"))
    assert MANUAL in address
    link.click()
    expect(page).to_have_url(re.compile(re.escape(address)))
    expect(page.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_the_ways_out_of_an_empty_answer_lead_somewhere(visit: Windows) -> None:
    page = visit().open("/en/search/?q=xyzzyx&kind=section")
    expect(page.get_by_role("status").first).to_be_attached()
    page.get_by_role("link", name="Search for the same everywhere").click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=xyzzyx$"))
    page.locator(".nothing__ways a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_slip_is_put_right_by_one_click(visit: Windows) -> None:
    page = search(visit(), "interpretter")
    page.locator(".found__meant a").first.click()
    expect(hits(page).first).to_be_visible()
    expect(page.locator("#query")).to_have_value("interpreter")


def test_a_visitor_finds_in_thai_on_a_phone_in_the_dark(visit: Windows) -> None:
    page = visit(size=PHONE, color_scheme="dark").open("/th/")
    page.locator("#seek").fill("การคัดแยก")
    page.locator("#seek").press("Enter")
    expect(hits(page).first.locator("mark").first).to_be_visible()
    page.locator(".narrowings .fold__handle").click()
    expect(page.locator(".way").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("size", [NARROW, DESK], ids=["320 pixels", "desk"])
def test_results_fit_in_every_language(reader: Windows, language: str, size: dict[str, int]) -> None:
    visited = reader(size=size)
    for words in (WORDS[language], "xyzzyx", "interpretter"):
        page = search(visited, words, language=language)
        expect(page.locator(".found__count")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == []


@pytest.mark.parametrize("query", ["interview", "xyzzyx"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_on_the_page_is_reached_and_seen_by_keyboard(reader: Windows, query: str, scheme: str) -> None:
    page = search(reader(color_scheme=scheme), query)
    page.locator("#query").focus()
    reached = set()
    for _press in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const here = document.activeElement, style = getComputedStyle(here);
            return [here.closest("main") ? here.className || here.tagName : "", style.outlineStyle]; }"""
        )
        if not place[0]:
            break
        assert place[1] != "none", place
        reached.add(place[0])
    wanted = {"interview": {"way", "orders__way"}, "xyzzyx": set()}[query]
    assert wanted <= reached


# --- saved searches, and what is hidden ----------------------------------------------------------------------
def test_a_learner_keeps_a_search_runs_it_renames_it_and_deletes_it(visit_as: Windows) -> None:
    visited = visit_as("learner")
    page = search(visited, "interview")
    page.locator(".save summary").click()
    page.locator("#search-name").fill("Before the first question")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".save")).to_contain_text("You keep this search as “Before the first question”.")
    visited.open("/en/my-learning/").get_by_role("link", name="Before the first question").click()
    expect(page).to_have_url(re.compile(r"/en/search/\?q=interview$"))
    visited.open("/en/search/saved/").locator(".kept__change summary").click()
    assert violations(page) == []
    page.get_by_label("New name").fill("Interviews")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator(".kept__name")).to_have_text("Interviews")
    page.locator(".kept__change summary").click()
    page.get_by_role("button", name="Delete this search").click()
    expect(page.locator(".empty")).to_be_visible()


def test_a_visitor_never_sees_what_is_for_staff(reader: Windows, visit_as: Windows) -> None:
    visited = reader()
    for query in ("threat", "responding", '"responding to a threat"', "respondingg"):
        assert "responding to a threat" not in search(visited, query).locator(".found").inner_text().lower()
    page = visited.open("/en/")
    with page.expect_response(lambda response: "q=responding&" in response.url) as answered:
        page.locator("#seek").press_sequentially("responding")
    assert "threat" not in answered.value.text().lower()
    assert "Save this search" not in search(visited, "interview").content()
    expect(visit_as("author").open("/en/search/?q=threat").locator(".found")).to_contain_text("threat")
