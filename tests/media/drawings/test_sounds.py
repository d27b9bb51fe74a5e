"""Is the recording what its captions and transcript say?"""

import io
import wave

from media.drawings import sounds


def test_the_rhythm_is_twelve_seconds_of_one_channel() -> None:
    sound = sounds.loom_rhythm()
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert file.getnframes() == sounds.SECONDS * 22_050
    assert len(sound) < 600_000


def test_the_rhythm_is_the_same_each_time_and_begins_and_ends_quietly() -> None:
    sound = sounds.loom_rhythm()
    assert sound == sounds.loom_rhythm()
    assert sound[44:48] == b"\0\0\0\0"
    assert abs(int.from_bytes(sound[-2:], "little", signed=True)) < 50


def test_captions_are_webvtt_that_ends_with_the_sound() -> None:
    for language in ("en", "th"):
        text = sounds.CAPTIONS[language]
        assert text.startswith("WEBVTT\n\n00:00:00.000 --> ")
        assert "--> 00:00:12.000\n" in text
        assert sounds.TRANSCRIPT[language]
