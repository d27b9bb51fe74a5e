"""How is a WebM written so that players can jump to any place in it?

With lengths of everything, the length of the whole, and an index of where pictures begin that need no other. Lengths
that are known only later get their room first. RFC 9559, 5.1.1 and 5.1.5.
"""

from typing import BinaryIO

from media.ingest import ebml
from media.ingest.kept import Damaged
from media.ingest.mp4_asides import cleaner_of_av1
from media.ingest.reading import Reading, checked_seconds
from media.ingest.webm_blocks import (
    BLOCK,
    CLUSTER,
    DISCARDED,
    DURATION,
    GROUP,
    INFO,
    LACING,
    REFERENCE,
    SIMPLE,
    TIME,
    TRACKS,
    Block,
    cluster_time,
)
from media.ingest.webm_tracks import Chosen

HEADER, SEGMENT = 0x1A45DFA3, 0x18538067
PLACES, PLACE, PLACE_OF, PLACE_AT = 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
TICK, LENGTH, WRITTEN_WITH, WRITTEN_BY = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
INDEX, POINT, POINT_TIME, POINT_PLACES, POINT_TRACK, POINT_CLUSTER = 0x1C53BB6B, 0xBB, 0xB3, 0xB7, 0xF7, 0xF1
#: Version 4, which readers of version 2 understand, with names of up to four and lengths of up to eight bytes.
BEGINNING = ebml.element(
    HEADER,
    ebml.whole(0x4286, 1) + ebml.whole(0x42F7, 1) + ebml.whole(0x42F2, 4) + ebml.whole(0x42F3, 8)
    + ebml.element(0x4282, b"webm") + ebml.whole(0x4287, 4) + ebml.whole(0x4285, 2),
)  # fmt: skip
#: Every file must name a program; ours names none.
NEUTRAL = b"-"
MOST_POINTS = 20_000
SECONDS_BETWEEN_POINTS = 0.5
ROOM = 8
#: What is held back before it is written: going back in memory is faster than in a file.
MOST_HELD = 512 * 1024


class Writing:
    """A new WebM in `into`, which is empty and able to go back; `tick` is the unit of its times, in nanoseconds.

    `at` is where we are; what was written last waits in `held`.
    """

    def __init__(self, into: BinaryIO, chosen: Chosen, *, tick: int) -> None:
        self.into, self.chosen, self.tick = into, chosen, tick
        self.at, self.held = 0, bytearray()
        self.numbers = {track.number: number for number, track in enumerate(chosen.kept(), start=1)}
        self.steps = {track.number: track.step // tick for track in chosen.kept()}
        self.with_asides = {track.number for track in chosen.kept() if track.codec == b"V_AV1"}
        self.before: dict[int, int] = {}
        self.indexed = chosen.kept()[0].number
        self.points: list[tuple[int, int]] = []
        self.apart = int(SECONDS_BETWEEN_POINTS * 1_000_000_000 / tick)
        self.length = 0
        self.cluster: int | None = None
        self.begin()

    def begin(self) -> None:
        self.write(BEGINNING + ebml.name_of(SEGMENT) + ebml.length_of(0, width=ROOM))
        self.start = self.at
        self.write(self.places(0, 0, 0) + self.about())
        self.write(ebml.element(TRACKS, b"".join(t.written(self.numbers[t.number]) for t in self.chosen.kept())))

    def write(self, piece: bytes | bytearray) -> int:
        self.held += piece
        self.at += len(piece)
        if len(self.held) > MOST_HELD:
            self.release()
        return len(piece)

    def release(self) -> None:
        self.into.write(self.held)
        self.held = bytearray()

    def write_over(self, piece: bytes, *, at: int) -> None:
        """Fill the room that was left at `at`."""
        held_from = self.at - len(self.held)
        if at >= held_from:
            self.held[at - held_from : at - held_from + len(piece)] = piece
            return
        self.release()
        self.into.seek(at)
        self.into.write(piece)
        self.into.seek(self.at)

    def places(self, about: int, tracks: int, index: int) -> bytes:
        """Where the parts begin, counted from the beginning of the segment's content."""
        return ebml.element(
            PLACES,
            b"".join(
                ebml.element(
                    PLACE,
                    ebml.element(PLACE_OF, ebml.name_of(name)) + ebml.element(PLACE_AT, place.to_bytes(ROOM, "big")),
                )
                for name, place in ((INFO, about), (TRACKS, tracks), (INDEX, index))
            ),
        )

    def about(self) -> bytes:
        return ebml.element(
            INFO,
            ebml.whole(TICK, self.tick)
            + ebml.real(LENGTH, float(self.length))
            + ebml.element(WRITTEN_WITH, NEUTRAL)
            + ebml.element(WRITTEN_BY, NEUTRAL),
        )

    def add(self, block: Block, reading: Reading) -> None:
        """Copy one block; the first of a cluster begins that."""
        if self.cluster is None:
            self.begin_cluster(cluster_time(block))
        self.note(block)
        length = block.end - block.start
        head = bytes([0x80 | self.numbers[block.track]]) + block.offset.to_bytes(2, "big", signed=True)
        head += bytes([block.flags])
        if block.in_group:
            rest = self.rest_of_group(block)
            inner = ebml.name_of(BLOCK) + ebml.length_of(len(head) + length)
            whole = len(inner) + len(head) + length + len(rest)
            self.write(ebml.name_of(GROUP) + ebml.length_of(whole) + inner + head)
        else:
            rest = b""
            self.write(ebml.name_of(SIMPLE) + ebml.length_of(len(head) + length) + head)
        self.copy_frames(block, reading)
        self.write(rest)

    def copy_frames(self, block: Block, reading: Reading) -> None:
        """The frames as they are; what a stream of AV1 says beside its pictures is blanked in its place."""
        reading.go_to(block.start)
        if block.track not in self.with_asides:
            reading.copy(block.end - block.start, into=self)
            return
        if block.flags & LACING:
            raise Damaged("several pictures in one block")
        frame = bytearray(reading.take(block.end - block.start))
        cleaner_of_av1(frame)
        self.write(frame)

    def rest_of_group(self, block: Block) -> bytes:
        duration = b"" if block.duration is None else ebml.whole(DURATION, block.duration)
        reference = b"" if block.reference is None else ebml.signed(REFERENCE, block.reference)
        return duration + reference + (b"" if block.discarded is None else ebml.signed(DISCARDED, block.discarded))

    def begin_cluster(self, time: int) -> None:
        self.cluster = self.at
        self.write(ebml.name_of(CLUSTER) + ebml.length_of(0, width=ROOM) + ebml.whole(TIME, time))

    def end_cluster(self) -> None:
        if self.cluster is not None:
            self.tell_length(at=self.cluster + 4)
            self.cluster = None

    def tell_length(self, *, at: int) -> None:
        """Fill the room at `at` with the length of what was written behind it."""
        self.write_over(ebml.length_of(self.at - at - ROOM, width=ROOM), at=at)

    def note(self, block: Block) -> None:
        """How long the whole has become, and whether players can begin here."""
        before = self.before.get(block.track, block.time)
        step = block.duration or self.steps[block.track] or max(0, block.time - before)
        self.before[block.track] = block.time
        self.length = max(self.length, block.time + step)
        if block.track != self.indexed or not block.is_key or self.cluster is None:
            return
        if not self.points or block.time >= self.points[-1][0] + self.apart:
            self.points.append((max(0, block.time), self.cluster - self.start))
        if len(self.points) > MOST_POINTS:
            self.points, self.apart = self.points[::2], self.apart * 2

    def finish(self) -> float:
        """Write the index and what was not known before; the length in seconds."""
        if not self.points:
            raise Damaged("nothing that can be played")
        seconds = checked_seconds(self.length * self.tick / 1_000_000_000)
        index = self.at - self.start
        self.write(ebml.element(INDEX, b"".join(self.point(time, place) for time, place in self.points)))
        self.tell_length(at=self.start - ROOM)
        about = len(self.places(0, 0, 0))
        self.write_over(self.places(about, about + len(self.about()), index) + self.about(), at=self.start)
        self.release()
        return seconds

    def point(self, time: int, place: int) -> bytes:
        where = ebml.whole(POINT_TRACK, 1) + ebml.whole(POINT_CLUSTER, place)
        return ebml.element(POINT, ebml.whole(POINT_TIME, time) + ebml.element(POINT_PLACES, where))
