"""What is in the pieces of a recording that was written while it was made (ISO/IEC 14496-12, 8.8)?

Browsers and some telephones write so: an index without samples, and then many small ones, each with its samples behind
it. They are put together into tables as an ordinary file has them. Unusual ways to say where samples lie are refused.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from media.ingest.kept import Damaged
from media.ingest.mp4_boxes import Fragment, boxes, found, in_fragments, needed, unpacked
from media.ingest.mp4_tables import LONG, MOST_SAMPLE_BYTES, MOST_SAMPLES, NUMBER, SIGNED, Chunks, Samples

#: 8.8.7: what a piece says of a track. Its samples are described, last so long, are so big, and are of this kind.
BASE, DESCRIPTION, DURATION, SIZE, FLAGS, FROM_PIECE = 0x1, 0x2, 0x8, 0x10, 0x20, 0x20000
#: 8.8.8: what a run says of each sample.
OFFSET, FIRST_FLAGS, EACH_DURATION, EACH_SIZE, EACH_FLAGS, EACH_SHIFT = 0x1, 0x4, 0x100, 0x200, 0x400, 0x800
NO_KEY = 0x10000


@dataclass(frozen=True)
class Usual:
    """What is true of samples of which nothing else is said."""

    description: int
    duration: int
    size: int
    flags: int


@dataclass
class Gathered:
    """The samples of one track so far; `clock` is when the next one is due."""

    sizes: "array[int]" = field(default_factory=lambda: array(NUMBER))
    durations: "array[int]" = field(default_factory=lambda: array(SIGNED))
    shifts: "array[int]" = field(default_factory=lambda: array(SIGNED))
    keys: "array[int]" = field(default_factory=lambda: array(NUMBER))
    at: "array[int]" = field(default_factory=lambda: array(LONG))
    first: "array[int]" = field(default_factory=lambda: array(NUMBER))
    description: "array[int]" = field(default_factory=lambda: array("B"))
    clock: int = 0

    def wait_until(self, due: int) -> None:
        """What is shown last is shown until then; rounding may make that a little shorter."""
        if due == self.clock:
            return
        if not self.durations:
            # The file begins in the middle of a stream.
            raise in_fragments()
        self.add_to_last(due - self.clock)
        self.clock = due

    def add_to_last(self, gap: int) -> None:
        if not 0 <= self.durations[-1] + gap < 1 << 31:
            raise Damaged("pieces lie over one another")
        self.durations[-1] += gap

    def samples(self) -> Samples:
        first = array(NUMBER, self.first)
        first.append(len(self.sizes))
        return Samples(
            sizes=self.sizes,
            before=array(LONG, accumulate(self.sizes, initial=0)),
            durations=_runs(self.durations),
            shifts=_runs(self.shifts),
            keys=None if len(self.keys) == len(self.sizes) else self.keys,
            chunks=Chunks(self.at, first, self.description),
        )


def gathered(index: memoryview, fragments: tuple[Fragment, ...], *, track: int, descriptions: int) -> Samples:
    """The samples of one track, by its number in the file."""
    usual, so_far = _usual(index, track), Gathered()
    for fragment in fragments:
        for kind, body in boxes(fragment.content):
            if kind == b"traf" and unpacked("I", needed(body, b"tfhd"), 4)[0] == track:
                _add_piece(so_far, body, fragment, usual=usual, descriptions=descriptions)
    return so_far.samples()


def _usual(index: memoryview, track: int) -> Usual:
    for kind, body in boxes(needed(index, b"mvex")):
        if kind == b"trex":
            number, *usual = unpacked("5I", body, 4)
            if number == track:
                return Usual(*usual)
    raise Damaged("pieces without an announcement")


def _add_piece(so_far: Gathered, body: memoryview, fragment: Fragment, *, usual: Usual, descriptions: int) -> None:
    start, usual = _head(needed(body, b"tfhd"), fragment, usual)
    if not 1 <= usual.description <= descriptions:
        raise Damaged("a piece of an unknown kind")
    due = found(body, b"tfdt")
    if due is not None:
        so_far.wait_until(unpacked("Q" if unpacked("B", due)[0] else "I", due, 4)[0])
    at = start
    for kind, run in boxes(body):
        if kind == b"trun":
            at = _add_run(so_far, run, start=start, at=at, usual=usual)


def _head(body: memoryview, fragment: Fragment, usual: Usual) -> tuple[int, Usual]:
    """From where places are counted, and what is usual in this piece (8.8.7.2)."""
    flags, at = unpacked("I", body)[0] & 0xFFFFFF, 8
    if flags & BASE:
        (start,), at = unpacked("Q", body, at), at + 8
    elif flags & FROM_PIECE:
        start = fragment.at
    else:
        raise in_fragments()
    said = []
    for flag, otherwise in zip(
        (DESCRIPTION, DURATION, SIZE, FLAGS),
        (usual.description, usual.duration, usual.size, usual.flags),
        strict=True,
    ):
        said.append(unpacked("I", body, at)[0] if flags & flag else otherwise)
        at += 4 if flags & flag else 0
    return start, Usual(*said)


def _add_run(so_far: Gathered, body: memoryview, *, start: int, at: int, usual: Usual) -> int:
    """One chunk; gives back where it ends (8.8.8.2)."""
    flags, count = unpacked("II", body)
    if count + len(so_far.sizes) > MOST_SAMPLES:
        raise Damaged("too many samples")
    place = 8
    if flags & OFFSET:
        at, place = start + unpacked("i", body, place)[0], place + 4
    first_flags = None
    if flags & FIRST_FLAGS:
        (first_flags,), place = unpacked("I", body, place), place + 4
    if not count:
        return at
    if at < 0:
        raise Damaged("a chunk before the file")
    so_far.at.append(at)
    so_far.first.append(len(so_far.sizes))
    so_far.description.append(usual.description - 1)
    for number, (duration, size, kind, shift) in enumerate(_rows(body, place, flags=flags, count=count, usual=usual)):
        if size > MOST_SAMPLE_BYTES or duration >= 1 << 31:
            raise Damaged("a monstrous sample")
        so_far.sizes.append(size)
        so_far.durations.append(duration)
        so_far.shifts.append(shift - (1 << 32) if shift >> 31 else shift)
        if not (first_flags if number == 0 and first_flags is not None else kind) & NO_KEY:
            so_far.keys.append(len(so_far.sizes))
        so_far.clock += duration
        at += size
    return at


def _rows(body: memoryview, at: int, *, flags: int, count: int, usual: Usual) -> Iterator[tuple[int, int, int, int]]:
    """Duration, size, flags and shift of each sample, as they are said or as usual."""
    columns = [bool(flags & flag) for flag in (EACH_DURATION, EACH_SIZE, EACH_FLAGS, EACH_SHIFT)]
    layout, width = f"{sum(columns)}I", 4 * sum(columns)
    for _number in range(count):
        said = iter(unpacked(layout, body, at))
        usually = (usual.duration, usual.size, usual.flags, 0)
        duration, size, kind, shift = (
            next(said) if is_said else otherwise for is_said, otherwise in zip(columns, usually, strict=True)
        )
        yield duration, size, kind, shift
        at += width


def _runs(values: "array[int]") -> "array[int]":
    """How many are alike, of which value, how many..."""
    runs = array(SIGNED)
    for value, alike in groupby(values):
        runs.extend((sum(1 for _value in alike), value))
    return runs
