"""Where are the pictures and the sounds of a WebM, and when is each shown?

In blocks, in clusters. Recorders in browsers write clusters, and the segment around them, before they know their
length: such a one ends where something begins that cannot be in it. RFC 9559, 5.1.3 and 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from media.ingest import ebml
from media.ingest.ebml import Element
from media.ingest.kept import Damaged
from media.ingest.reading import Reading

CLUSTER, INFO, TRACKS = 0x1F43B675, 0x1549A966, 0x1654AE6B
#: What a segment holds: beside those the index, chapters, tags, attachments; emptiness and check sums.
IN_SEGMENT = {CLUSTER, INFO, TRACKS, 0x114D9B74, 0x1C53BB6B, 0x1043A770, 0x1254C367, 0x1941A469, 0xEC, 0xBF}
TIME, SIMPLE, GROUP = 0xE7, 0xA3, 0xA0
IN_CLUSTER = {TIME, SIMPLE, GROUP, 0xA7, 0xAB, 0xAF, 0x5854, 0xEC, 0xBF}
BLOCK, DURATION, REFERENCE, DISCARDED = 0xA1, 0x9B, 0xFB, 0x75A2
IS_KEY, LACING = 0x80, 0x06
#: Key frame, hidden, lacing, may be left out; the other bits mean nothing.
FLAGS_OF_SIMPLE, FLAGS_OF_BLOCK = 0x8F, 0x0E
MOST_TIME = 1 << 62


@dataclass(frozen=True, slots=True)
class Block:
    """Frames of one track, from `start` to `end` in the file; `time` in the ticks of the segment.

    `duration`, `reference` (to the time of another block) and `discarded` (nanoseconds) are those of a group.
    """

    track: int
    time: int
    offset: int
    flags: int
    start: int
    end: int
    in_group: bool = False
    duration: int | None = None
    reference: int | None = None
    discarded: int | None = None

    @property
    def is_key(self) -> bool:
        return self.reference is None if self.in_group else bool(self.flags & IS_KEY)


def parts_of(reading: Reading, outer: Element, *, known: set[int]) -> Iterator[Element]:
    """What is directly in a segment or a cluster.

    Whoever asks for the next part has read to the end of the one before, if that did not tell its length.
    """
    end = reading.size if outer.end is None else outer.end
    reading.go_to(outer.start)
    while reading.at < end:
        if outer.end is None and not begins_one_of(known, reading):
            return
        element = ebml.next_element(reading, within=end)
        if element.end is None and element.name != CLUSTER:
            raise Damaged("an element without an end")
        yield element
        if element.end is not None:
            reading.go_to(element.end)


def begins_one_of(known: set[int], reading: Reading) -> bool:
    at = reading.at
    head = reading.up_to(4)
    reading.go_to(at)
    named = 9 - head[0].bit_length()
    return int.from_bytes(head[:named], "big") in known


def blocks_in(reading: Reading, cluster: Element, *, tracks: set[int]) -> Iterator[Block]:
    """The blocks of a cluster that belong to `tracks`; `reading` is where it was when the next one is asked for."""
    time: int | None = None
    for part in parts_of(reading, cluster, known=IN_CLUSTER):
        end = part.end or part.start
        if part.name == TIME:
            time = ebml.whole_number(ebml.content_of(reading, part, at_most=8))
        elif part.name in (SIMPLE, GROUP):
            if time is None or time > MOST_TIME:
                raise Damaged("a block without a time")
            block = simple_block(reading, part, time) if part.name == SIMPLE else grouped_block(reading, part, time)
            if block.track in tracks:
                yield block
        reading.go_to(end)


def cluster_time(block: Block) -> int:
    return block.time - block.offset


def simple_block(reading: Reading, element: Element, time: int) -> Block:
    start, end = element.start, element.end or element.start
    reading.go_to(start)
    head = reading.take(min(12, end - start))
    track, at = ebml.number_in(head)
    if track is None or at + 3 > len(head):
        raise Damaged("a block breaks off")
    offset = int.from_bytes(head[at : at + 2], "big", signed=True)
    return Block(track, time + offset, offset, head[at + 2] & FLAGS_OF_SIMPLE, start + at + 3, end)


def grouped_block(reading: Reading, group: Element, time: int) -> Block:
    inside = {element.name: element for element in ebml.elements_in(reading, group)}
    if BLOCK not in inside:
        raise Damaged("a group without a block")
    block = simple_block(reading, inside[BLOCK], time)
    duration, reference, discarded = (
        ebml.whole_number(ebml.content_of(reading, inside[name], at_most=8), is_signed=name != DURATION)
        if name in inside
        else None
        for name in (DURATION, REFERENCE, DISCARDED)
    )
    if max(abs(number or 0) for number in (duration, reference, discarded)) >= 1 << 40:
        raise Damaged("an impossible time")
    flags = block.flags & FLAGS_OF_BLOCK
    return Block(
        block.track, block.time, block.offset, flags, block.start, block.end, True, duration, reference, discarded
    )
