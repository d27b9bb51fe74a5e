import wave
from io import BytesIO

import pytest

from media.ingest import UnableToKeep, cleaned_recording
from tests.media import files
from tests.media.files import PLANTED, called


def test_only_the_samples_of_a_recording_are_stored() -> None:
    content = files.recording()
    assert PLANTED in content
    kept = cleaned_recording(called("voice.wav", content)).read()
    assert PLANTED not in kept
    with wave.open(BytesIO(kept)) as sound:
        assert sound.getnframes() == 16_000


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.mp3", b"ID3\x04" + bytes(60), "MP3 files can tell who"),
        ("a.m4a", b"\x00\x00\x00\x20ftypM4A " + bytes(60), "M4A files can tell who"),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(60), "MP4 files can tell who"),
        ("a.webm", b"\x1aE\xdf\xa3" + bytes(60), "WebM files can tell who"),
        ("a.ogg", b"OggS" + bytes(60), "OGG files can tell who"),
        ("a.wav", b"<html>", "not a recording"),
        ("a.mp3", files.recording(), "Rename it"),
        ("a.wav", files.recording()[:44], "damaged"),
        ("a.wav", files.recording()[:5000], "damaged"),
        ("a.wav", b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(60), "damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_with_advice(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        cleaned_recording(called(name, content))
