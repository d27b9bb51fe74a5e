import struct
from dataclasses import replace
from io import BytesIO

import pytest

from media.ingest import UnableToKeep, cleaned_recording, ogg
from media.ingest.kept import Damaged
from media.ingest.ogg import BEGINS, ENDS, Page, page_in
from media.ingest.reading import Reading
from tests.media import sound_files
from tests.media.files import PLANTED, called
from tests.media.ingest.hostile import broken_off, changed, taken
from tests.media.sound_files import OPUS_HEAD, OPUS_SILENCE, comments, pages

MAKERS = pytest.mark.parametrize("make", [sound_files.ogg_opus, sound_files.ogg_vorbis])


def kept(content: bytes, name: str = "voice.ogg") -> bytes:
    return cleaned_recording(called(name, content)).read()


def pages_in(content: bytes) -> list[Page]:
    reading, found = Reading(BytesIO(content)), []
    while (page := page_in(reading)) is not None:
        found.append(page)
    return found


def opus(*middle: Page) -> bytes:
    first, tags = pages([OPUS_HEAD], flags=BEGINS), pages([comments(b"OpusTags", b"")], number=1)
    return b"".join(page.written() for page in (*first, *tags, *middle))


def sound(number: int, **changes: int) -> Page:
    page = pages([OPUS_SILENCE] * 10, number=number, time=(number - 1) * 9600)[0]
    return replace(page, **changes)  # type: ignore[arg-type]


@MAKERS
def test_nothing_that_was_planted_is_left(make: sound_files.Maker) -> None:
    content = make(PLANTED)
    assert content.count(PLANTED) > 1000
    cleaned = kept(content)
    assert PLANTED not in cleaned
    assert b"LOCATION" not in cleaned
    assert b"PK\x03\x04" not in cleaned
    assert cleaned == kept(make())


@MAKERS
def test_every_packet_of_sound_is_the_same(make: sound_files.Maker) -> None:
    before = [page.body for page in pages_in(make()) if page.time]
    after = pages_in(kept(make(PLANTED)))
    assert [page.body for page in after if page.time] == before
    assert [page.number for page in after] == list(range(len(after)))
    assert after[-1].flags == ENDS


@MAKERS
def test_what_was_cleaned_stays_as_it_is(make: sound_files.Maker) -> None:
    once = kept(make(PLANTED))
    assert kept(once) == once


def test_a_recording_tells_how_long_it_is() -> None:
    recorded = cleaned_recording(called("a.opus", sound_files.ogg_opus())).recorded
    assert recorded.seconds == pytest.approx(1, abs=0.01)
    assert recorded.extension == ".ogg"


def test_a_piece_cut_out_of_a_long_recording_is_as_long_as_the_piece() -> None:
    hour = 3600 * 48_000
    content = opus(sound(2, time=hour), sound(3, time=hour + 48_000), sound(4, time=hour + 96_000, flags=ENDS))
    assert cleaned_recording(called("a.ogg", content)).recorded.seconds == pytest.approx(2)


def test_a_recorder_that_did_not_say_the_end_is_helped() -> None:
    assert pages_in(kept(opus(sound(2), sound(3))))[-1].flags == ENDS


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (b"\x80theora" + bytes(40), "video"),
        (b"\x7fFLAC" + bytes(40), "not every browser"),
        (b"Speex   " + bytes(40), "not every browser"),
    ],
)
def test_other_streams_are_refused_with_advice(first: bytes, sentence: str) -> None:
    page = pages([first], stream=3, flags=BEGINS)[0].written()
    with pytest.raises(UnableToKeep, match=sentence):
        kept(page + sound(1, stream=3).written())


def test_several_recordings_behind_each_other_are_refused() -> None:
    with pytest.raises(UnableToKeep, match="several recordings"):
        kept(sound_files.ogg_opus() * 2)


@pytest.mark.parametrize(
    "content",
    [
        opus(),
        opus(sound(3)),
        opus(sound(2), sound(4)),
        opus(sound(2, time=96_000), sound(3, time=48_000)),
        opus(sound(2, flags=1)),
        opus(sound(2), sound(3, time=1 << 62)),
        opus(sound(2, flags=BEGINS)),
        opus(sound(2), sound(3, lacing=b"\xff", body=bytes(255))),  # type: ignore[arg-type]
        sound(2).written(),
        pages([OPUS_HEAD], flags=BEGINS)[0].written() * 20,
        pages([OPUS_HEAD[:18] + b"\x09"], flags=BEGINS)[0].written() + sound(1).written(),
        sound_files.ogg(OPUS_HEAD, [comments(b"OpusTags", b""), OPUS_SILENCE], [OPUS_SILENCE] * 20),
        sound_files.ogg(sound_files.VORBIS_HEAD, [comments(b"\x03vorbis", b"", end=b"\x01"), b"\x05none"], [b"a" * 9]),
        sound_files.ogg(sound_files.VORBIS_HEAD[:11] + struct.pack("<BI", 0, 44_100) + bytes(14), [b"", b""], [b"a"]),
    ],
)
def test_lies_end_in_damage(content: bytes) -> None:
    with pytest.raises(Damaged):
        ogg.stripped(BytesIO(content), BytesIO())


@MAKERS
def test_a_wrong_check_sum_is_damage(make: sound_files.Maker) -> None:
    whole = make()
    for at in range(0, len(whole), max(1, len(whole) // 100)):
        assert not taken("a.ogg", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


@MAKERS
def test_a_recording_that_breaks_off_in_a_page_is_refused(make: sound_files.Maker) -> None:
    whole = make()
    ends, at = set(), 0
    for page in pages_in(whole):
        at += len(page.written())
        ends.add(at)
    assert not any(taken("a.ogg", piece) for piece in broken_off(whole) if len(piece) not in ends)


@MAKERS
def test_changed_bytes_never_make_the_door_fail(make: sound_files.Maker) -> None:
    assert not all([taken("a.ogg", content) for content in changed(make(PLANTED), count=150)])


@MAKERS
def test_changed_pages_with_right_check_sums_never_make_the_door_fail(make: sound_files.Maker) -> None:
    found = pages_in(make())
    for number, page in enumerate(found):
        for body in changed(page.body or b"\x00", count=4, seed=number):
            lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])[:255]
            lied = replace(page, lacing=lacing, body=body[: sum(lacing)])
            taken("a.ogg", b"".join(other.written() for other in [*found[:number], lied, *found[number + 1 :]]))
