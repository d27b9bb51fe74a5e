"""The picture in the README is made by this test: MAKE_README_PICTURE=1 pytest tests/journeys/test_readme_picture.py"""

import os
from io import BytesIO

from PIL import Image

from tests.factories.server import ROOT
from tests.journeys.conftest import DESK, Windows

PICTURE = ROOT / "portal" / "static" / "images" / "readme-home.png"
MOST_BYTES = 300_000
COLOURS = 256


def compressed(png: bytes) -> bytes:
    """Few colours are enough for a drawn page, and make it a third as heavy."""
    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def test_the_readme_shows_the_home_page_as_it_is(reader: Windows) -> None:
    if os.environ.get("MAKE_README_PICTURE") == "1":
        page = reader(size=DESK, color_scheme="light").open("/en/")
        page.evaluate("document.fonts.ready")
        PICTURE.write_bytes(compressed(page.screenshot()))
    with Image.open(PICTURE) as image:
        assert (image.format, image.size) == ("PNG", (DESK["width"], DESK["height"]))
    assert PICTURE.stat().st_size < MOST_BYTES
    assert "portal/static/images/readme-home.png" in (ROOT / "README.md").read_text("utf-8")
