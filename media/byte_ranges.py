"""Which part of a file does a player ask for?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
#: Bytes that are read at once: fewer, and a long file costs more to hand over than to read.
CHUNK = 256 * 1024


class UnableToSatisfy(Exception):
    """The range lies behind the end of the file."""


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last` of a file of `size` bytes, both included."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


class PartOfFile:
    """The bytes of a part, in chunks; whoever stops early closes it."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        self._file, self._part = file, part

    def __iter__(self) -> Iterator[bytes]:
        if self._part.first:
            self._file.seek(self._part.first)
        left = self._part.length
        while left > 0 and (chunk := self._file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def part_asked_for(header: str, *, size: int) -> Part | None:
    """The one range of a Range header; None means the whole file, which may always be sent (RFC 9110, 14.2).

    Raises UnableToSatisfy.
    """
    found = ONE_RANGE.fullmatch(header.strip())
    if not found or not any(found.groups()) or max(map(len, found.groups())) > 15:
        return None
    first, last = found.groups()
    if not first:
        part = Part(max(0, size - int(last)), size - 1, size)
    else:
        part = Part(int(first), min(int(last), size - 1) if last else size - 1, size)
        if last and int(last) < int(first):
            return None
    if part.length < 1 or part.first >= size:
        raise UnableToSatisfy
    return part
