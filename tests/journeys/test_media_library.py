"""Can somebody bring pictures and films, give them words and see them on a page: in Thai, and by keyboard too?"""

import json
import sqlite3
from contextlib import closing, suppress
from io import BytesIO
from mimetypes import guess_type
from typing import Any

from PIL import Image
from playwright.sync_api import FileChooser, FilePayload, Locator, Page, TimeoutError, expect

from tests.journeys import editor
from tests.journeys.conftest import LANGUAGES, PATIENCE, Visit, Windows
from tests.journeys.test_accessibility import violations
from tests.media.files import PLANTED, halves
from tests.media.hostile import HTML
from tests.media.picture_files import EXTENSIONS, picture
from tests.media.sound_files import webm_video

ROOM = "/exhibitions/from-closed-doors/the-doors-open/"
TOGETHER = "/admin/images/multiple/add/"
FORMATS = ("JPEG", "PNG", "WEBP", "HEIC")
#: Longer than the worker needs on a busy machine for a few small pictures, or for a manual.
SECONDS_OF_WORK = 240
SHOWS = "async ([address, sought]) => (await (await fetch(address)).text()).includes(sought)"
SUBTITLES = "1\r\n00:00:00,200 --> 00:00:01,200\r\nA door opens.\r\n\r\n2\r\n00:00:01,500 --> 00:00:02,800\r\nRain.\r\n"
#: The most that the bar over all files has shown.
WATCH_THE_BAR = """() => {
    const bar = document.querySelector("#overall-progress");
    window.seen = 0;
    new MutationObserver(() => { window.seen = Math.max(window.seen, Number(bar.getAttribute("aria-valuenow"))); })
        .observe(bar, { attributes: true });
}"""


def opened(visited: Visit, path: str) -> Page:
    """The page, when Wagtail's scripts have done their work on it."""
    page = visited.open(path)
    page.wait_for_load_state("networkidle")
    return page


def rows(visited: Visit, query: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(visited.server.var_dir / "portal.sqlite3")) as database:
        return database.execute(query, values).fetchall()


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": guess_type(name)[0] or "", "buffer": content}


def say_whose_it_is(page: Page, *, prefix: str = "id_") -> None:
    page.locator(f"#{prefix}credit").fill("The centre")
    page.locator(f"#{prefix}rights").select_option("own")


def bring(page: Page, *, title: str, content: bytes, name: str = "a.png", **words: str) -> None:
    """One picture by its own form; `words` by language."""
    page.locator("#id_title").fill(title)
    page.locator("#id_file").set_input_files(file(name, content))
    page.locator(".words__others > summary").click()
    editor.fill(page, **{f"alt_{language}": text for language, text in words.items()})
    say_whose_it_is(page)
    save(page)


def save(page: Page) -> None:
    with editor.leaving(page):
        page.locator("main form [type=submit]").last.click()


def new_stop(visited: Visit, *, title: str) -> Page:
    room = visited.server.page_id(f"/home{ROOM}")
    page = opened(visited, f"/admin/pages/add/exhibits/stoppage/{room}/")
    editor.fill(page, title=title, label="A bowl of rice.")
    return page


def insert(page: Page, *, icon: str) -> Locator:
    """A new block in the body: which one is told by its icon, in any language."""
    page.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    page.locator(f".w-combobox [role=option]:has(use[href='#icon-{icon}'])").first.click()
    return page.locator("[data-contentpath=body] [data-streamfield-child]").last


def choose(chooser: Locator, *, title: str) -> None:
    chooser.locator("[data-chooser-action-choose]").locator("visible=true").first.click()
    chooser.page.locator(".modal-body [data-chooser-modal-choice]").filter(has_text=title).first.click()
    expect(chooser.locator("[data-chooser-title]").first).to_contain_text(title)


def wait_until_shown(visited: Visit, path: str, text: str) -> None:
    """The task worker makes what readers get, and sees to it that pages are written anew."""
    page = visited.open(path)
    page.wait_for_function(SHOWS, arg=[path, text], polling=300, timeout=SECONDS_OF_WORK * 1000)
    visited.open(path)


def wait_for_row(visited: Visit, query: str, *values: Any) -> None:
    """The task worker writes down that it has done something; it may be in the middle of something else."""
    for _attempt in range(SECONDS_OF_WORK * 5):
        if rows(visited, query, *values):
            return
        visited.page.wait_for_timeout(200)
    raise TimeoutError(f"The task worker has not done it: {query} {values}")


def wait_for_renditions(visited: Visit, *, title: str) -> None:
    query = "SELECT 1 FROM media_picture WHERE renditions_made_at IS NOT NULL AND title = ?"
    wait_for_row(visited, query, title)


def pixel(visited: Visit, address: str, *, across: float) -> tuple[int, int, int]:
    """A colour in the middle row of a picture as the server gives it, rounded: encoders change colours a little."""
    body = visited.page.request.get(f"{visited.address}{address}").body()
    with Image.open(BytesIO(body)) as image:
        colour = image.convert("RGB").getpixel((int(image.width * across), image.height // 2))
    red, green, blue = (round(part, -2) for part in colour)  # type: ignore[union-attr]
    return red, green, blue


@LANGUAGES
def test_many_pictures_come_at_once_and_get_their_words_one_by_one(visit_as: Windows, language: str) -> None:
    curator = visit_as("curator", locale=language)
    page = opened(curator, TOGETHER)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.evaluate(WATCH_THE_BAR)
    say_whose_it_is(page)
    side = 600 if language == "en" else 620
    brought = [file(f"{each}.{EXTENSIONS[each]}", picture(each, PLANTED, (side, 400))) for each in FORMATS]
    page.locator("#fileupload").set_input_files([*brought, file("holiday.jpg", HTML)])

    stored, refused = page.locator("#upload-list > .upload-success"), page.locator("#upload-list > .upload-failure")
    expect(stored).to_have_count(4)
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("holiday.jpg")
    expect(refused.locator(".error_messages")).not_to_be_empty()
    expect(refused.locator(".error_messages")).to_be_visible()
    assert page.evaluate("window.seen") == 100
    before = "SELECT count(*) FROM media_picture WHERE width = ? AND alt = '{}' AND NOT is_decorative"
    assert rows(curator, before, side) == [(4,)], "All four are kept before anything is said about them."

    assert violations(curator) == []

    titles = [f"{each} of {language}" for each in FORMATS]
    for row, title in zip(stored.all(), titles, strict=True):
        row.locator("[name$=-title]").fill(title)
    said, decorates = stored.nth(0), stored.nth(1)
    said.locator("[name$=-alt_en]").fill("A gate by a river")
    if language == "en":
        said.locator(".words__others > summary").click()
    said.locator("[name$=-alt_th]").fill("ประตูริมแม่น้ำ")
    decorates.locator("[name$=-is_decorative]").check()
    silent = [stored.nth(2), stored.nth(3)]
    for row in silent:
        row.locator("[type=submit]").click()
        expect(row.locator(".w-field__errors .error-message")).to_be_visible()
    decorates.locator("[type=submit]").click()
    expect(stored).to_have_count(3)
    said.locator("[type=submit]").click()
    expect(stored).to_have_count(2)

    wait_for_renditions(curator, title=titles[0])
    wait_for_renditions(curator, title=titles[1])
    for _time in ("at once", "another day"):
        opened(curator, "/admin/images/")
        listed = page.locator(".listing.images > li")
        expect(listed.filter(has_text=titles[0])).to_have_count(1)
        expect(listed.filter(has_text=titles[0]).locator(".library-mark")).to_have_count(0)
        expect(listed.filter(has_text=titles[1]).locator(".library-mark")).to_have_count(0)
        expect(listed.filter(has=page.locator(".library-mark")).nth(1)).to_be_visible()
        shown = listed.locator("img").evaluate_all("all => all.slice(0, 4).map(one => one.naturalWidth)")
        assert len(shown) == 4
        assert min(shown) > 0
    opened(curator, "/admin/images/?without_text=any")
    expect(page.locator(".listing.images > li").filter(has_text=titles[0])).to_have_count(0)
    kept = rows(curator, "SELECT alt, is_decorative FROM media_picture WHERE title = ?", titles[0])
    assert json.loads(kept[0][0]) == {"en": "A gate by a river", "th": "ประตูริมแม่น้ำ"}


@LANGUAGES
def test_the_part_that_matters_stays_in_sight_where_a_picture_is_cut(
    visit: Windows, visit_as: Windows, language: str
) -> None:
    curator, title = visit_as("curator", locale=language), f"Two halves, {language}"
    page = opened(curator, "/admin/images/add/")
    width = 1600 if language == "en" else 1640
    bring(page, title=title, content=halves((width, 400)), en="Red and blue", th="แดงและน้ำเงิน")
    page = new_stop(curator, title=title)
    choose(page.locator("#id_cover-chooser"), title=title)
    editor.publish(page)
    room, card = f"/en{ROOM}", f".plate:has-text('{title}') img"
    visitor = visit()
    wait_for_renditions(curator, title=title)
    before = str(visitor.open(room).locator(card).first.get_attribute("src"))
    assert pixel(visitor, before, across=0.25) == (200, 0, 0)

    number = rows(curator, "SELECT id FROM media_picture WHERE title = ?", title)[0][0]
    page = opened(curator, f"/admin/images/{number}/")
    held = page.locator(".jcrop-holder").bounding_box()
    assert held is not None
    page.mouse.move(held["x"] + held["width"] * 0.85, held["y"] + held["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(held["x"] + held["width"] * 0.95, held["y"] + held["height"] * 0.7, steps=5)
    page.mouse.up()
    save(page)
    wait_for_renditions(curator, title=title)
    after = str(visitor.open(room).locator(card).first.get_attribute("src"))
    assert after != before
    assert {pixel(visitor, after, across=place) for place in (0.02, 0.5, 0.98)} == {(0, 0, 200)}


def test_a_page_waits_until_its_picture_has_words_in_its_language(visit: Windows, visit_as: Windows) -> None:
    curator, title = visit_as("curator"), "A river in the rain"
    page = opened(curator, "/admin/images/add/")
    bring(page, title=title, content=picture("PNG", size=(640, 400)), th="แม่น้ำกลางสายฝน")
    page = new_stop(curator, title="The river")
    choose(insert(page, icon="image"), title=title)
    number = editor.save_draft(page)
    editor.publish(page)
    block = page.locator("[data-contentpath=body] [data-streamfield-child]").first
    expect(block).to_contain_text("has no alternative text in English")
    assert visit().open(f"/en{ROOM}the-river/").title() != "The river"
    draft = opened(curator, f"/admin/pages/{number}/edit/")
    expect(draft.locator("[data-contentpath=body] [data-chooser-title]").first).to_contain_text(title)

    with page.context.expect_page() as library:
        page.evaluate("address => window.open(address)", f"{curator.address}/admin/images/")
    listed = library.value
    listed.get_by_role("link", name=title).first.click()
    listed.locator("#id_alt_en").fill("A brown river under rain.")
    expect(listed.locator("#id_alt_th")).to_have_value("แม่น้ำกลางสายฝน")
    save(listed)
    listed.close()
    editor.publish(page)
    visitor = visit()
    wait_until_shown(visitor, f"/en{ROOM}the-river/", '<img src="/files/')
    seen = visitor.page.get_by_role("img", name="A brown river under rain.")
    seen.scroll_into_view_if_needed()
    visitor.page.wait_for_function("one => one.naturalWidth > 0", arg=seen.element_handle())


@LANGUAGES
def test_a_film_comes_with_its_page_and_is_read_by_who_cannot_hear_it(
    visit: Windows, visit_as: Windows, language: str
) -> None:
    curator, title = visit_as("curator", locale=language), f"Rain at the door, {language}"
    page = new_stop(curator, title=title)
    block = insert(page, icon="media")
    block.locator("[data-chooser-action-choose]").locator("visible=true").click()
    page.locator(".modal-body [role=tab]").nth(1).click()
    prefix = "id_recording-chooser-upload-"
    page.locator(f"#{prefix}title").fill(title)
    film = webm_video(PLANTED[:8], seconds=3 if language == "en" else 4)
    page.locator(f"#{prefix}file").set_input_files(file("somchai.webm", film))
    say_whose_it_is(page, prefix=prefix)
    page.locator(".modal-body form[data-chooser-modal-creation-form] [type=submit]").locator("visible=true").click()
    expect(block.locator("[data-chooser-title]")).to_contain_text(title)
    number = editor.save_draft(page)
    editor.publish(page)
    expect(block.locator(".error-message").filter(has_text=title)).to_be_visible()

    recording = rows(curator, "SELECT id FROM media_recording WHERE title = ?", title)[0][0]
    page = opened(curator, f"/admin/recordings/{recording}/texts/captions/en/")
    page.locator("#id_file").set_input_files(file("rain.srt", SUBTITLES.encode()))
    with editor.leaving(page):
        page.locator("[name=do][value=save]").click()
    expect(page.locator("[data-text]")).to_have_count(2)
    with editor.leaving(page):
        page.locator("[name=do][value=save]").click()
    editor.publish(opened(curator, f"/admin/pages/{number}/edit/"))

    visitor = visit()
    slug = rows(curator, "SELECT slug FROM wagtailcore_page WHERE id = ?", number)[0][0]
    player = visitor.open(f"/en{ROOM}{slug}/").locator("learn-player")
    player.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(player.locator(".player__lines")).to_contain_text("A door opens.")
    visitor.page.keyboard.press("k")
    visitor.page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")


@LANGUAGES
def test_the_same_picture_is_kept_once(visit_as: Windows, language: str) -> None:
    curator, title = visit_as("curator", locale=language), f"Twice, {language}"
    width = 500 if language == "en" else 510
    content = picture("JPEG", PLANTED, (width, 300))
    bring(opened(curator, "/admin/images/add/"), title=title, content=content, name="a.jpg", en="A hill")
    page = opened(curator, TOGETHER)
    say_whose_it_is(page)
    page.locator("#fileupload").set_input_files(file("again.jpg", content))
    row = page.locator("#upload-list > .upload-duplicate")
    expect(row).to_contain_text(title)
    assert violations(curator) == []
    query = "SELECT title FROM media_picture WHERE width = ? AND height = 300"
    assert len(rows(curator, query, width)) == 2
    row.locator("a.delete").click()
    expect(row).to_have_count(0)
    assert rows(curator, query, width) == [(title,)]


def tab_to(page: Page, selector: str) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Nobody comes to {selector} by keyboard.")


def chooser_by_key(page: Page) -> FileChooser:
    """On a busy machine Chromium now and then ignores the first key; a person presses it again."""
    for patience in (5_000, 5_000, PATIENCE):
        with suppress(TimeoutError):
            with page.expect_file_chooser(timeout=patience) as chosen:
                page.keyboard.press("Enter")
            return chosen.value
    raise AssertionError("No key opens the files.")


def test_the_keyboard_alone_brings_a_picture_and_says_what_it_shows(visit_as: Windows) -> None:
    curator = visit_as("curator")
    page = opened(curator, TOGETHER)
    tab_to(page, "#fileupload")
    page.keyboard.press("Enter")
    expect(page.locator("#id_credit")).to_be_focused()
    page.keyboard.type("The centre")
    tab_to(page, "#id_rights")
    page.keyboard.type("Made")
    expect(page.locator("#id_rights")).to_have_value("own")
    tab_to(page, "#fileupload")
    chooser_by_key(page).set_files(file("a.png", picture("PNG", size=(660, 400))))
    row = page.locator("#upload-list > .upload-success")
    expect(row).to_have_count(1)
    tab_to(page, "[name$=-title]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Brought by keys")
    tab_to(page, "[name$=-alt_en]")
    page.keyboard.type("A path")
    tab_to(page, ".words__others > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name$=-alt_th]")
    page.keyboard.type("ทางเดิน")
    tab_to(page, "#upload-list [type=submit]")
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    kept = rows(curator, "SELECT alt FROM media_picture WHERE title = 'Brought by keys'")
    assert [json.loads(alt) for (alt,) in kept] == [{"en": "A path", "th": "ทางเดิน"}]


def test_without_script_pictures_come_one_by_one(visit_as: Windows) -> None:
    curator = visit_as("curator", java_script_enabled=False)
    page = curator.open(TOGETHER)
    page.get_by_role("link", name="Bring one file").click()
    bring(page, title="Without script", content=picture("WEBP", size=(680, 400)), name="a.webp", en="A well", th="บ่อน้ำ")
    expect(page.locator(".listing.images")).to_contain_text("Without script")
    kept = rows(curator, "SELECT alt FROM media_picture WHERE title = 'Without script'")
    assert [json.loads(alt) for (alt,) in kept] == [{"en": "A well", "th": "บ่อน้ำ"}]
