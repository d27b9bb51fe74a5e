"""What does the beginning of an MP3 frame tell, and which bytes of a frame does nobody hear?

A frame's sound may begin in what earlier frames left free (the "bit reservoir"); what no frame claims is filling, in
which encoders write what they like. ISO/IEC 11172-3, 2.4.1 and 2.4.2; for the lower rates ISO/IEC 13818-3, 2.4.
"""

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

#: How many bytes `frame_in` looks at.
BEFORE = 4
#: Bits a second, in thousands, by the index in the header: of MPEG 1, and of the lower rates.
BIT_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
#: Samples a second by the version (MPEG 2.5, none, 2, 1) and the index in the header.
RATES = ((11_025, 12_000, 8_000), (), (22_050, 24_000, 16_000), (44_100, 48_000, 32_000))
MPEG_1, LAYER_III, MONO = 3, 1, 3
#: A frame's sound begins at most so many bytes before the frame.
FURTHEST_BACK = 511


@dataclass(frozen=True)
class Frame:
    """`head` is its first four bytes, `size` all its bytes, `side` those of its side information behind the head."""

    head: bytes
    version: int
    rate: int
    bit_rate: int
    size: int
    is_mono: bool
    is_checked: bool

    @property
    def is_mpeg_1(self) -> bool:
        return self.version == MPEG_1

    @property
    def samples(self) -> int:
        return 1152 if self.is_mpeg_1 else 576

    @property
    def side(self) -> int:
        if self.is_mpeg_1:
            return 17 if self.is_mono else 32
        return 9 if self.is_mono else 17

    def agrees_with(self, other: "Frame") -> bool:
        return (self.version, self.rate, self.is_mono) == (other.version, other.rate, other.is_mono)

    def large_enough_for(self, length: int) -> "Frame":
        """A frame like this one, without a check sum, that holds `length` bytes of sound; of its bit rate if it can."""
        heads = (
            bytes([0xFF, self.head[1] | 1, bit_rate << 4 | self.head[2] & 0x0C, self.head[3] & 0xC0])
            for bit_rate in (self.bit_rate, *range(1, 15))
        )
        frames = (frame for head in heads if (frame := frame_in(head)))
        return next(frame for frame in frames if frame.size >= BEFORE + frame.side + length)


@lru_cache(maxsize=4096)
def frame_in(head: bytes) -> Frame | None:
    """What the four bytes at the beginning of `head` tell, if they begin a frame of layer III with a known size."""
    if len(head) < BEFORE:
        return None
    bits = int.from_bytes(head[:BEFORE], "big")
    version, layer, rate, bit_rate = bits >> 19 & 3, bits >> 17 & 3, bits >> 10 & 3, bits >> 12 & 15
    is_one = bits >> 21 == 0x7FF and version != 1 and layer == LAYER_III and rate != 3 and bit_rate not in (0, 15)
    if not is_one:
        return None
    samples_each_second = RATES[version][rate]
    thousands = BIT_RATES[0 if version == MPEG_1 else 1][bit_rate]
    size = (144 if version == MPEG_1 else 72) * thousands * 1000 // samples_each_second + (bits >> 9 & 1)
    is_mono = bits >> 6 & 3 == MONO
    return Frame(head[:BEFORE], version, samples_each_second, bit_rate, size, is_mono, is_checked=not bits >> 16 & 1)


def sound_in(side: bytes, frame: Frame) -> tuple[int, int]:
    """How many bytes before the frame its sound begins, and how many bytes long it is."""
    bits, width = int.from_bytes(side, "big"), len(side) * 8
    if frame.is_mpeg_1:
        back, each, granules = bits >> width - 9, 59, 2
        at = 9 + (5 if frame.is_mono else 3) + (4 if frame.is_mono else 8)
    else:
        back, each, granules = bits >> width - 8, 63, 1
        at = 8 + (1 if frame.is_mono else 2)
    lengths = (at + number * each for number in range(granules * (1 if frame.is_mono else 2)))
    long = sum(bits >> (width - start - 12) & 0xFFF for start in lengths)
    return back, (long + 7) // 8


@dataclass
class Waiting:
    """A frame that later frames may still claim bytes of: `at` is where its part of the sound begins, of all sound."""

    before: bytes
    main: bytearray
    at: int


class Reservoir:
    """Writes frames, with what no frame claims blanked; some frames wait until nobody can claim them any more."""

    def __init__(self, into: BinaryIO) -> None:
        self.into = into
        self.waiting: deque[Waiting] = deque()
        self.claimed: deque[tuple[int, int]] = deque()
        self.at = 0

    def add(self, frame: Frame, content: bytes) -> None:
        begin = 4 + (2 if frame.is_checked else 0)
        main = begin + frame.side
        back, length = sound_in(content[begin:main], frame)
        start = self.at - back
        self.waiting.append(Waiting(content[:main], bytearray(content[main:]), self.at))
        self.claimed.append((start, start + length))
        self.at += max(0, len(content) - main)
        while self.waiting and self.waiting[0].at + len(self.waiting[0].main) + FURTHEST_BACK <= self.at:
            self.write(self.waiting.popleft())

    def finish(self) -> None:
        while self.waiting:
            self.write(self.waiting.popleft())

    def write(self, waiting: Waiting) -> None:
        heard = bytearray(len(waiting.main))
        end_of_all = waiting.at + len(heard)
        while self.claimed and self.claimed[0][1] <= waiting.at:
            self.claimed.popleft()
        for start, end in self.claimed:
            if start >= end_of_all:
                break
            first, last = max(0, start - waiting.at), max(0, min(end, end_of_all) - waiting.at)
            heard[first:last] = waiting.main[first:last]
        self.into.write(waiting.before + heard)
