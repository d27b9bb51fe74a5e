import random
import shutil
import struct
import time
import tracemalloc
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from playwright.sync_api import BrowserType, Page

from media.ingest import mp4
from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.recorded import Recorded
from tests.media import mp4_files as files
from tests.media.files import PLANTED

WORDS = PLANTED + b" 13.7563N 100.5018E"
#: Nothing that is planted may be left, not even the four bytes that fit where a date stands.
TRACE = PLANTED[:4]
REFUSED = (Damaged, UnableToKeep)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def cleaned(content: bytes, *, sound_only: bool = False) -> bytes:
    into = BytesIO()
    mp4.stripped(BytesIO(content), into, sound_only=sound_only)
    return into.getvalue()


def recorded(content: bytes, *, sound_only: bool = False) -> Recorded:
    return mp4.stripped(BytesIO(content), BytesIO(), sound_only=sound_only)


@contextmanager
def within(*, seconds: float, megabytes: float) -> Iterator[None]:
    """Fail what computes longer, or holds more memory, than it may."""
    tracemalloc.start()
    start = time.process_time()
    yield
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - start < seconds
    assert most < megabytes * 1024 * 1024


MAKERS = [files.mp4_video, files.h264_video, files.hevc_video, files.m4a_sound]
every_file = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
Maker = Callable[[bytes], bytes]


@every_file
def test_nothing_that_was_planted_is_left(make: Maker) -> None:
    content = make(WORDS)
    assert content.count(TRACE) > 20
    assert TRACE not in cleaned(content)
    if make is not files.hevc_video:
        assert TRACE not in cleaned(content, sound_only=True)


@every_file
def test_what_was_clean_stays_as_it_is(make: Maker) -> None:
    once = cleaned(make(WORDS))
    assert cleaned(once) == once
    assert mp4.is_one(once[:64])


def test_nothing_is_left_of_what_does_not_belong_to_the_recording() -> None:
    left = cleaned(files.mp4_video(WORDS))
    assert [
        kind for kind in (b"udta", b"uuid", b"free", b"meta", b"gpmd", b"PK\x03\x04", b"xmp", b"tref") if kind in left
    ] == []


@pytest.mark.parametrize(
    ("make", "tracks"),
    [
        (files.mp4_video, {b"vide": files.av1(), b"soun": files.aac()}),
        (files.h264_video, {b"vide": files.h264(), b"soun": files.aac()}),
        (files.hevc_video, {b"vide": files.hevc()}),
        (files.m4a_sound, {b"soun": files.aac()}),
    ],
)
def test_every_sample_is_where_the_index_says_and_as_it_was(make: Maker, tracks: dict[bytes, files.Made]) -> None:
    left = cleaned(make(b""))
    assert files.samples_in(left) == {kind: list(track.samples) for kind, track in tracks.items()}
    assert left.index(b"moov") < left.index(b"mdat")


def test_chunks_stay_in_the_order_in_which_they_were() -> None:
    """Sound and pictures are read together, so they must lie side by side."""
    pictures, sound = files.av1(), files.aac()
    content = cleaned(files.mp4_video(WORDS))
    (media,) = files.boxes_in(content, b"mdat")
    assert media.startswith(b"".join(files.samples_in(content)[b"vide"][:3]) + sound.chunks[0])
    assert len(media) == len(b"".join(files.av1(WORDS).samples)) + len(b"".join(sound.samples))
    assert len(pictures.chunks) == 3


def test_texts_between_pictures_become_filler_of_the_same_length() -> None:
    before, after = files.h264(WORDS).samples, files.samples_in(cleaned(files.h264_video(WORDS)))[b"vide"]
    assert [len(sample) for sample in after] == [len(sample) for sample in before]
    for number, sample in enumerate(after):
        slice_ = b"\x88" + bytes([number + 1]) * (20 + number)
        assert slice_ in sample
        assert b"\x01\x02\x12\x34" in sample, "the timing, which is numbers only, should stay"


@pytest.mark.parametrize("length", [*range(0, 40), *range(250, 262), *range(505, 520), 765, 766, 767, 5000])
def test_texts_of_any_length_are_blanked(length: int) -> None:
    aside = files.unit(b"\x06", files.sei((5, b"x" * length), (1, b"\x12\x34")))
    track = files.h264()
    sample = aside + files.unit(b"\x65", b"\x88\x01\x02")
    left = files.samples_in(cleaned(files.movie(replace(track, samples=(sample,) * 12))))[b"vide"][0]
    assert len(left) == len(sample)
    assert b"xx" not in left
    assert left.endswith(b"\x01\x02\x12\x34\x80" + files.unit(b"\x65", b"\x88\x01\x02"))
    assert left[4:5] == b"\x06"


def test_only_the_sound_of_a_video_can_be_taken() -> None:
    content = files.mp4_video(WORDS)
    assert files.samples_in(cleaned(content, sound_only=True)) == {b"soun": list(files.aac().samples)}
    assert recorded(content, sound_only=True) == Recorded("audio", ".m4a", "audio/mp4", seconds=2.021)
    assert cleaned(cleaned(content), sound_only=True) == cleaned(content, sound_only=True)


def test_what_is_told_about_a_recording() -> None:
    assert recorded(files.mp4_video()) == Recorded("video", ".mp4", "video/mp4", 2.021, 160, 96, has_sound=True)
    assert recorded(files.hevc_video()) == Recorded("video", ".mp4", "video/mp4", 1.5, 64, 48, has_sound=False)
    assert recorded(files.m4a_sound(WORDS)) == Recorded("audio", ".m4a", "audio/mp4", seconds=2.021)


def test_a_telephone_held_upright_gives_an_upright_video() -> None:
    content = files.mp4_video(turn=files.TURNED)
    assert (recorded(content).width, recorded(content).height) == (96, 160)
    (head,) = files.boxes_in(cleaned(content), b"moov", b"trak", b"tkhd")[:1]
    one = 1 << 16
    assert struct.unpack_from(">9i", head, 40) == (0, one, 0, -one, 0, 0, 96 * one, 0, 1 << 30)


def test_when_each_picture_is_shown_stays_the_same() -> None:
    left = cleaned(files.h264_video(WORDS))
    (table, _sound) = files.boxes_in(left, b"moov", b"trak", b"mdia", b"minf", b"stbl")
    assert files.boxes_in(table, b"stss")[0] == struct.pack(">5I", 0, 3, 1, 5, 9)
    shifts = files.boxes_in(table, b"ctts")[0]
    assert shifts[:4] == b"\x01\x00\x00\x00"
    # The last of every four and the first of the next four are alike, so they share a row.
    assert struct.unpack_from(">I8i", shifts, 4) == (10, 1, 0, 1, 500, 1, -250, 2, 0)


def test_a_delay_of_the_sound_is_kept() -> None:
    track = replace(files.aac(), edits=((500, -1), (2000, 1024)))
    left = cleaned(files.movie(files.av1(), track))
    assert recorded(left).seconds == 2.5
    listed = files.boxes_in(left, b"moov", b"trak", b"edts", b"elst")[0]
    assert listed == struct.pack(">IIIiIIiI", 0, 2, 500, -1, 1 << 16, 2000, 1024, 1 << 16)


def test_a_track_that_is_switched_off_is_not_kept_when_another_is_on() -> None:
    hidden = replace(files.aac(), samples=(files.SILENCE + b"off",) * 40, flags=2)
    left = cleaned(files.movie(files.av1(), hidden, files.aac()))
    assert files.samples_in(left)[b"soun"] == list(files.aac().samples)


def test_the_index_may_come_first() -> None:
    tracks = (files.av1(WORDS), files.aac(WORDS))
    assert cleaned(files.movie(*tracks, planted=WORDS, index_first=True)) == cleaned(
        files.movie(*tracks, planted=WORDS)
    )


@pytest.mark.parametrize(
    ("track", "sentence"),
    [
        (replace(files.av1(), entry=files.visual_entry(b"mp4v", b"", b"", size=(9, 9))), r"\(mp4v\).*H\.264"),
        (replace(files.aac(), entry=files.box(b"ac-3", bytes(28))), r"\(ac3\)"),
        (replace(files.aac(), entry=files.aac_entry(stream=0xA9)), "AAC sound"),
        (replace(files.aac(), entry=files.aac_entry(setting=b"\x12\x00")), "stereo"),
        (replace(files.av1(), entry=files.box(b"encv", bytes(90))), "locked"),
        (replace(files.av1(), edits=((500, 0),), delta=1000), "cut away"),
        (replace(files.av1(), edits=((1, 0),) * 65), "cut away"),
        (replace(files.av1(), kind=b"text"), "neither pictures nor sound"),
        (files.cover(WORDS), "neither pictures nor sound"),
        (replace(files.av1(), samples=()), "neither pictures nor sound"),
    ],
)
def test_what_browsers_cannot_play_is_refused_with_advice(track: files.Made, sentence: str) -> None:
    # The length of the movie is told by a track that is left out.
    with pytest.raises(UnableToKeep, match=sentence):
        cleaned(files.movie(track, files.movements(b"x")))


def test_a_video_without_sound_has_no_sound_to_take() -> None:
    with pytest.raises(UnableToKeep, match="no sound"):
        cleaned(files.hevc_video(), sound_only=True)


def test_a_recording_in_pieces_becomes_an_ordinary_one() -> None:
    tracks = (files.h264(WORDS), files.aac(WORDS))
    content = files.fragmented(*tracks, planted=WORDS)
    assert content.count(TRACE) > 20
    left = cleaned(content)
    assert TRACE not in left
    assert files.samples_in(left) == files.samples_in(cleaned(files.h264_video(WORDS)))
    assert recorded(content) == recorded(files.h264_video())
    in_pieces, whole = (
        files.boxes_in(each, b"moov", b"trak", b"mdia", b"minf", b"stbl")
        for each in (left, cleaned(files.h264_video()))
    )
    for kind in (b"stts", b"ctts", b"stss", b"stsc"):
        assert files.boxes_in(in_pieces[0], kind) == files.boxes_in(whole[0], kind)


def test_pieces_of_an_unusual_form_are_refused_with_advice() -> None:
    whole = files.mp4_video()
    in_pieces = files.fragmented(files.av1(), files.aac())
    without_start = in_pieces.replace(b"tfhd\x00\x02\x00\x08", b"tfhd\x00\x00\x00\x08")
    start = in_pieces.index(b"moof") - 4
    second = in_pieces.index(b"moof", start + 8) - 4
    third = in_pieces.index(b"moof", second + 8) - 4
    without_beginning = in_pieces[:start] + in_pieces[third:]
    for content in (whole + files.box(b"moof", bytes(8)), without_start, without_beginning):
        with pytest.raises(UnableToKeep, match="ordinary MP4"):
            cleaned(content)


def test_pieces_with_any_number_changed_are_cleaned_or_refused() -> None:
    chance = random.Random(8)  # noqa: S311
    content = files.fragmented(files.av1(WORDS), files.aac(WORDS), planted=WORDS)
    with within(seconds=30, megabytes=60):
        for _round in range(300):
            changed = bytearray(content)
            at = chance.randrange(len(content) - 4)
            number = chance.choice((0, 1, 2, 8, 2**16, 2**31, 2**31 - 1, BILLIONS, BILLIONS - 7))
            changed[at : at + 4] = number.to_bytes(4, "big")
            try:
                left = cleaned(bytes(changed))
            except REFUSED:
                continue
            assert cleaned(left) == left


def test_pieces_that_break_off_anywhere_are_cleaned_up_to_there_or_refused() -> None:
    """A browser that was closed while it recorded leaves such a file."""
    content = files.fragmented(files.av1(), files.aac())
    for length in range(len(content)):
        try:
            left = cleaned(content[:length])
        except REFUSED:
            continue
        assert cleaned(left) == left


def test_sound_in_another_file_is_refused() -> None:
    content = files.m4a_sound().replace(b"url \x00\x00\x00\x01", b"url \x00\x00\x00\x00")
    with pytest.raises(UnableToKeep, match="another file"):
        cleaned(content)


def table(kind: bytes, *numbers: int) -> dict[bytes, bytes]:
    return {kind: files.full(kind, struct.pack(f">{len(numbers)}I", *numbers))}


BILLIONS = 2**32 - 1
HOSTILE = {
    "four billion samples": table(b"stsz", 1, BILLIONS),
    "more sizes than there are": table(b"stsz", 0, 1000),
    "one enormous sample": table(b"stsz", 2**31, 8),
    "durations for four billion": table(b"stts", 2, BILLIONS, BILLIONS, BILLIONS, BILLIONS),
    "a table of four billion rows": table(b"stts", BILLIONS, 8, 250),
    "no duration": table(b"stts", 1, 8, 0),
    "a duration of months": table(b"stts", 1, 8, 2**31 - 1),
    "durations that run back": table(b"stts", 1, 8, BILLIONS),
    "chunks of four billion": table(b"stsc", 1, 1, BILLIONS, 1),
    "chunks of nothing": table(b"stsc", 1, 1, 0, 1),
    "chunks that begin with the second": table(b"stsc", 1, 2, 3, 1),
    "chunks that never end": table(b"stsc", 2, 1, 3, 1, BILLIONS, 2, 1),
    "chunks of an unknown kind": table(b"stsc", 2, 1, 3, 1, 3, 2, 7),
    "fewer samples in chunks": table(b"stsc", 1, 1, 1, 1),
    "chunks outside the file": table(b"stco", 3, 40, 2**31, BILLIONS),
    "chunks in the index": table(b"stco", 3, 4, 4, 4),
    "a key that is no sample": table(b"stss", 1, 9),
    "keys in disorder": table(b"stss", 2, 3, 2),
    "shifts of too few": {b"ctts": files.full(b"ctts", struct.pack(">III", 1, 1, 1))},
    "no places": {b"stco": b""},
    "no descriptions": {b"stsd": files.full(b"stsd", bytes(4))},
    "a picture without settings": {
        b"stsd": files.full(b"stsd", bytes(4), files.visual_entry(b"av01", b"", b"", size=(9, 9)))
    },
    "a box that is longer than what it is in": {b"stts": struct.pack(">I4s", 2**31, b"stts")},
}


@pytest.mark.parametrize("replaced", HOSTILE.values(), ids=HOSTILE.keys())
def test_tables_that_lie_are_found_out_at_once(replaced: dict[bytes, bytes]) -> None:
    content = files.movie(replace(files.av1(), replaced=replaced), files.aac())
    with within(seconds=1, megabytes=40), pytest.raises(Damaged):
        cleaned(content)


def test_a_small_file_does_not_become_a_large_one() -> None:
    """All chunks at the same place, again and again."""
    track = replace(files.aac(), samples=(bytes(1000),) * 60, chunk=1)
    content = files.movie(track)
    first = content.index(b"mdat") + 4
    again = struct.pack(">II", 0, 60) + struct.pack(">I", first) * 60
    at = content.index(b"stco") + 4
    lying = bytearray(content[:at] + again + content[at + len(again) :])
    media = content.index(b"mdat") - 4
    lying[media : media + 4] = struct.pack(">I", 2000)
    del lying[media + 2000 : content.index(b"moov") - 4]
    with pytest.raises(Damaged, match="over one another"):
        cleaned(bytes(lying))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00\x00\x18ftyp",
        files.box(b"ftyp", b"isom", bytes(8)),
        files.box(b"ftyp", b"isom", bytes(8)) + files.box(b"free") * 100_000,
        files.box(b"ftyp", b"isom", bytes(8)) + b"\x00\x00\x00\x00mdat" + bytes(100),
        files.box(b"ftyp", b"isom", bytes(8)) + files.box(b"mdat") + files.box(b"moov", bytes(33 * 1024 * 1024)),
        files.box(b"ftyp", b"isom", bytes(8)) + files.box(b"mdat") + files.box(b"moov", files.box(b"free") * 1_000_000),
        files.box(b"ftyp", b"isom", bytes(8)) + b"\x00\x00\x00\x01mdat" + b"\xff" * 8,
        files.box(b"ftyp", b"isom", bytes(8)) + files.box(b"mdat") + files.box(b"moov") * 3,
    ],
    ids=range(9),
)
def test_files_that_are_only_boxes_are_damaged(content: bytes) -> None:
    with within(seconds=2, megabytes=80), pytest.raises(Damaged):
        cleaned(content)


def test_boxes_in_boxes_cost_nothing() -> None:
    depth = 20_000
    nested = b"".join(struct.pack(">I4s", 8 * (depth - at), b"moov" if at == 0 else b"trak") for at in range(depth))
    with within(seconds=1, megabytes=40), pytest.raises(Damaged):
        cleaned(files.box(b"ftyp", b"isom", bytes(8)) + files.box(b"mdat") + nested)


def test_a_sample_of_nothing_but_tiny_units_is_refused() -> None:
    sample = b"\x00\x00\x00\x00" * 100_000
    with within(seconds=1, megabytes=40), pytest.raises(Damaged):
        cleaned(files.movie(replace(files.h264(), samples=(sample,) * 3, keys=(), shifts=())))


@every_file
def test_a_file_that_breaks_off_anywhere_is_refused(make: Maker) -> None:
    content = make(PLANTED)
    whole = cleaned(content)
    for length in range(len(content)):
        try:
            assert cleaned(content[:length]) == whole, "only what follows the recording may be missing"
        except REFUSED:
            continue


def test_a_fast_start_file_that_breaks_off_is_refused() -> None:
    content = files.movie(files.av1(), files.aac(), index_first=True)
    for length in range(len(content)):
        with pytest.raises(REFUSED):
            cleaned(content[:length])


@every_file
def test_files_with_any_byte_changed_are_cleaned_or_refused(make: Maker) -> None:
    chance = random.Random(make.__name__)  # noqa: S311
    content = make(WORDS)
    with within(seconds=30, megabytes=60):
        for _round in range(200):
            changed = bytearray(content)
            for _change in range(chance.choice((1, 1, 2, 5, 20))):
                at = chance.randrange(len(changed))
                changed[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            try:
                left = cleaned(bytes(changed))
            except REFUSED:
                continue
            assert len(left) < 2 * len(content)


def test_an_index_with_numbers_changed_is_cleaned_or_refused() -> None:
    chance = random.Random(14496)  # noqa: S311
    content = files.movie(files.av1(), files.h264(), files.aac())
    start = content.index(b"moov")
    with within(seconds=30, megabytes=60):
        for _round in range(400):
            changed = bytearray(content)
            at = chance.randrange(start, len(content) - 4)
            number = chance.choice((0, 1, 2, 8, 2**16, 2**31, 2**31 - 1, BILLIONS, BILLIONS - 7))
            changed[at : at + 4] = number.to_bytes(4, "big")
            try:
                left = cleaned(bytes(changed))
            except REFUSED:
                continue
            assert cleaned(left) == left


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\x00\x00\x00\x18ftypisom", "MP4"),
        (b"\x00\x00\x00\x18ftypqt  ", "MP4"),
        (b"\x00\x00\x00\x18ftypM4A ", "M4A"),
        (b"\x00\x00\x00\x18ftypavif", None),
        (b"\x00\x00\x00\x18ftypheic", None),
        (b"\x1aE\xdf\xa3", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_how_it_begins(head: bytes, expected: str | None) -> None:
    assert next((format_.name for format_ in mp4.FORMATS if format_.is_one(head)), None) == expected


@pytest.fixture
def window(browser_type: BrowserType) -> Iterator[Page]:
    browser = browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
    yield browser.new_page()
    browser.close()


PLAY = """([address, kind]) => new Promise((done, fail) => {
    const player = document.createElement(kind);
    player.onerror = () => fail(new Error(player.error.message));
    player.onended = () => done([player.videoWidth || 0, player.videoHeight || 0, player.duration]);
    player.muted = true;
    player.playbackRate = 4;
    player.src = address;
    player.play().catch(fail);
})"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium: apt-get install chromium")
def test_a_browser_plays_what_is_left_to_the_end(window: Page) -> None:
    def played(content: bytes, kind: str) -> list[float]:
        address = f"data:{kind}/mp4;base64,{b64encode(content).decode()}"
        found: list[float] = window.evaluate(PLAY, [address, kind])
        return found

    width, height, seconds = played(cleaned(files.mp4_video(WORDS)), "video")
    assert (width, height) == (160, 96)
    assert seconds == pytest.approx(2.02, abs=0.05)
    assert played(cleaned(files.mp4_video(WORDS, turn=files.TURNED)), "video")[:2] == [96, 160]
    assert played(cleaned(files.m4a_sound(WORDS)), "audio")[2] == pytest.approx(2.02, abs=0.05)
    assert played(cleaned(files.mp4_video(WORDS), sound_only=True), "audio")[2] == pytest.approx(2.02, abs=0.05)
