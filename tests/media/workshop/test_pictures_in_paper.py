"""What do pictures inside a PDF tell beside their pixels?"""

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from media.workshop.pictures_in_paper import Broken, jbig2, jpeg, jpeg2000
from tests.media import files
from tests.media.files import PLANTED


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def same(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(opened(one), opened(other)).getbbox() is None


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_of_a_photograph_the_pixels_stay(mode: str, options: dict[str, object]) -> None:
    out = BytesIO()
    exif = files.exif()
    files.pixels(64, 48).convert(mode).save(out, "JPEG", exif=exif, comment=PLANTED, **options)
    content = out.getvalue() + PLANTED
    kept = jpeg(content)
    assert PLANTED in content
    assert PLANTED not in kept
    assert same(content, kept)


def test_a_scan_without_an_end_gets_one() -> None:
    out = BytesIO()
    files.pixels(64, 48).save(out, "JPEG", comment=PLANTED)
    assert jpeg(b"\n" + out.getvalue()[:-2]) == jpeg(out.getvalue())


def test_a_note_behind_what_adobe_says_of_colours_goes() -> None:
    out = BytesIO()
    files.pixels(64, 48).convert("CMYK").save(out, "JPEG")
    content = out.getvalue()
    at = content.index(b"\xff\xee")
    longer = content[: at + 2] + struct.pack(">H", 14 + len(PLANTED)) + content[at + 4 : at + 16] + PLANTED
    kept = jpeg(longer + content[at + 16 :])
    assert PLANTED not in kept
    assert same(content, kept)


@pytest.mark.parametrize("options", [{}, {"no_jp2": True}, {"tile_size": (32, 32)}])
def test_of_jpeg_2000_comments_are_blank_and_boxes_that_tell_go(options: dict[str, object]) -> None:
    out = BytesIO()
    files.pixels(64, 48).save(out, "JPEG2000", comment=PLANTED.decode(), **options)
    content = out.getvalue()
    assert PLANTED in content
    told = content if options.get("no_jp2") else content + struct.pack(">I", 8 + len(PLANTED)) + b"xml " + PLANTED
    kept = jpeg2000(told)
    assert PLANTED not in kept
    assert same(content, kept)


def segment(number: int, kind: int, body: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body


def test_of_jbig2_comments_are_blank() -> None:
    page, end = segment(0, 48, bytes(range(19))), segment(3, 49, b"")
    comment = segment(1, 62, b"\x20\0\0\0Author\0" + PLANTED + b"\0\0")
    kept = jbig2(page + comment + end)
    assert PLANTED not in kept
    assert kept.startswith(page)
    assert kept.endswith(end)
    assert len(kept) == len(page + comment + end)


@pytest.mark.parametrize("clean", [jpeg, jpeg2000, jbig2])
def test_what_breaks_off_is_broken_and_nothing_else(clean: object) -> None:
    assert callable(clean)
    out = BytesIO()
    files.pixels(64, 48).save(out, "JPEG" if clean is jpeg else "JPEG2000")
    whole = segment(0, 48, bytes(300)) if clean is jbig2 else out.getvalue()
    for length in range(12, len(whole), 9):
        with suppress(Broken):
            assert len(clean(whole[:length])) <= length + 2
