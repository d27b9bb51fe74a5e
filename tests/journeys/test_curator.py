"""A curator hangs a new stop into a room, and is told when its label is too long to be read standing."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.journeys import editor
from tests.journeys.conftest import Visit, Windows
from tests.media.files import PLANTED, photograph

ROOM = "/exhibitions/from-closed-doors/the-doors-open/"
LONG_LABEL = " ".join(["thread"] * 61)
LABEL = "A bowl of rice, for whoever comes late."


def new_stop(visited: Visit, *, title: str, label: str) -> None:
    room = visited.server.page_id(f"/home{ROOM}")
    page = visited.open(f"/admin/pages/add/exhibits/stoppage/{room}/")
    editor.fill(page, title=title, label=label)


def test_a_curator_is_told_that_a_label_is_too_long(visit: Windows, visit_as: Windows) -> None:
    curator = visit_as("curator")
    new_stop(curator, title="The late bowl", label=LONG_LABEL)
    editor.publish(curator.page)
    expect(curator.page.locator("main")).to_contain_text("at most 60 words, and this one has 61")
    visitor = visit()
    expect(visitor.open(f"/en{ROOM}").get_by_role("link", name="The late bowl")).to_have_count(0)

    editor.fill(curator.page, label=LABEL)
    editor.publish(curator.page)
    visitor.open(f"/en{ROOM}").locator("main").get_by_role("link", name="The late bowl").first.click()
    expect(visitor.page).to_have_url(re.compile(f"{ROOM}the-late-bowl/$"))
    expect(visitor.page.locator("main")).to_contain_text(LABEL)


def originals(visited: Visit) -> set[Path]:
    places = [visited.server.var_dir / name for name in ("originals", "media")]
    return {path for place in places for path in place.rglob("*") if path.is_file()}


def test_a_picture_that_a_curator_brings_tells_nobody_where_it_was_taken(visit_as: Windows) -> None:
    curator = visit_as("curator")
    before = originals(curator)
    page = curator.open("/admin/images/add/")
    brought = photograph("JPEG", size=(1200, 800))
    assert Image.open(BytesIO(brought)).getexif().get_ifd(0x8825), "The test brings a picture that knows its place."
    page.locator("input[type=file]").set_input_files(
        {"name": "GPS of a garden.jpg", "mimeType": "image/jpeg", "buffer": brought}
    )
    editor.fill(page, title="A garden", alt_en="A garden in the morning", credit="The centre")
    page.locator("#id_rights").select_option("own")
    with editor.leaving(page):
        page.locator("main form [type=submit]").last.click()
    made = originals(curator) - before
    assert made, "The picture was stored."
    for path in made:
        assert PLANTED not in path.read_bytes(), path.name
        with Image.open(path) as kept:
            assert not kept.getexif(), path.name
