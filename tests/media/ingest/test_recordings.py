from io import BytesIO

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image

from media.ingest import KeptRecording, UnableToKeep, cleaned_recording
from media.ingest.png import chunk_of
from tests.media import files, sound_files
from tests.media.files import PLANTED, called
from tests.media.sound_files import Maker, archive

RECORDINGS = pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.wav", sound_files.wav_sound),
        ("a.mp3", sound_files.mp3_sound),
        ("a.ogg", sound_files.ogg_opus),
        ("a.oga", sound_files.ogg_vorbis),
        ("a.opus", sound_files.ogg_opus),
        ("a.webm", sound_files.webm_video),
    ],
)


def picture(width: int, height: int, format_: str = "JPEG") -> bytes:
    return files.photograph(format_, size=(width, height))


@RECORDINGS
def test_every_format_goes_through_the_door(name: str, make: Maker) -> None:
    kept = cleaned_recording(called(name, make(PLANTED)))
    content = kept.read()
    assert PLANTED not in content
    assert len(content) == kept.size
    assert kept.recorded.seconds > 0.4


@RECORDINGS
def test_what_is_behind_the_door_goes_through_unchanged(name: str, make: Maker) -> None:
    once = cleaned_recording(called(name, make(PLANTED)))
    assert cleaned_recording(once) is once
    again = cleaned_recording(called(str(once.name), once.read()))
    assert again.name == once.name


def test_the_stored_name_tells_nothing() -> None:
    kept = cleaned_recording(called("a-person-at-a-place.wav", sound_files.wav_sound()))
    assert "person" not in str(kept.name)
    assert str(kept.name).endswith(".wav")


def test_a_kept_recording_is_read_as_often_as_somebody_asks() -> None:
    kept = cleaned_recording(called("a.wav", sound_files.wav_sound()))
    first = b"".join(kept.chunks())
    kept.close()
    with kept.open() as file:
        assert file.read() == first


def test_a_large_upload_is_read_from_where_it_lies() -> None:
    with TemporaryUploadedFile("a.webm", "video/webm", 0, None) as upload:
        upload.write(sound_files.webm_video(PLANTED))
        upload.size = upload.tell()
        assert PLANTED not in cleaned_recording(upload).read()


def test_a_recording_that_is_too_big_is_refused_unread(settings: LazySettings) -> None:
    class Huge(ContentFile):  # type: ignore[type-arg]
        def read(self, *args: object) -> bytes:
            raise AssertionError("was read")

    settings.RECORDINGS_MAX_UPLOAD_SIZE = 1000
    huge = Huge(b"", name="a.mp3")
    huge.size = 1001
    with pytest.raises(UnableToKeep, match="too big"):
        cleaned_recording(huge)


@RECORDINGS
def test_a_recording_under_another_name_is_to_be_renamed(name: str, make: Maker) -> None:
    with pytest.raises(UnableToKeep, match="Rename it to end in"):
        cleaned_recording(called("a.txt", make()))


@pytest.mark.parametrize(("width", "format_"), [(800, "JPEG"), (800, "PNG"), (800, "WEBP"), (812, "JPEG")])
def test_a_picture_that_shows_all_around_is_a_panorama(width: int, format_: str) -> None:
    kept = cleaned_recording(called(f"a.{files.PICTURES[format_]}", picture(width, 400, format_)))
    assert isinstance(kept, KeptRecording)
    recorded = kept.recorded
    assert (recorded.kind, recorded.width, recorded.height, recorded.has_sound) == ("panorama", width, 400, False)
    assert PLANTED not in kept.read()
    with Image.open(BytesIO(kept.open().read())) as image:
        assert image.size == (width, 400)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_hidden_between_the_pixels_of_a_panorama(format_: str) -> None:
    """Readers get it whole: what hangs behind the last pixel, where no header tells of it, goes too."""
    out = BytesIO()
    files.pixels(800, 400).save(out, format_)
    content = out.getvalue()
    if format_ == "JPEG":
        planted = content[:-2] + PLANTED + content[-2:]
    elif format_ == "PNG":
        planted = content[:-12] + chunk_of(b"IDAT", PLANTED) + content[-12:]
    else:
        packed = content[20:] + PLANTED + bytes(len(PLANTED) % 2)
        planted = content[:16] + len(packed).to_bytes(4, "little") + packed
        planted = planted[:4] + (len(planted) - 8).to_bytes(4, "little") + planted[8:]
    kept = cleaned_recording(called(f"a.{files.PICTURES[format_]}", planted))
    assert PLANTED not in kept.read()


@pytest.mark.parametrize("width", [400, 600, 780, 820, 1200])
def test_other_pictures_are_sent_to_their_own_door(width: int) -> None:
    with pytest.raises(UnableToKeep, match="exactly twice as wide"):
        cleaned_recording(called("a.jpg", picture(width, 400)))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.flac", b"fLaC" + bytes(60), "FLAC"),
        ("a.avi", b"RIFF\x10\x00\x00\x00AVI LIST" + bytes(60), "AVI"),
        ("a.mkv", sound_files.webm(b"", kind=b"matroska"), "MKV"),
        ("a.mp4", sound_files.webm(b"", kind=b"matroska"), "MKV"),
        ("a.wma", bytes.fromhex("3026b2758e66cf11") + bytes(60), "Windows Media"),
        ("a.amr", b"#!AMR\n" + bytes(60), "AMR"),
        ("a.mid", b"MThd\x00\x00\x00\x06" + bytes(60), "MIDI"),
        ("a.mp3", archive(b"x"), "archive"),
        ("a.mp3", b"%PDF-1.7" + bytes(60), "PDF"),
        ("a.mp4", b"<!doctype html><html><script>", "web page"),
        ("a.wav", b"This is a text about sound.", "text"),
        ("a.wav", b"", "empty"),
        ("a.mp3", b"MZ\x90\x00" + bytes(60), "program"),
        ("a.mp3", b"\x01\x02\x03\x07" * 20, "not a recording"),
        ("a.wav", sound_files.wav_sound()[:5000], "damaged"),
    ],
)
def test_what_is_no_recording_is_refused_with_advice(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        cleaned_recording(called(name, content))
