import struct
from io import BytesIO

import pytest

from media.ingest import UnableToKeep, cleaned_recording, wav
from media.ingest.kept import Damaged
from tests.media import sound_files
from tests.media.files import PLANTED, called
from tests.media.ingest.hostile import broken_off, changed, taken
from tests.media.sound_files import chunk, riff, samples

IDENTIFIER = bytes.fromhex("000000001000800000aa00389b71")


def kept(content: bytes) -> bytes:
    return cleaned_recording(called("voice.wav", content)).read()


def extensible(format_: int = 1, *, speakers: int = 3, identifier: bytes = IDENTIFIER) -> bytes:
    plain = struct.pack("<HHIIHH", 0xFFFE, 2, 48_000, 48_000 * 6, 6, 24)
    return plain + struct.pack("<HHIH", 22, 24, speakers, format_) + identifier


def test_only_the_samples_of_a_recording_are_stored() -> None:
    content = sound_files.wav_sound(PLANTED)
    assert PLANTED in content
    cleaned = kept(content)
    assert PLANTED not in cleaned
    assert b"PK" not in cleaned
    assert sound_files.samples_in(cleaned) == samples()
    assert cleaned == sound_files.wav_sound()


def test_what_was_cleaned_stays_as_it_is() -> None:
    once = kept(sound_files.wav_sound(PLANTED))
    assert kept(once) == once


def test_a_recording_tells_how_long_it_is() -> None:
    recorded = cleaned_recording(called("a.wav", sound_files.wav_sound())).recorded
    assert (recorded.kind, recorded.content_type) == ("audio", "audio/wav")
    assert recorded.seconds == pytest.approx(len(samples()) / 16_000)


def test_the_extended_format_is_written_anew() -> None:
    body = extensible(speakers=0xFFFF_FFFF)
    cleaned = kept(riff(chunk(b"fmt ", body + PLANTED), chunk(b"data", bytes(600))))
    assert PLANTED not in cleaned
    assert extensible(speakers=0x3FFFF) in cleaned


def test_samples_as_fractions_are_kept() -> None:
    format_ = struct.pack("<HHIIHH", 3, 1, 48_000, 192_000, 4, 32)
    assert sound_files.wav_sound(format_=format_) == kept(sound_files.wav_sound(PLANTED, format_=format_))


@pytest.mark.parametrize("length", [1, 3])
def test_half_a_sample_at_the_end_goes(length: int) -> None:
    cleaned = kept(
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 1, 2, 8000, 32_000, 4, 16)), chunk(b"data", bytes(8 + length)))
    )
    assert cleaned.endswith(b"data\x08\x00\x00\x00" + bytes(8))


def test_packed_samples_are_refused_with_advice() -> None:
    format_ = struct.pack("<HHIIHH", 0x55, 1, 8000, 1000, 1, 0)
    with pytest.raises(UnableToKeep, match="packed"):
        kept(sound_files.wav_sound(format_=format_))


@pytest.mark.parametrize(
    "content",
    [
        riff(chunk(b"data", bytes(100)), chunk(b"fmt ", bytes(16))),
        riff(chunk(b"fmt ", bytes(15)), chunk(b"data", bytes(100))),
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 2, 16)), chunk(b"data", b"")),
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 9, 16)), chunk(b"data", bytes(100))),
        riff(chunk(b"fmt ", extensible(identifier=bytes(14))), chunk(b"data", bytes(100))),
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 2, 16))) + b"data\xff\xff\xff\x7f" + bytes(99),
        riff(b"fmt \xff\xff\xff\xff"),
    ],
)
def test_lies_end_in_damage(content: bytes) -> None:
    with pytest.raises(Damaged):
        wav.stripped(BytesIO(content), BytesIO())


def test_a_recording_that_breaks_off_is_refused() -> None:
    assert not any(taken("a.wav", piece) for piece in broken_off(sound_files.wav_sound()))


def test_changed_bytes_never_make_the_door_fail() -> None:
    whole = sound_files.wav_sound(PLANTED)
    results = [taken("a.wav", content) for content in (*changed(whole), *changed(whole[:1600] + bytes(7000)))]
    assert any(results)
    assert not all(results)
