"""What is an OGG made of? Pages, which carry packets; the packets that are sound stay.

Every page is written anew, with a new number and check sum; the packets that hold sound are copied byte for byte. The
comments become empty ones. Indexes, texts and further sounds beside the first go. RFC 3533 describes the pages.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.ogg_headers import (
    MOST_SETUP_BYTES,
    OPUS_COMMENTS,
    VORBIS_COMMENTS,
    VORBIS_COMMENTS_BEGIN,
    SoundHead,
    checked_setup,
    head_in,
)
from media.ingest.reading import Reading, checked_seconds
from media.ingest.recorded import Recorded, RecordingFormat

BEGINNING = b"OggS\x00"
CONTINUED, BEGINS, ENDS = 1, 2, 4
#: The time of a page in which no packet ends.
NO_TIME = 0xFFFFFFFFFFFFFFFF
MOST_STREAMS = 16
FULL = 255
OUR_STREAM = 1
#: A first page that ends later than so many seconds was cut out of a longer recording.
LONGEST_PAGE = 10
MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
VIDEOS = (b"\x80theora", b"BBCD", b"\x01video")
OTHER_SOUNDS = (b"\x7fFLAC", b"Speex   ", b"CELT    ", b"\x01audio")


@dataclass(frozen=True)
class Page:
    """`time` is that at its end, in samples; `lacing` says how `body` is cut into packets."""

    flags: int
    time: int
    stream: int
    number: int
    lacing: bytes
    body: bytes

    @property
    def is_cut(self) -> bool:
        """Whether its last packet goes on in the next page."""
        return self.lacing[-1:] == b"\xff"

    def written(self) -> bytes:
        numbers = self.time.to_bytes(8, "little") + (self.stream | self.number << 32).to_bytes(8, "little")
        head = BEGINNING + bytes([self.flags]) + numbers
        rest = bytes([len(self.lacing)]) + self.lacing + self.body
        return head + check_sum(head + bytes(4) + rest) + rest


def check_sum(page: bytes) -> bytes:
    """RFC 3533, 6: the polynomial of zlib's check sum, with the bits of every byte the other way round."""
    mirrored = zlib.crc32(page.translate(MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return mirrored.to_bytes(4, "big").translate(MIRRORED)


def is_one(head: bytes) -> bool:
    return head.startswith(BEGINNING)


def stripped(source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
    reading = Reading(source)
    begun, next_page = beginnings(reading)
    first, head = the_sound(begun)
    pages = rest_of(first, reading, next_page)
    written = write_headers([head.packet, *further_headers(pages, head)], into)
    began, ended = copied(pages, into, number=written)
    if began <= LONGEST_PAGE * head.rate:
        began = head.skipped
    return Recorded("audio", ".ogg", "audio/ogg", seconds=checked_seconds(max(0, ended - began) / head.rate))


def page_in(reading: Reading) -> Page | None:
    """The page that begins here; none where the file ends."""
    if reading.at == reading.size:
        return None
    reading.count()
    head = reading.take(27)
    if not head.startswith(BEGINNING):
        raise Damaged("no page")
    lacing = reading.take(head[26])
    body = reading.take(sum(lacing))
    if check_sum(head[:22] + bytes(4) + head[26:] + lacing + body) != head[22:26]:
        raise Damaged("a check sum is wrong")
    time, stream, number = (int.from_bytes(head[at:end], "little") for at, end in ((6, 14), (14, 18), (18, 22)))
    return Page(head[5], time, stream, number, lacing, body)


def beginnings(reading: Reading) -> tuple[list[Page], Page | None]:
    """The first pages of all streams, and the page behind them."""
    begun: list[Page] = []
    while (page := page_in(reading)) is not None and page.flags & BEGINS:
        begun.append(page)
        if len(begun) > MOST_STREAMS:
            raise Damaged("too many streams")
    return begun, page


def the_sound(begun: list[Page]) -> tuple[Page, SoundHead]:
    """The first page of the stream that is kept, and what it says. Raises UnableToKeep where only others are."""
    if any(page.body.startswith(VIDEOS) for page in begun):
        raise UnableToKeep(_("This OGG file holds a video. Save it as MP4 or WebM."), code="other_recording")
    for page in begun:
        head = head_in(page.body)
        if head is not None and not page.is_cut and not page.flags & ENDS:
            return page, head
    if any(page.body.startswith(OTHER_SOUNDS) for page in begun):
        message = _(
            "The sound in this OGG file is packed in a way that not every browser plays. Save it as MP3 or WAV."
        )
        raise UnableToKeep(message, code="other_recording")
    raise Damaged("no sound")


def rest_of(first: Page, reading: Reading, page: Page | None) -> Iterator[Page]:
    """The other pages of the stream that `first` begins, in order, the last marked as such."""
    before = first
    while page is not None and not before.flags & ENDS:
        if page.flags & BEGINS:
            raise Damaged("a stream begins too late")
        if page.stream == first.stream:
            check_follows(page, before)
            if before is not first:
                yield before
            before = page
        page = None if before.flags & ENDS else page_in(reading)
    if before is first or before.is_cut:
        raise Damaged("breaks off")
    check_nothing_follows(reading)
    yield replace(before, flags=before.flags | ENDS)


def check_follows(page: Page, before: Page) -> None:
    is_continued = bool(page.flags & CONTINUED)
    if page.number != (before.number + 1) & 0xFFFFFFFF or is_continued != before.is_cut:
        raise Damaged("a page is missing")


def check_nothing_follows(reading: Reading) -> None:
    """Of several recordings in one file browsers play the first only. What is no page is not copied anyway."""
    while reading.up_to(5) == BEGINNING:
        reading.go_to(reading.at - 5)
        page = page_in(reading)
        if page is not None and page.flags & BEGINS:
            message = _("This file holds several recordings, one behind the other. Save each in a file of its own.")
            raise UnableToKeep(message, code="several_recordings")


def further_headers(pages: Iterator[Page], head: SoundHead) -> list[bytes]:
    """Empty comments, and the setup that Vorbis has behind them."""
    if not head.is_vorbis:
        (comments,) = header_packets(pages, 1)
        if not comments.startswith(b"OpusTags"):
            raise Damaged("no comments of Opus")
        return [OPUS_COMMENTS]
    comments, setup = header_packets(pages, 2)
    if not comments.startswith(VORBIS_COMMENTS_BEGIN):
        raise Damaged("no comments of Vorbis")
    return [VORBIS_COMMENTS, checked_setup(setup)]


def header_packets(pages: Iterator[Page], count: int) -> list[bytes]:
    """The beginnings of the next packets, which must end with a page; of comments nobody needs the rest."""
    packets = [b""]
    while len(packets) <= count:
        page = next(pages, None)
        if page is None:
            raise Damaged("no sound")
        end = 0
        for length in page.lacing:
            packets[-1] = (packets[-1] + page.body[end : end + length])[: MOST_SETUP_BYTES + 1]
            end += length
            if length < FULL:
                packets.append(b"")
    if packets.pop() or len(packets) != count:
        raise Damaged("sound in a page of headers")
    return packets


def write_headers(packets: list[bytes], into: BinaryIO) -> int:
    """The first header has a page of its own, the others end with a page; returns how many pages that took."""
    into.write(Page(BEGINS, 0, OUR_STREAM, 0, bytes([len(packets[0])]), packets[0]).written())
    lacing = b"".join(b"\xff" * (len(packet) // FULL) + bytes([len(packet) % FULL]) for packet in packets[1:])
    body = b"".join(packets[1:])
    number, was_cut = 1, False
    while lacing:
        here, lacing = lacing[:FULL], lacing[FULL:]
        length = sum(here)
        time = 0 if any(part < FULL for part in here) else NO_TIME
        flags = CONTINUED if was_cut else 0
        into.write(Page(flags, time, OUR_STREAM, number, here, body[:length]).written())
        body, number, was_cut = body[length:], number + 1, here[-1] == FULL
    return number


def copied(pages: Iterator[Page], into: BinaryIO, *, number: int) -> tuple[int, int]:
    """Write the pages with sound under new numbers; the times, in samples, at the end of the first and of the last."""
    began, ended = None, 0
    for page in pages:
        into.write(replace(page, stream=OUR_STREAM, number=number, flags=page.flags & (CONTINUED | ENDS)).written())
        number += 1
        if page.time == NO_TIME:
            continue
        if page.time < ended:
            raise Damaged("time runs backwards")
        began, ended = page.time if began is None else began, page.time
    if began is None:
        raise Damaged("no sound")
    return began, ended


FORMATS = (RecordingFormat("OGG", (".ogg", ".oga", ".opus"), is_one, stripped),)
