"""The workshop is asked from outside, as the portal asks it: what it gives, and what happens when it breaks."""

import fcntl
import os
import resource
import struct
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from media.ingest import UnableToKeep, cleaned_picture
from media.workshop import asking, limits
from media.workshop.asking import ROOT, folder_of_ones_own, prepared
from media.workshop.endings import Ending, of_code
from tests.media import files
from tests.media.picture_files import picture, pixels


def working(content: bytes, *, format_: str = "PNG") -> Image.Image:
    return Image.open(BytesIO(prepared(content, format_=format_).working))


def saved(image: Image.Image, format_: str = "PNG") -> bytes:
    out = BytesIO()
    image.save(out, format_)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [((6000, 100), (2880, 48)), ((600, 400), (600, 400)), ((100, 20_000), (58, 11520)), ((1, 1), (1, 1))],
)
def test_the_working_copy_is_at_most_2880_pixels_wide(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert working(saved(pixels(*size))).size == expected


@pytest.mark.parametrize("format_", ["JPEG", "WEBP"])
def test_what_lies_on_its_side_is_as_wide_as_can_be_when_it_stands(format_: str) -> None:
    content = saved(pixels(6000, 3200), format_)
    made = prepared(content, format_=format_, orientation=6)
    assert (made.width, made.height) == (3200, 6000)
    assert Image.open(BytesIO(made.working)).size == (2880, 5400)


def test_photographs_become_jpeg_and_drawings_png() -> None:
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    assert working(saved(noise, "JPEG"), format_="JPEG").format == "JPEG"
    assert working(files.halves((600, 400))).format == "PNG"


def test_the_placeholder_is_the_colours_of_the_picture_row_by_row() -> None:
    left, right = "c81414", "1414c8"
    placeholder = prepared(files.halves((600, 400)), format_="PNG").placeholder
    assert [placeholder[at : at + 6] for at in range(0, 72, 6)] == [left, left, right, right] * 3
    assert prepared(files.transparent(), format_="PNG").placeholder == ""


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_becomes_one_for_screens(mode: str) -> None:
    grey = pixels().convert("L")
    made = prepared(saved(grey.convert(mode)), format_="PNG")
    assert Image.open(BytesIO(made.working)).mode in {"L", "P", "RGB"}
    assert len(made.placeholder) == 72
    assert not made.has_transparency


def test_a_colour_profile_for_other_colours_is_not_believed() -> None:
    out = BytesIO()
    cmyk = pixels().convert("CMYK")
    cmyk.save(out, "JPEG", icc_profile=Image.open(BytesIO(picture("JPEG"))).info["icc_profile"])
    made = prepared(out.getvalue(), format_="JPEG")
    assert Image.open(BytesIO(made.working)).mode == "RGB"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "HEIC", "SVG"])
def test_what_a_decoder_cannot_read_is_refused_with_a_sentence(format_: str) -> None:
    with pytest.raises(UnableToKeep, match="damaged"):
        prepared(b"nothing of the kind", format_=format_)


def test_no_other_decoder_looks_at_a_file() -> None:
    with pytest.raises(UnableToKeep, match="damaged"):
        prepared(picture("JPEG"), format_="PNG")


def test_a_picture_that_needs_too_much_memory_ends_the_process_and_not_more() -> None:
    """A few kilobytes that their decoder makes as large as they say to be."""
    told, lie = struct.pack(">II", 600, 400), struct.pack(">II", 9_000, 7_000)
    with pytest.raises(UnableToKeep, match="too much memory"):
        prepared(picture("AVIF").replace(told, lie), format_="AVIF")


def test_the_process_is_bounded() -> None:
    asked = "from media.workshop import limits; limits.keep_small(format_='JPEG'); bytearray(300 << 20)"
    ended = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
    assert limits.DATA < 300 << 20
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] != limits.DATA


@pytest.mark.parametrize("code", [-6, -9, -24, -25])
def test_what_ends_a_process_out_of_bounds_is_said_in_a_sentence(code: int) -> None:
    assert "too much memory" in str(asking.refusal(of_code(code)).message)


@pytest.mark.parametrize("code", [-11, 1, 2, 99, Ending.DAMAGED])
def test_any_other_end_is_damage(code: int) -> None:
    assert of_code(code) is Ending.DAMAGED


def test_a_job_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_SECONDS", 0.01)
    with pytest.raises(UnableToKeep, match="too much memory"):
        prepared(picture("JPEG"), format_="JPEG")


def test_the_process_sees_no_secret_and_no_part_of_the_portal() -> None:
    assert not {"SECRET_KEY", "DATABASE_URL"} & limits.ENVIRONMENT.keys()
    asked = (
        "import sys; import media.workshop.__main__, media.workshop.job, media.workshop.svg;"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'portal', 'wagtail')"
        " or name.startswith('media.ingest')])"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True, text=True)
    assert said.stdout == "[]\n"


def test_nothing_is_left_behind_not_even_by_a_server_that_was_killed() -> None:
    folder = settings.VAR_DIR / "workshop"
    folder.mkdir(exist_ok=True)
    (folder / "left").touch()
    with folder_of_ones_own() as own:
        assert list(own.iterdir()) == []
    assert not folder.exists()


def test_one_picture_at_a_time_is_unpacked() -> None:
    inside, most = [0], [0]

    def work() -> None:
        with folder_of_ones_own():
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            os.sched_yield()
            inside[0] -= 1

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert most == [1]


def test_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 0)
    with Path(settings.VAR_DIR / "workshop.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UnableToKeep, match="Wait a few minutes"):
            prepared(picture("JPEG"), format_="JPEG")


def test_what_waits_for_the_workshop_waits_on_the_disk() -> None:
    """Ten people at once: the server holds one of their files, and not all of them."""
    held, most = [0], [0]

    class Brought(SimpleUploadedFile):
        def read(self, *args: int) -> bytes:
            held[0] += 1
            most[0] = max(most[0], held[0])
            return super().read(*args)

    def bring(_number: int) -> None:
        cleaned_picture(Brought("a.png", picture("PNG")))
        held[0] -= 1

    with ThreadPoolExecutor(4) as people:
        list(people.map(bring, range(4)))
    # One that is done may still be on its way out while the next one is read.
    assert most[0] <= 2


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 0.05)
    with asking.ones_turn(), pytest.raises(UnableToKeep, match="Many files"):
        cleaned_picture(SimpleUploadedFile("a.png", picture("PNG")))
