"""What is a WebM made of, and what of it stays?

Elements in elements. The blocks with pictures and sounds are copied byte for byte into a new file, which says how
they are packed, and nothing else: no tags, titles, dates, chapters, attachments, texts, and nothing that we do not
know. An index is made anew, so that also what a browser recorded can be searched. RFC 9559 (Matroska), of which WebM
is a part.
"""

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from media.ingest import ebml
from media.ingest.ebml import Element
from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.reading import Reading
from media.ingest.recorded import Recorded, RecordingFormat
from media.ingest.webm_blocks import CLUSTER, IN_SEGMENT, INFO, TRACKS, blocks_in, parts_of
from media.ingest.webm_tracks import Chosen, chosen_tracks
from media.ingest.webm_writing import HEADER, SEGMENT, TICK, Writing

MAGIC = b"\x1aE\xdf\xa3"
KIND = 0x4282
MOST_HEADER_BYTES = 1024
#: A tick is a millisecond unless a file says otherwise, in nanoseconds.
USUAL_TICK = 1_000_000
MOST_TICK = 1_000_000_000


def is_one(head: bytes) -> bool:
    return head.startswith(MAGIC)


def stripped(source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
    reading = Reading(source)
    segment = opened(reading)
    tick, writing = USUAL_TICK, None
    for part in parts_of(reading, segment, known=IN_SEGMENT):
        if part.name == INFO and writing is None:
            tick = tick_in(reading, part)
        elif part.name == TRACKS and writing is None:
            writing = Writing(into, chosen_tracks(reading, part, sound_only=sound_only), tick=tick)
        elif part.name == CLUSTER:
            copy_cluster(reading, part, writing)
    if writing is None:
        raise Damaged("no tracks")
    return described(writing.chosen, seconds=writing.finish())


def check_is_no_matroska(head: bytes) -> None:
    if head.startswith(MAGIC) and b"matroska" in head:
        message = _("This is a Matroska file (MKV), which browsers do not play. Export the recording as MP4 or WebM.")
        raise UnableToKeep(message, code="other_recording")


def opened(reading: Reading) -> Element:
    """The segment, which is all but the header."""
    header = ebml.next_element(reading, within=reading.size)
    if header.name != HEADER or header.end is None or header.end - header.start > MOST_HEADER_BYTES:
        raise Damaged("no header")
    kinds = [
        ebml.content_of(reading, element, at_most=16)
        for element in ebml.elements_in(reading, header)
        if element.name == KIND
    ]
    if [kind.rstrip(b"\x00") for kind in kinds] != [b"webm"]:
        raise Damaged("no WebM")
    reading.go_to(header.end)
    segment = ebml.next_element(reading, within=reading.size)
    if segment.name != SEGMENT:
        raise Damaged("no segment")
    return segment


def tick_in(reading: Reading, about: Element) -> int:
    ticks = [
        ebml.whole_number(ebml.content_of(reading, element, at_most=8))
        for element in ebml.elements_in(reading, about)
        if element.name == TICK
    ]
    tick = ticks[0] if ticks else USUAL_TICK
    if not 1 <= tick <= MOST_TICK:
        raise Damaged("an impossible tick")
    return tick


def copy_cluster(reading: Reading, cluster: Element, writing: Writing | None) -> None:
    if writing is None:
        raise Damaged("pictures before the tracks")
    for block in blocks_in(reading, cluster, tracks=set(writing.numbers)):
        writing.add(block, reading)
    writing.end_cluster()


def described(chosen: Chosen, *, seconds: float) -> Recorded:
    if chosen.video is None:
        return Recorded("audio", ".weba", "audio/webm", seconds=seconds)
    width, height = chosen.video.width, chosen.video.height
    has_sound = chosen.sound is not None
    return Recorded("video", ".webm", "video/webm", seconds, width=width, height=height, has_sound=has_sound)


FORMATS = (RecordingFormat("WebM", (".webm", ".weba"), is_one, stripped),)
