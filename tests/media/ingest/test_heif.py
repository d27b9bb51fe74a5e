"""AVIF and HEIC: pictures made of items, as phones write them."""

import struct
from contextlib import suppress
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image, ImageChops

from media.ingest import UnableToKeep, cleaned_picture, heif
from media.ingest.heif import box, full_box, meta_of
from media.ingest.kept import Damaged
from tests.media.files import called
from tests.media.picture_files import EXTENSIONS, picture, pixels

pillow_heif.register_heif_opener()


def grid(*, tiles: tuple[int, int] = (3, 2), tile: int = 128) -> bytes:
    """A HEIC that is put together from tiles, with a thumbnail and Exif beside it, as phones make them."""
    single = picture("HEIC", image=pixels(tile, tile))
    meta = meta_of(single)
    coded = heif.pixels_of(single, meta, meta.main)
    across, down = tiles
    numbers = range(2, 2 + across * down)
    layout = bytes([0, 0, down - 1, across - 1]) + struct.pack(">HH", across * tile, down * tile)
    configuration = dict(meta.properties)[b"hvcC"]
    size, whole_size = (struct.pack(">III", 0, *each) for each in ((tile, tile), (across * tile, down * tile)))
    tiled = heif.Meta(
        main=1,
        items={1: heif.Item(b"grid", properties=[(3, False)])}
        | {number: heif.Item(b"hvc1", properties=[(1, True), (2, False)]) for number in numbers},
        properties=[(b"hvcC", configuration), (b"ispe", size), (b"ispe", whole_size)],
        references=[(b"dimg", 1, list(numbers))],
    )
    return heif.written(tiled, {1: layout} | dict.fromkeys(numbers, coded))


def test_a_picture_of_tiles_stays_one() -> None:
    content = grid()
    assert Image.open(BytesIO(content)).size == (384, 256)
    kept = cleaned_picture(called("a.heic", content))
    before, after = (Image.open(BytesIO(each)).convert("RGB") for each in (content, kept.read()))
    assert ImageChops.difference(before, after).getbbox() is None
    assert (kept.prepared.width, kept.prepared.height) == (384, 256)


@pytest.mark.parametrize("format_", ["AVIF", "HEIC"])
def test_only_items_of_the_picture_itself_stay(format_: str) -> None:
    content = picture(format_, b"PLANTED")
    assert {item.kind for item in meta_of(content).items.values()} >= {b"Exif", b"mime"}
    kept = heif.stripped(content).content
    assert {item.kind for item in meta_of(kept).items.values()} == {b"av01" if format_ == "AVIF" else b"hvc1"}


def test_thumbnails_and_second_pictures_go() -> None:
    out = BytesIO()
    second = pixels(64, 64)
    pixels().save(out, "HEIF", save_all=True, append_images=[second], thumbnails=[64], quality=50)
    before = meta_of(out.getvalue())
    assert len(before.items) > 1
    after = meta_of(heif.stripped(out.getvalue()).content)
    assert list(after.items) == [before.main]


def test_messages_in_the_compressed_picture_go() -> None:
    pixels_unit, message = b"\x00\x00\x00\x03\x26\x01\xaa", b"\x00\x00\x00\x09\x4e\x01PLANTED"
    assert b"".join(heif.hevc_units(message + pixels_unit + message, length_size=4)) == pixels_unit
    frame, metadata = b"\x32\x02\xaa\xbb", b"\x2a\x07PLANTED"
    assert b"".join(heif.av1_units(metadata + frame + metadata)) == frame


@pytest.mark.parametrize("size", [(16, 16), (6000, 4000)])
def test_a_size_that_is_not_that_of_the_picture_is_refused_or_made_true(size: tuple[int, int]) -> None:
    """libheif refuses it; libavif makes the picture as large as it says to be."""
    for format_ in ("AVIF", "HEIC"):
        content, told = picture(format_, size=(600, 400)), struct.pack(">II", 600, 400)
        assert told in content
        lie = called(f"a.{EXTENSIONS[format_]}", content.replace(told, struct.pack(">II", *size)))
        with suppress(UnableToKeep):
            kept = cleaned_picture(lie)
            assert (kept.prepared.width, kept.prepared.height) == size


def test_a_size_beyond_the_limit_is_refused_by_the_header() -> None:
    content = picture("AVIF").replace(struct.pack(">II", 600, 400), struct.pack(">II", 60_000, 40_000))
    with pytest.raises(UnableToKeep, match="too many pixels"):
        cleaned_picture(called("a.avif", content))


def test_a_film_without_a_still_picture_is_refused() -> None:
    content = box(b"ftyp", b"heic", bytes(4), b"heic") + box(b"moov", bytes(100))
    with pytest.raises(Damaged):
        heif.stripped(content)


def test_items_that_are_made_from_each_other_do_not_hold_the_reader_up() -> None:
    main = full_box(b"pitm", b"\x00\x01")
    kinds = [full_box(b"infe", struct.pack(">HH4s", number, 0, b"grid"), b"\x00", version=2) for number in (1, 2)]
    circle = [box(b"dimg", struct.pack(">HHH", one, 1, other)) for one, other in ((1, 2), (2, 1))]
    meta = full_box(b"meta", main, full_box(b"iinf", b"\x00\x02", *kinds), full_box(b"iref", *circle))
    with pytest.raises(Damaged):
        heif.stripped(box(b"ftyp", b"heic", bytes(4), b"heic") + meta)
