import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageChops

from media.ingest import UnableToKeep, cleaned_picture
from media.ingest.png import chunk_of
from tests.media import files
from tests.media.files import LATITUDE, PICTURES, PLANTED, SRGB, called


def stored(content: bytes, name: str) -> bytes:
    return cleaned_picture(called(name, content)).read()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", PICTURES)
def test_nothing_that_a_camera_planted_is_left(format_: str, orientation: int) -> None:
    content = files.photograph(format_, orientation=orientation)
    assert PLANTED in content
    kept = stored(content, f"IMG.{PICTURES[format_]}")
    assert PLANTED not in kept
    assert LATITUDE not in kept
    assert Image.open(BytesIO(kept)).getexif() == {}


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_the_colour_profile_stays(format_: str) -> None:
    kept = stored(files.photograph(format_), f"a.{PICTURES[format_]}")
    assert Image.open(BytesIO(kept)).info["icc_profile"] == SRGB


@pytest.mark.parametrize("format_", PICTURES)
def test_no_pixel_of_an_upright_picture_changes(format_: str) -> None:
    content = files.photograph(format_)
    kept = Image.open(BytesIO(stored(content, f"a.{PICTURES[format_]}"))).convert("RGB")
    assert ImageChops.difference(Image.open(BytesIO(content)).convert("RGB"), kept).getbbox() is None


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_lies_on_its_side_is_turned(format_: str) -> None:
    kept = stored(files.photograph(format_, orientation=6), f"a.{PICTURES[format_]}")
    assert Image.open(BytesIO(kept)).size == (400, 600)


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_stays(format_: str) -> None:
    kept = Image.open(BytesIO(stored(files.moving(format_), f"a.{PICTURES[format_]}")))
    assert getattr(kept, "n_frames", 1) == 1


def test_the_stored_name_tells_nothing() -> None:
    kept = cleaned_picture(called("a-person-at-a-place.jpeg", files.photograph()))
    assert kept.name is not None
    assert "person" not in kept.name
    assert kept.name.endswith(".jpg")


@pytest.mark.parametrize("format_", PICTURES)
def test_a_picture_that_breaks_off_is_refused(format_: str) -> None:
    whole = files.photograph(format_).removesuffix(b"PLANTED behind the end")
    for length in range(0, len(whole) - 3, max(1, len(whole) // 60)):
        with pytest.raises(UnableToKeep):
            stored(whole[:length], f"a.{PICTURES[format_]}")


@pytest.mark.parametrize("format_", PICTURES)
def test_a_picture_with_any_byte_changed_is_taken_or_refused_but_never_fails(format_: str) -> None:
    whole = files.photograph(format_)
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with suppress(UnableToKeep):
            stored(damaged, f"a.{PICTURES[format_]}")


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 8_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(UnableToKeep, match="too many pixels"):
        stored(files.bomb(*size), "a.png")


def test_a_colour_profile_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    chunk = chunk_of(b"iCCP", b"x\x00\x00" + bomb)
    content = files.photograph("PNG")
    with pytest.raises(UnableToKeep):
        stored(content[:33] + chunk + content[33:], "a.png")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"<html><script>alert(1)</script>", "not a picture"),
        ("a.jpg", b"MZ\x90\x00", "not a picture"),
        ("a.png", b"", "not a picture"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PNG"),
        ("a.png", files.photograph("JPEG"), "Rename it"),
        ("a.jpg", b"8BPS\x00\x01" + bytes(40), "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_that_helps(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        stored(content, name)


def test_a_file_that_is_too_big_is_refused_unread() -> None:
    class Huge(ContentFile):  # type: ignore[type-arg]
        def read(self, *args: object) -> bytes:
            raise AssertionError("was read")

    huge = Huge(b"", name="a.jpg")
    huge.size = 31 * 1024 * 1024
    with pytest.raises(UnableToKeep, match="too big"):
        cleaned_picture(huge)


def test_what_went_through_the_door_once_goes_through_unchanged() -> None:
    once = cleaned_picture(called("a.jpg", files.photograph(orientation=3)))
    assert cleaned_picture(once) is once
    assert cleaned_picture(called("b.jpg", once.read())).name == once.name
