"""How are the elements of a WebM written: a name, a length, and a number, a text or further elements?

RFC 8794 (EBML). Names are as they stand in the file, with their length in the first byte.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from media.ingest.kept import Damaged
from media.ingest.reading import Reading

#: The longest name, and the longest length behind it.
HEAD = 12
#: More elements than any track or group of blocks has.
MOST_INSIDE = 256


@dataclass(frozen=True, slots=True)
class Element:
    """`start` is where its content begins, `end` where that ends, or None if it ends where another begins."""

    name: int
    start: int
    end: int | None


def next_element(reading: Reading, *, within: int) -> Element:
    """The element that begins here and ends before `within`; `reading` stands then at the beginning of its content."""
    reading.count()
    begin = reading.at
    head = reading.up_to(min(HEAD, within - begin))
    if not head or not head[0] >> 4:
        raise Damaged("no element")
    named = 9 - head[0].bit_length()
    length, at = number_in(head, named)
    start = begin + at
    end = None if length is None else start + length
    if (end or start) > within:
        raise Damaged("an element is longer than what it is in")
    reading.go_to(start)
    return Element(int.from_bytes(head[:named], "big"), start, end)


def number_in(content: bytes, at: int = 0) -> tuple[int | None, int]:
    """The number of variable length at `at`, None if it says "unknown", and where it ends (RFC 8794, 4)."""
    if at >= len(content) or not content[at]:
        raise Damaged("no length")
    width = 9 - content[at].bit_length()
    if at + width > len(content):
        raise Damaged("a length breaks off")
    all_ones = (1 << 7 * width) - 1
    number = int.from_bytes(content[at : at + width], "big") & all_ones
    return (None if number == all_ones else number), at + width


def elements_in(reading: Reading, outer: Element) -> Iterator[Element]:
    """What is directly in `outer`; the next one is found, whatever has been read meanwhile."""
    if outer.end is None:
        raise Damaged("an element without an end")
    reading.go_to(outer.start)
    at, count = outer.start, 0
    while at < outer.end:
        reading.go_to(at)
        count += 1
        if count > MOST_INSIDE:
            raise Damaged("too many elements")
        element = next_element(reading, within=outer.end)
        if element.end is None:
            raise Damaged("an element without an end")
        at = element.end
        yield element


def content_of(reading: Reading, element: Element, *, at_most: int) -> bytes:
    length = (element.end or element.start) - element.start
    if length > at_most:
        raise Damaged("an element is too long")
    reading.go_to(element.start)
    return reading.take(length)


def whole_number(content: bytes, *, is_signed: bool = False) -> int:
    return int.from_bytes(content, "big", signed=is_signed)


def real_number(content: bytes) -> float:
    if len(content) not in (0, 4, 8):
        raise Damaged("no number")
    value: float = struct.unpack(">d" if len(content) == 8 else ">f", content or bytes(4))[0]
    return value


def name_of(name: int) -> bytes:
    return name.to_bytes((name.bit_length() + 7) // 8, "big")


def length_of(length: int, *, width: int = 0) -> bytes:
    """A length in as few bytes as it needs, or in `width` bytes."""
    width = width or max(1, -(-(length + 1).bit_length() // 7))
    return (length | 1 << 7 * width).to_bytes(width, "big")


def element(name: int, content: bytes) -> bytes:
    return name_of(name) + length_of(len(content)) + content


def whole(name: int, value: int) -> bytes:
    return element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def signed(name: int, value: int) -> bytes:
    return element(name, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def real(name: int, value: float) -> bytes:
    return element(name, struct.pack(">d", value))
