from io import BytesIO

import pytest

from media.ingest import cleaned_recording, mp3
from media.ingest.kept import Damaged
from media.ingest.mp3_frames import frame_in
from tests.media import sound_files
from tests.media.files import PLANTED, called
from tests.media.ingest.hostile import broken_off, changed, taken
from tests.media.sound_files import MP3_HEAD, MP3_SIZE, mp3_frame


def kept(content: bytes) -> bytes:
    return cleaned_recording(called("voice.mp3", content)).read()


def frames_of(content: bytes) -> list[bytes]:
    """All frames behind the one that tells the length."""
    assert len(content) % MP3_SIZE == 0
    return [content[at : at + MP3_SIZE] for at in range(MP3_SIZE, len(content), MP3_SIZE)]


def test_nothing_but_frames_is_left() -> None:
    content = sound_files.mp3_sound(PLANTED)
    assert content.count(PLANTED) > 30
    cleaned = kept(content)
    assert PLANTED not in cleaned
    assert not any(word in cleaned for word in (b"LAME", b"ID3", b"TAG", b"APETAGEX", b"PK\x03\x04"))
    assert frames_of(cleaned) == [mp3_frame()] * 40


def test_what_was_cleaned_stays_as_it_is() -> None:
    once = kept(sound_files.mp3_sound(PLANTED))
    assert kept(once) == once


def test_what_can_be_heard_is_kept_and_what_fills_the_frames_is_not() -> None:
    first = mp3_frame(b"\x11" * 100, length=100, filling=PLANTED)
    borrowing = mp3_frame(b"\x22" * 50, back=200, length=250, filling=PLANTED)
    silent = [mp3_frame(filling=PLANTED)] * 3
    # The second frame begins 200 bytes before itself: those bytes of the first frame belong to it.
    middle = first[: MP3_SIZE - 200] + b"\x22" * 200
    cleaned = frames_of(kept(b"".join([middle, borrowing, *silent])))
    sound = b"".join(frame[36:] for frame in cleaned)
    assert sound[:100] == b"\x11" * 100
    assert sound[100:181] == bytes(81)
    assert sound[181:431] == b"\x22" * 250
    assert sound[431:] == bytes(len(sound) - 431)


def test_the_length_is_counted_and_told() -> None:
    cleaned = cleaned_recording(called("a.mp3", sound_files.mp3_sound(PLANTED, frames=400)))
    assert cleaned.recorded.seconds == pytest.approx(400 * 1152 / 44_100)
    header = cleaned.read(MP3_SIZE)
    assert header[36:40] == b"Info"
    assert int.from_bytes(header[44:48], "big") == 400
    assert int.from_bytes(header[48:52], "big") == 401 * MP3_SIZE
    assert list(header[52:152]) == sorted(header[52:152])


def test_frames_of_many_sizes_are_told_as_such() -> None:
    small = b"\xff\xfb\x50\x64".ljust(208, b"\x00")
    cleaned = kept((mp3_frame() + small) * 10)
    assert cleaned[36:40] == b"Xing"
    assert frame_in(cleaned) is not None


def test_the_lower_rates_are_read_too() -> None:
    low = b"\xff\xf3\x40\xc4"
    frame = frame_in(low)
    assert frame is not None
    recorded = cleaned_recording(called("a.mp3", low.ljust(frame.size, b"\x00") * 30)).recorded
    assert recorded.seconds == pytest.approx(30 * 576 / 22_050)


def test_a_frame_that_breaks_off_at_the_end_goes() -> None:
    cleaned = kept(sound_files.mp3_sound()[:-100])
    assert len(frames_of(cleaned)) == 39


@pytest.mark.parametrize(
    "content",
    [
        mp3_frame() * 2,
        mp3_frame() + b"\xff\xfb",
        b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + mp3_frame() * 9,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"This is a text about sound. " * 300,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" * 5000,
        MP3_HEAD * 5000,
    ],
)
def test_what_only_begins_like_an_mp3_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        mp3.stripped(BytesIO(content), BytesIO())


def test_endless_junk_is_not_searched_to_its_end() -> None:
    content = sound_files.mp3_sound() + b"junk" + b"\xff\xfb\x90\x00" * 300_000 + mp3_frame() * 10
    assert len(frames_of(kept(content))) == 40


def test_a_recording_that_breaks_off_is_shorter_or_refused() -> None:
    assert not all([taken("a.mp3", piece) for piece in broken_off(sound_files.mp3_sound(PLANTED))])


def test_changed_bytes_never_make_the_door_fail() -> None:
    assert any([taken("a.mp3", content) for content in changed(sound_files.mp3_sound(PLANTED))])
