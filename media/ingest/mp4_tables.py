"""Where are the samples of a track, how big is each, and when is it shown (ISO/IEC 14496-12, 8.6 and 8.7)?

The tables are read into arrays of numbers, checked against one another, and written anew from the numbers.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from media.ingest.kept import Damaged
from media.ingest.mp4_boxes import found, full_box, needed, unpacked

#: Three hours at sixty pictures a second are 648,000.
MOST_SAMPLES = 1_000_000
MOST_SAMPLE_BYTES = 16 * 1024 * 1024
#: Entries of a table are numbers of four bytes, save those of long lists of places.
NUMBER, SIGNED, LONG = "I", "i", "Q"


@dataclass(frozen=True)
class Chunks:
    """Where each chunk begins in the file, which is its first sample, and which description (from 0) it follows.

    `first` has one number more than there are chunks: the number of all samples.
    """

    at: "array[int]"
    first: "array[int]"
    description: "array[int]"

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True)
class Samples:
    """`before` has one number more than there are samples: how many bytes of the track come before each.

    Durations and shifts are runs: how many samples, of which value, how many, of which value...
    """

    sizes: "array[int]"
    before: "array[int]"
    durations: "array[int]"
    shifts: "array[int]"
    #: The samples at which one can begin to look, from 1; None if all are such.
    keys: "array[int] | None"
    chunks: Chunks

    @property
    def duration(self) -> int:
        """In the track's own time scale."""
        return sum(count * each for count, each in _pairs(self.durations))

    def bytes_of(self, chunk: int) -> int:
        return self.before[self.chunks.first[chunk + 1]] - self.before[self.chunks.first[chunk]]


def samples_in(table: memoryview, *, descriptions: int) -> Samples:
    """Read an `stbl` whose chunks follow one of so many `descriptions`."""
    sizes = _sizes(table)
    return Samples(
        sizes=sizes,
        before=array(LONG, accumulate(sizes, initial=0)),
        durations=_runs(needed(table, b"stts"), count=len(sizes)),
        shifts=_runs(shifts, count=len(sizes)) if (shifts := found(table, b"ctts")) is not None else array(SIGNED),
        keys=_keys(keys, count=len(sizes)) if (keys := found(table, b"stss")) is not None else None,
        chunks=_chunks(table, count=len(sizes), descriptions=descriptions),
    )


def written(samples: Samples, *, places: "array[int]") -> bytes:
    """The tables anew, with the chunks at `places`."""
    parts = [_table(b"stts", samples.durations, width=2)]
    if any(samples.shifts[1::2]):
        version = int(min(samples.shifts[1::2]) < 0)
        parts.append(_table(b"ctts", samples.shifts, width=2, version=version))
    if samples.keys is not None:
        parts.append(_table(b"stss", samples.keys))
    parts.append(_table(b"stsc", array(NUMBER, _chunk_runs(samples.chunks)), width=3))
    parts.append(full_box(b"stsz", bytes(4), len(samples.sizes).to_bytes(4, "big"), _big_endian(samples.sizes)))
    parts.append(_table(b"stco", places))
    return b"".join(parts)


def _table(kind: bytes, values: "array[int]", *, width: int = 1, version: int = 0) -> bytes:
    """A box with rows of `width` numbers."""
    return full_box(kind, (len(values) // width).to_bytes(4, "big"), _big_endian(values), version=version)


def _big_endian(values: "array[int]") -> bytes:
    turned = array(values.typecode, values)
    if sys.byteorder == "little":
        turned.byteswap()
    return turned.tobytes()


def _numbers(body: memoryview, *, width: int = 1, at: int = 4, kind: str = NUMBER) -> "array[int]":
    """Rows of `width` numbers; how many rows there are is said at `at`, and they begin behind that."""
    (rows,) = unpacked("I", body, at)
    values = array(kind)
    end = at + 4 + rows * width * values.itemsize
    if rows > MOST_SAMPLES or end > len(body):
        raise Damaged("a table breaks off")
    values.frombytes(body[at + 4 : end])
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _sizes(table: memoryview) -> "array[int]":
    sizes = found(table, b"stsz")
    values = _compact_sizes(needed(table, b"stz2")) if sizes is None else _plain_sizes(sizes)
    if values and max(values) > MOST_SAMPLE_BYTES:
        raise Damaged("a monstrous sample")
    return values


def _plain_sizes(body: memoryview) -> "array[int]":
    same, count = unpacked("II", body, 4)
    if count > MOST_SAMPLES:
        raise Damaged("too many samples")
    return array(NUMBER, [same]) * count if same else _numbers(body, at=8)


def _compact_sizes(body: memoryview) -> "array[int]":
    """Sizes of 4, 8 or 16 bits (8.7.3.3)."""
    bits, count = unpacked("3xBI", body, 4)
    content = bytes(body[12 : 12 + (count * bits + 7) // 8])
    if bits not in (4, 8, 16) or count > MOST_SAMPLES or len(content) * 8 < count * bits:
        raise Damaged("a table breaks off")
    if bits == 4:
        halves = (half for byte in content for half in (byte >> 4, byte & 15))
        return array(NUMBER, [half for half, _number in zip(halves, range(count), strict=False)])
    values = array("H" if bits == 16 else "B", content)
    if bits == 16 and sys.byteorder == "little":
        values.byteswap()
    return array(NUMBER, values)


def _runs(body: memoryview, *, count: int) -> "array[int]":
    """Counts and values; values may be negative (some programs write them so in version 0 too)."""
    values = _numbers(body, width=2, kind=SIGNED)
    if any(number < 0 for number in values[::2]) or sum(values[::2]) != count:
        raise Damaged("as many times as samples are needed")
    runs = array(SIGNED)
    for value, alike in groupby((pair for pair in _pairs(values) if pair[0]), key=lambda pair: pair[1]):
        runs.extend((sum(number for number, _value in alike), value))
    return runs


def _pairs(runs: "array[int]") -> Iterator[tuple[int, int]]:
    return zip(runs[::2], runs[1::2], strict=True)


def _keys(body: memoryview, *, count: int) -> "array[int]":
    keys = _numbers(body)
    if any(earlier >= later for earlier, later in pairwise(keys)):
        raise Damaged("keys are not in order")
    if keys and not 1 <= keys[0] <= keys[-1] <= count:
        raise Damaged("a key that is no sample")
    return keys


def _chunks(table: memoryview, *, count: int, descriptions: int) -> Chunks:
    short = found(table, b"stco")
    places = _numbers(needed(table, b"co64"), kind=LONG) if short is None else array(LONG, _numbers(short))
    runs = _numbers(needed(table, b"stsc"), width=3)
    starts, lengths, kinds = runs[::3], runs[1::3], runs[2::3]
    first, description, sample = array(NUMBER), array("B"), 0
    for row, start in enumerate(starts):
        end = starts[row + 1] if row + 1 < len(starts) else len(places) + 1
        if start != len(first) + 1 or not start < end <= len(places) + 1:
            raise Damaged("chunks are not in order")
        if not 1 <= kinds[row] <= descriptions or not 1 <= lengths[row] <= MOST_SAMPLES:
            raise Damaged("a chunk of nothing")
        if sample + (end - start) * lengths[row] > count:
            raise Damaged("more samples in chunks than there are")
        first.extend(range(sample, sample + (end - start) * lengths[row], lengths[row]))
        description.extend([kinds[row] - 1] * (end - start))
        sample += (end - start) * lengths[row]
    if len(first) != len(places) or sample != count:
        raise Damaged("fewer samples in chunks than there are")
    first.append(sample)
    return Chunks(places, first, description)


def _chunk_runs(chunks: Chunks) -> Iterable[int]:
    """First chunk, samples in each, description: one row for all chunks in a row that are alike."""
    before = (0, 0)
    for number in range(len(chunks)):
        alike = (chunks.first[number + 1] - chunks.first[number], chunks.description[number] + 1)
        if alike != before:
            yield from (number + 1, *alike)
        before = alike
