import random
import zlib
from contextlib import suppress
from io import BytesIO

import pillow_heif
import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageOps

from media.ingest import UnableToKeep, cleaned_picture, cleaned_rendition, size_of
from media.ingest.icc import colours_of
from media.ingest.pictures import FORMATS as READERS
from media.ingest.pictures import KeptPicture, refusing_what_is_broken
from media.ingest.png import chunk_of
from tests.media import files
from tests.media.files import called
from tests.media.picture_files import (
    EXTENSIONS,
    FORMATS,
    LATITUDE,
    LATITUDE_IN_INTEL_ORDER,
    SRGB,
    moving,
    picture,
    pixels,
)

PLANTED = b"PLANTED"
ENDING = b" behind the end"
#: Formats that are copied pixel by pixel when they are turned; the others lose a little, as a camera would.
LOSSLESS = {"PNG", "TIFF"}
WITH_PROFILE = [format_ for format_ in FORMATS if format_ != "GIF"]

pillow_heif.register_heif_opener()


def kept(content: bytes, format_: str) -> KeptPicture:
    return cleaned_picture(called(f"IMG.{EXTENSIONS[format_]}", content))


def shown(content: bytes) -> Image.Image:
    """The picture as somebody sees it who opens it."""
    image = Image.open(BytesIO(content))
    return ImageOps.exif_transpose(image).convert("RGB")


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    assert one.size == other.size
    extrema: list[tuple[int, int]] = ImageChops.difference(one, other).getextrema()  # type: ignore[assignment]
    return max(most for _least, most in extrema)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_that_a_camera_planted_is_left(format_: str, orientation: int) -> None:
    content = picture(format_, PLANTED, orientation=orientation)
    assert content.count(PLANTED) > 1
    stored = kept(content, format_)
    for left in (stored.read(), stored.prepared.working):
        assert PLANTED not in left
        assert LATITUDE not in left
        assert LATITUDE_IN_INTEL_ORDER not in left
        assert b"Exif" not in left


@pytest.mark.parametrize("format_", WITH_PROFILE)
def test_the_colour_profile_stays(format_: str) -> None:
    stored = kept(picture(format_, PLANTED), format_)
    assert Image.open(BytesIO(stored.read())).info["icc_profile"] == colours_of(SRGB)
    assert Image.open(BytesIO(stored.prepared.working)).info["icc_profile"] == colours_of(SRGB)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_pixel_of_an_upright_picture_changes(format_: str) -> None:
    content = picture(format_)
    assert largest_difference(shown(content), shown(kept(content, format_).read())) == 0


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_a_picture_is_turned_as_its_camera_was_held(format_: str, orientation: int) -> None:
    content = picture(format_, orientation=orientation, size=(300, 200))
    stored = kept(content, format_)
    upright = stored.read()
    assert Image.open(BytesIO(upright)).getexif().get(0x0112, 1) == 1
    assert largest_difference(shown(content), shown(upright)) <= (0 if format_ in LOSSLESS else 8)
    assert largest_difference(shown(content), shown(stored.prepared.working)) <= 12


@pytest.mark.parametrize("orientation", [3, 5, 8])
@pytest.mark.parametrize("format_", ["PNG", "WEBP", "AVIF", "HEIC"])
def test_every_format_is_turned(format_: str, orientation: int) -> None:
    content = picture(format_, orientation=orientation, size=(300, 200))
    stored = kept(content, format_)
    assert (stored.prepared.width, stored.prepared.height) == shown(content).size
    assert largest_difference(shown(content), shown(stored.read())) <= (0 if format_ != "WEBP" else 8)
    assert largest_difference(shown(content), shown(stored.prepared.working)) <= 12


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_moving_picture_the_first_frame_stays(format_: str) -> None:
    content = moving(format_)
    stored = kept(content, format_).read()
    assert getattr(Image.open(BytesIO(stored)), "n_frames", 1) == 1
    assert PLANTED not in stored
    assert largest_difference(shown(content), shown(stored)) == 0


def test_what_one_can_see_through_stays_so() -> None:
    stored = kept(files.transparent(), "PNG")
    assert stored.prepared.has_transparency
    assert stored.prepared.working_extension == ".png"
    assert Image.open(BytesIO(stored.prepared.working)).getpixel((0, 0)) == (120, 20, 40, 0)


@pytest.mark.parametrize("format_", ["AVIF", "HEIC", "WEBP"])
def test_transparency_of_every_format_stays(format_: str) -> None:
    drawing = Image.open(BytesIO(files.transparent()))
    stored = kept(picture(format_, image=drawing), format_)
    assert stored.prepared.has_transparency
    alpha = Image.open(BytesIO(stored.read())).convert("RGBA").getchannel("A")
    assert alpha.getextrema() == (0, 255)


def test_the_stored_name_tells_nothing() -> None:
    stored = cleaned_picture(called("a-person-at-a-place.jpeg", picture("JPEG")))
    assert stored.name is not None
    assert "person" not in stored.name
    assert stored.name.endswith(".jpg")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_that_breaks_off_is_refused(format_: str) -> None:
    whole = picture(format_)
    for share in (0.001, 0.02, 0.3, 0.6, 0.9):
        with pytest.raises(UnableToKeep):
            kept(whole[: int(len(whole) * share)], format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_whatever_byte_is_changed_a_reader_takes_or_refuses_the_file_but_never_fails(format_: str) -> None:
    whole, chance = picture(format_, PLANTED, size=(60, 40)), random.Random(7)  # noqa: S311
    reader = next(reader for reader in READERS if reader.name == format_)
    for _ in range(400):
        broken = bytearray(whole)
        for _change in range(chance.randint(1, 4)):
            broken[chance.randrange(min(len(broken), 2000))] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
        with suppress(UnableToKeep), refusing_what_is_broken():
            reader.stripped(bytes(broken[: chance.randint(len(broken) // 2, len(broken))]))


@pytest.mark.parametrize("format_", FORMATS)
def test_changed_pixels_are_taken_or_refused_but_never_fail(format_: str) -> None:
    whole, chance = picture(format_, size=(60, 40)), random.Random(format_)  # noqa: S311
    for _ in range(4):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken) // 2, len(broken))] ^= 0xFF
        with suppress(UnableToKeep):
            kept(bytes(broken), format_)


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 8_000), (40_000, 10)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(UnableToKeep, match="too many pixels"):
        kept(files.bomb(*size), "PNG")


def test_a_colour_profile_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    chunk = chunk_of(b"iCCP", b"x\x00\x00" + bomb)
    content = picture("PNG")
    with pytest.raises(UnableToKeep):
        kept(content[:33] + chunk + content[33:], "PNG")


def test_a_gif_with_very_many_frames_costs_as_much_as_its_first() -> None:
    content = picture("GIF", size=(20, 20))
    first_frame = content[content.index(b"\x2c") : -1]
    stored = kept(content[:-1] + first_frame * 20_000 + b";", "GIF")
    assert len(stored.read()) <= len(content)


def test_the_second_picture_in_a_jpeg_goes() -> None:
    """Cameras put previews and whole second pictures behind the first (CIPA DC-007)."""
    second = picture("JPEG", PLANTED)
    stored = kept(picture("JPEG") + second, "JPEG").read()
    assert stored.count(b"\xff\xd8\xff") == 1
    assert PLANTED not in stored


@pytest.mark.parametrize("other", [b"PK\x03\x04", b"%PDF-1.7", b"<html><script>alert(1)</script>", b"MZ\x90"])
def test_what_lies_behind_a_picture_is_not_kept(other: bytes) -> None:
    for format_ in ("JPEG", "PNG", "GIF", "WEBP", "TIFF"):
        assert other not in kept(picture(format_) + other * 50, format_).read()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"<html><script>alert(1)</script>", "web page"),
        ("a.jpg", b"MZ\x90\x00", "program"),
        ("a.png", b"", "empty"),
        ("a.png", picture("JPEG"), "Rename it"),
        ("a.avif", picture("HEIC"), "Rename it"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Rename it"),
        ("a.jpg", b"8BPS\x00\x01" + bytes(40), "Photoshop"),
        ("a.heic", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42", "recording"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(40), "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_that_helps(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        cleaned_picture(called(name, content))


def test_a_file_that_is_too_big_is_refused_unread(settings: LazySettings) -> None:
    class Huge(ContentFile):  # type: ignore[type-arg]
        def read(self, *args: object) -> bytes:
            raise AssertionError("was read")

    huge = Huge(b"", name="a.jpg")
    huge.size = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + 1
    with pytest.raises(UnableToKeep, match="too big"):
        cleaned_picture(huge)


def test_what_went_through_the_door_once_goes_through_unchanged() -> None:
    once = kept(picture("JPEG", PLANTED, orientation=3), "JPEG")
    assert cleaned_picture(once) is once
    assert kept(once.read(), "JPEG").name == once.name


@pytest.mark.parametrize("format_", FORMATS)
def test_the_size_is_told_by_the_header(format_: str) -> None:
    stored = kept(picture(format_, size=(300, 200)), format_)
    assert size_of(stored) == (300, 200)


def test_what_is_no_picture_has_no_size() -> None:
    assert size_of(called("a.jpg", b"nothing")) == (0, 0)
    assert size_of(called("a.heic", picture("HEIC")[:200])) == (0, 0)


@pytest.mark.parametrize("format_", ["JPEG", "WEBP", "AVIF", "PNG"])
def test_a_rendition_keeps_its_name_and_its_pixels_only(format_: str) -> None:
    content = picture(format_, PLANTED)
    stored = cleaned_rendition(called("renditions/a.x", content))
    assert stored.name == "renditions/a.x"
    left = stored.read()
    assert PLANTED not in left
    assert largest_difference(shown(left), pixels()) <= 12


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (b"gAMA", bytes(4)), (b"cHRM", bytes(32)), (b"sRGB", bytes(1)), (b"cICP", b"\1\1\0\1"), (b"PLTE", bytes(2)),
        (b"tRNS", bytes(6)),
    ],
)  # fmt: skip
def test_what_hangs_behind_the_numbers_of_a_png_goes(name: bytes, body: bytes) -> None:
    content = picture("PNG")
    planted = content[:33] + chunk_of(name, body + PLANTED + b"x" * (-len(body + PLANTED) % 3)) + content[33:]
    assert PLANTED not in kept(planted, "PNG").read()


def test_a_palette_and_its_see_through_colours_stay() -> None:
    out = BytesIO()
    pixels().quantize(16).save(out, "PNG", transparency=bytes(range(0, 160, 10)))
    stored = kept(out.getvalue(), "PNG")
    before, after = (Image.open(BytesIO(content)).convert("RGBA") for content in (out.getvalue(), stored.read()))
    assert before.tobytes() == after.tobytes()
    assert stored.prepared.has_transparency
