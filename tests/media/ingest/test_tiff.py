import struct
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from media.ingest import UnableToKeep, cleaned_picture, tiff
from media.ingest.kept import Damaged
from tests.media.files import called
from tests.media.picture_files import picture, pixels


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "CMYK"])
def test_the_pixels_of_every_kind_stay(compression: str, mode: str) -> None:
    content = picture("TIFF", image=pixels().convert(mode), compression=compression)
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(tiff.stripped(content).content))
    assert after.mode == before.mode
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("mode", ["1", "I;16", "CMYK", "P"])
def test_unusual_pixels_become_a_working_copy_for_screens(mode: str) -> None:
    kept = cleaned_picture(called("a.tif", picture("TIFF", image=pixels().convert("L").convert(mode))))
    assert Image.open(BytesIO(kept.prepared.working)).mode in {"L", "RGB"}


def test_only_tags_that_say_how_to_read_the_pixels_stay() -> None:
    kept = tiff.stripped(picture("TIFF", b"PLANTED", orientation=6))
    assert kept.orientation == 6
    assert set(tiff.directory(kept.content, "<")) <= tiff.READING | {273, 279, tiff.PROFILE}


def test_of_many_pages_the_first_stays() -> None:
    out = BytesIO()
    pixels().save(out, "TIFF", save_all=True, append_images=[pixels(50, 50), pixels(60, 60)])
    kept = Image.open(BytesIO(tiff.stripped(out.getvalue()).content))
    assert (kept.size, getattr(kept, "n_frames", 1)) == ((600, 400), 1)


@pytest.mark.parametrize("compression", ["jpeg", "zstd"])
def test_other_formats_inside_a_tiff_are_refused_with_advice(compression: str) -> None:
    with pytest.raises(UnableToKeep, match="LZW"):
        tiff.stripped(picture("TIFF", compression=compression))


@pytest.mark.parametrize("magic", [b"II+\x00\x08\x00\x00\x00", b"MM\x00+\x00\x08\x00\x00"])
def test_a_big_tiff_is_refused_with_advice(magic: bytes) -> None:
    with pytest.raises(UnableToKeep, match="LZW"):
        tiff.stripped(magic + bytes(40))


def directory(*entries: tuple[int, int, int, int]) -> bytes:
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + rows + bytes(4)


def test_a_tag_that_says_to_be_gigabytes_long_is_damage() -> None:
    with pytest.raises(Damaged):
        tiff.stripped(directory((270, 2, 0xFFFFFFFF, 8)))


def test_strips_that_are_all_the_same_bytes_do_not_multiply() -> None:
    """A thousand strips that point to the same megabyte would become a gigabyte."""
    strips = 1000
    head = directory((256, 4, 1, 100), (257, 4, 1, 100), (273, 4, strips, 500), (279, 4, strips, 500 + 4 * strips))
    places, lengths = struct.pack("<1000I", *[9000] * strips), struct.pack("<1000I", *[1_000_000] * strips)
    with pytest.raises(Damaged):
        tiff.stripped(head.ljust(500, b"\x00") + places + lengths + bytes(1_100_000))
