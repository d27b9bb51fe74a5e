import struct
import tracemalloc
from io import BytesIO
from itertools import pairwise

import pytest

from media.ingest import UnableToKeep, cleaned_recording, ebml, reading, sound_of, webm
from media.ingest.kept import Damaged
from media.ingest.reading import Reading
from media.ingest.webm_blocks import CLUSTER, IN_SEGMENT, Block, blocks_in, parts_of
from media.ingest.webm_writing import INDEX
from tests.media import sound_files
from tests.media.files import PLANTED, called
from tests.media.ingest.hostile import broken_off, changed, taken
from tests.media.sound_files import OPUS_SILENCE, block, sound_track, video_track, vp8_picture

UNKNOWN = b"\x01" + b"\xff" * 7


def kept(content: bytes, name: str = "a.webm") -> bytes:
    return cleaned_recording(called(name, content)).read()


def written(content: bytes) -> BytesIO:
    into = BytesIO()
    webm.stripped(BytesIO(content), into)
    return into


def blocks_of(content: bytes, *tracks: int) -> list[tuple[int, int, bytes]]:
    """Track, time and frame of every block."""
    whole, found = Reading(BytesIO(content)), list[Block]()
    for part in parts_of(whole, webm.opened(whole), known=IN_SEGMENT):
        if part.name == CLUSTER:
            found += blocks_in(whole, part, tracks=set(tracks))
    return [(one.track, one.time, content[one.start : one.end]) for one in found]


def cluster(body: bytes, *, time: int = 0) -> bytes:
    return ebml.element(CLUSTER, ebml.whole(0xE7, time) + body)


def tracks(*entries: bytes) -> bytes:
    return ebml.element(0x1654AE6B, b"".join(entries))


PICTURE = cluster(block(1, 0, vp8_picture(1)))


@pytest.mark.parametrize("unknown", [False, True])
def test_nothing_that_was_planted_is_left(unknown: bool) -> None:
    content = sound_files.webm_video(PLANTED, unknown=unknown)
    assert content.count(PLANTED) > 20
    cleaned = kept(content)
    assert PLANTED not in cleaned
    assert PLANTED[:4] not in cleaned
    assert b"PK\x03\x04" not in cleaned
    assert cleaned == kept(sound_files.webm_video())


@pytest.mark.parametrize("unknown", [False, True])
def test_every_picture_and_every_sound_is_the_same(unknown: bool) -> None:
    content = sound_files.webm_video(PLANTED, unknown=unknown)
    before = [(1 if track == 1 else 2, time, frame) for track, time, frame in blocks_of(content, 1, 3)]
    assert len(before) == 3 * 51
    assert blocks_of(kept(content), 1, 2) == before


@pytest.mark.parametrize("unknown", [False, True])
def test_what_was_cleaned_stays_as_it_is(unknown: bool) -> None:
    once = kept(sound_files.webm_video(PLANTED, unknown=unknown))
    assert kept(once) == once


@pytest.mark.parametrize("unknown", [False, True])
def test_a_video_tells_its_length_and_size(unknown: bool) -> None:
    recorded = cleaned_recording(called("a.webm", sound_files.webm_video(unknown=unknown))).recorded
    assert (recorded.kind, recorded.width, recorded.height, recorded.has_sound) == ("video", 160, 90, True)
    assert recorded.seconds == pytest.approx(3)


def test_players_find_every_key_frame_in_the_index() -> None:
    cleaned = kept(sound_files.webm_video(unknown=True))
    whole = Reading(BytesIO(cleaned))
    segment = webm.opened(whole)
    assert segment.end == len(cleaned)
    begins = [
        part.start - 12 - segment.start for part in parts_of(whole, segment, known=IN_SEGMENT) if part.name == CLUSTER
    ]
    (index,) = [part for part in parts_of(whole, segment, known=IN_SEGMENT) if part.name == INDEX]
    pointed = []
    for point in ebml.elements_in(whole, index):
        _time, places = ebml.elements_in(whole, point)
        _track, place = ebml.elements_in(whole, places)
        pointed.append(ebml.whole_number(ebml.content_of(whole, place, at_most=8)))
    assert pointed == begins


def test_the_sound_is_cut_out_of_a_video() -> None:
    video = sound_files.webm_video(PLANTED)
    cut = sound_of(called("a.webm", video))
    sound = cut.read()
    assert (cut.recorded.kind, cut.recorded.content_type) == ("audio", "audio/webm")
    assert blocks_of(sound, 1) == [(1, time, frame) for _track, time, frame in blocks_of(video, 3)]
    assert PLANTED not in sound
    assert kept(sound, "a.weba") == sound


def test_a_video_without_sound_has_no_sound_to_cut_out() -> None:
    silent = sound_files.webm(tracks(video_track()) + PICTURE)
    assert not cleaned_recording(called("a.webm", silent)).recorded.has_sound
    with pytest.raises(UnableToKeep, match="no sound"):
        sound_of(called("a.webm", silent))


def test_the_comments_of_vorbis_are_emptied() -> None:
    comments = sound_files.comments(b"\x03vorbis", PLANTED, end=b"\x01")
    head = sound_files.VORBIS_HEAD
    lengths = bytes([2, len(head)]) + b"\xff" * (len(comments) // 255) + bytes([len(comments) % 255])
    private = lengths + head + comments + sound_files.VORBIS_SETUP
    content = sound_files.webm(tracks(sound_track(codec=b"A_VORBIS", private=private)) + cluster(block(3, 0, b"sound")))
    cleaned = kept(content)
    assert PLANTED not in cleaned
    assert sound_files.VORBIS_SETUP in cleaned
    assert kept(cleaned) == cleaned


def packed_as(codec: bytes, *, frame: bytes, private: bytes = b"", flags: int = 0x80) -> bytes:
    entry = ebml.whole(0xD7, 1) + ebml.whole(0x83, 1) + ebml.element(0x86, codec) + ebml.element(0x63A2, private)
    size = ebml.element(0xE0, ebml.whole(0xB0, 16) + ebml.whole(0xBA, 16))
    return sound_files.webm(tracks(ebml.element(0xAE, entry + size)) + cluster(block(1, 0, frame, flags=flags)))


def test_what_av1_says_beside_its_pictures_is_blanked_in_its_place() -> None:
    begin, picture = b"\x12\x00", b"\x32\x05\x10\x20\x30\x40\x50"
    said, filling = b"\x2a\x09\x04\xb5" + PLANTED, b"\x7a\x07" + PLANTED
    cleaned = kept(packed_as(b"V_AV1", frame=begin + said + picture + filling))
    assert PLANTED not in cleaned
    ((_track, _time, frame),) = blocks_of(cleaned, 1)
    assert frame.startswith(begin)
    assert picture in frame
    assert len(frame) == len(begin + said + picture + filling)
    assert kept(cleaned) == cleaned


@pytest.mark.parametrize(
    ("codec", "private", "stays"),
    [
        (b"V_VP9", b"\x01\x01\x00\x02\x01\x0a" + PLANTED, b"\x01\x01\x00\x02\x01\x0a"),
        (b"V_AV1", b"\x81\x05\x0c\x00" + PLANTED, b"\x81\x05\x0c\x00"),
        (b"V_AV1", PLANTED, b""),
    ],
)
def test_only_what_decoders_need_stands_before_the_pictures(codec: bytes, private: bytes, stays: bytes) -> None:
    cleaned = kept(packed_as(codec, private=private, frame=b"\x12\x00"))
    assert PLANTED not in cleaned
    assert codec + (ebml.element(0x63A2, stays) if stays else b"\xe0") in cleaned


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (sound_files.webm(PICTURE, kind=b"matroska"), "MKV"),
        (sound_files.webm(tracks(sound_track(more=ebml.element(0x6D80, b""))) + PICTURE), "locked"),
        (sound_files.webm(tracks(sound_track(codec=b"A_AAC")) + PICTURE), "not every browser"),
        (sound_files.webm(tracks(video_track(), sound_track(codec=b"A_DTS")) + PICTURE), "not every browser"),
    ],
)
def test_what_browsers_do_not_play_is_refused_with_advice(content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        kept(content)


@pytest.mark.parametrize(
    "content",
    [
        sound_files.webm(PICTURE),
        sound_files.webm(tracks() + PICTURE),
        sound_files.webm(tracks(video_track())),
        sound_files.webm(PICTURE + tracks(video_track())),
        sound_files.webm(tracks(video_track()) + cluster(block(1, 0, b"x", flags=0))),
        sound_files.webm(tracks(video_track()) + ebml.element(CLUSTER, block(1, 0, b"x"))),
        sound_files.webm(tracks(video_track()) + cluster(block(1, 0, b"x"), time=1 << 60)),
        sound_files.webm(tracks(video_track()) + cluster(b"\xa3\x82\x81\x00")),
        sound_files.webm(tracks(video_track()) + cluster(b"\xa3" + UNKNOWN)),
        sound_files.webm(tracks(video_track()) + cluster(ebml.element(0xA0, ebml.whole(0x9B, 5)))),
        sound_files.webm(tracks(*[words := sound_files.words_track(b"x")] * 70) + PICTURE),
        sound_files.webm(tracks(ebml.element(0xAE, ebml.whole(0xEC, 1) * 300)) + PICTURE),
        sound_files.webm(tracks(sound_track(private=b"OpusHead" + bytes(4))) + PICTURE),
        sound_files.webm(ebml.element(0x1549A966, ebml.whole(0x2AD7B1, 0)) + tracks(video_track()) + PICTURE),
        sound_files.webm(tracks(video_track()) + PICTURE, kind=b"webbed"),
        packed_as(b"V_AV1", frame=b"\x12\x00", flags=0x86),
        packed_as(b"V_AV1", frame=b"\x32\x7f"),
        sound_files.webm(b"")[:40] + b"\x00" * 40,
    ],
)
def test_lies_end_in_damage(content: bytes) -> None:
    with pytest.raises(Damaged):
        written(content)


def test_of_endless_empty_elements_not_all_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PIECES", 20_000)
    content = sound_files.webm(tracks(video_track()) + b"\xec\x80" * 30_000)
    with pytest.raises(Damaged, match="too many pieces"):
        written(content)


def test_a_long_video_needs_little_memory() -> None:
    frame = bytes(3_000_000)
    body = b"".join(cluster(block(1, 0, frame), time=second * 1000) for second in range(12))
    source = BytesIO(sound_files.webm(tracks(video_track()) + body))

    class Nowhere(BytesIO):
        def write(self, piece: object) -> int:
            return 0

    tracemalloc.start()
    webm.stripped(source, Nowhere())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


def test_the_index_of_a_long_recording_stays_small() -> None:
    body = b"".join(cluster(block(3, 0, OPUS_SILENCE), time=second * 1000) for second in range(20_500))
    cleaned = kept(sound_files.webm(tracks(sound_track()) + body))
    assert cleaned.count(b"\xb7") < 15_000
    assert cleaned_recording(called("a.weba", cleaned)).recorded.seconds == pytest.approx(20_500, abs=2)


def test_negative_offsets_keep_their_order() -> None:
    body = cluster(block(1, -5, vp8_picture(9)) + block(3, 7, OPUS_SILENCE), time=100)
    times = [
        time
        for _track, time, _frame in blocks_of(kept(sound_files.webm(tracks(video_track(), sound_track()) + body)), 1, 2)
    ]
    assert times == [95, 107]
    assert all(before < after for before, after in pairwise(times))


@pytest.mark.parametrize("unknown", [False, True])
def test_a_video_that_breaks_off_is_shorter_or_refused(unknown: bool) -> None:
    whole = sound_files.webm_video(unknown=unknown)
    were_taken = [taken("a.webm", piece) for piece in broken_off(whole)]
    assert not any(were_taken[:10])
    assert unknown or not any(were_taken)


@pytest.mark.parametrize("unknown", [False, True])
def test_changed_bytes_never_make_the_door_fail(unknown: bool) -> None:
    whole = sound_files.webm_video(PLANTED, unknown=unknown, seconds=2)
    results = [taken("a.webm", content) for content in changed(whole)]
    assert any(results)
    assert not all(results)


def test_numbers_are_written_as_short_as_they_are() -> None:
    assert ebml.length_of(126) == b"\xfe"
    assert ebml.length_of(127) == b"\x40\x7f"
    assert ebml.number_in(b"\x40\x7f") == (127, 2)
    assert ebml.number_in(b"\xff") == (None, 1)
    assert ebml.signed(0xFB, -20) == b"\xfb\x81\xec"
    assert ebml.real_number(struct.pack(">f", 0.5)) == 0.5
