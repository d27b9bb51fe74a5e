"""Does what Wagtail saves by itself stay out of the way of whoever clicks on "Save" or "Publish"?"""

from contextlib import closing
from sqlite3 import connect

from playwright.sync_api import Page, Request, Route, expect

from tests.journeys import editor
from tests.journeys.conftest import LANGUAGES, Visit, Windows

ROOM = "/exhibitions/from-closed-doors/the-doors-open/"
#: Somebody wrote: Wagtail's script says so to itself a moment later, and not of what was typed while the form was made.
WROTE = """() => {
    const form = document.querySelector("[data-edit-form]");
    if (!wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave")) return false;
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { cancelable: true }));
    return true;
}"""


def is_by_itself(request: Request) -> bool:
    return request.method == "POST" and request.headers.get("accept") == "application/json"


def clicked(visited: Visit) -> list[str]:
    """What is sent from now on because somebody clicked."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.is_navigation_request():
            sent.append(request.post_data or "")

    visited.page.on("request", note)
    return sent


def held(page: Page) -> list[Route]:
    """What Wagtail sends by itself from now on stays on its way until it is let go."""
    waiting: list[Route] = []
    page.route(
        "**/admin/pages/**",
        lambda route: waiting.append(route) if is_by_itself(route.request) else route.continue_(),
    )
    return waiting


def saved(visited: Visit, title: str) -> tuple[int, int, int]:
    """How many pages have this title, whether they are published, and how often they were saved."""
    query = """SELECT count(DISTINCT page.id), min(page.live), count(*) FROM wagtailcore_page page
               JOIN wagtailcore_revision revision ON revision.object_id = CAST(page.id AS text)
               AND revision.base_content_type_id =
                   (SELECT id FROM django_content_type WHERE app_label = 'wagtailcore' AND model = 'page')
               WHERE page.title = ?"""
    with closing(connect(visited.server.var_dir / "portal.sqlite3")) as database:
        pages, live, times = database.execute(query, [title]).fetchone()
    return pages, live, times


def new_stop(visited: Visit, *, title: str) -> tuple[Page, list[Route]]:
    """The form of a new page with words in it, which Wagtail is just saving by itself."""
    room = visited.server.page_id(f"/home{ROOM}")
    page = visited.open(f"/admin/pages/add/exhibits/stoppage/{room}/")
    editor.fill(page, title=title, label="A bowl of rice.")
    waiting = held(page)
    with page.expect_request(is_by_itself):
        page.wait_for_function(WROTE)
    return page, waiting


@LANGUAGES
def test_who_saves_and_publishes_at_once_publishes_one_page(visit_as: Windows, language: str) -> None:
    title = f"In one breath, {language}"
    curator = visit_as("curator", locale=language)
    page, waiting = new_stop(curator, title=title)
    sent = clicked(curator)
    page.locator("footer button.action-save").click()
    page.locator("footer .w-dropdown__toggle").click()
    with editor.leaving(page):
        editor.publish_button(page).click()
        assert sent == [], "What is on its way arrives first."
        for route in waiting:
            route.continue_()
    assert len(sent) == 1
    assert "action-publish" in sent[0]
    assert saved(curator, title) == (1, 1, 2)


def test_who_saves_by_key_while_it_is_saved_can_publish_it_then(visit_as: Windows) -> None:
    curator, title = visit_as("curator"), "By a key"
    page, waiting = new_stop(curator, title=title)
    page.locator("#id_label").fill("A bowl of rice, for whoever comes late.")
    with editor.leaving(page):
        page.keyboard.press("Control+s")
        for route in waiting:
            route.continue_()
    expect(page.locator("#id_label")).to_have_value("A bowl of rice, for whoever comes late.")
    page.unroute_all()
    editor.publish(page)
    assert saved(curator, title)[:2] == (1, 1)


def test_who_is_refused_goes_on_writing_and_it_is_saved_by_itself_again(visit_as: Windows) -> None:
    page, waiting = new_stop(visit_as("curator"), title="Too long to read")
    page.locator("#id_label").fill(" ".join(["thread"] * 61))
    page.locator("footer .w-dropdown__toggle").click()
    with editor.leaving(page):
        editor.publish_button(page).click()
        for route in waiting:
            route.continue_()
    expect(page.locator("main")).to_contain_text("at most 60 words, and this one has 61")
    page.unroute_all()
    editor.fill(page, label="A bowl of rice.")
    with page.expect_response(lambda response: is_by_itself(response.request) and response.ok):
        page.wait_for_function(WROTE)
    editor.publish(page)
    expect(page.locator("main h1, main h2").first).to_be_visible()
