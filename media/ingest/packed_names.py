"""Which names does a packed file (ZIP, or Office before 2007) give to what is inside?

Only the lists of names are read, and only the beginning of those: nothing is unpacked.
"""

from dataclasses import dataclass
from typing import IO

LONGEST_LIST = 256 * 1024
#: The end record of a ZIP is 22 bytes and a comment of at most 65,535 (APPNOTE.TXT, 4.3.16).
LONGEST_END = 22 + 65_535
ENTRY, LOCKED = b"PK\x01\x02", 0x01
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMPOUND_ENTRY = 128


@dataclass(frozen=True)
class Packed:
    """Names of files in an archive, and whether one of them is locked with a password."""

    names: frozenset[str]
    is_locked: bool = False

    def has(self, *parts: str) -> bool:
        """Whether a name ends in, or begins with, one of `parts`."""
        return any(name.endswith(parts) or name.startswith(parts) for name in self.names)


def in_zip(source: IO[bytes]) -> Packed:
    """The names in the central directory of a ZIP (APPNOTE.TXT, 4.3.12)."""
    length = source.seek(0, 2)
    source.seek(max(0, length - LONGEST_END))
    tail = source.read(LONGEST_END)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return Packed(frozenset())
    source.seek(min(length, int.from_bytes(tail[end + 16 : end + 20], "little")))
    return _entries(source.read(min(LONGEST_LIST, int.from_bytes(tail[end + 12 : end + 16], "little"))))


def _entries(directory: bytes) -> Packed:
    names, is_locked, at = set(), False, 0
    while directory.startswith(ENTRY, at) and at + 46 <= len(directory):
        lengths = [int.from_bytes(directory[start : start + 2], "little") for start in (at + 28, at + 30, at + 32)]
        names.add(directory[at + 46 : at + 46 + lengths[0]].decode("utf-8", "replace").lower())
        is_locked = is_locked or bool(directory[at + 8] & LOCKED)
        at += 46 + sum(lengths)
    return Packed(frozenset(names), is_locked)


def in_compound(source: IO[bytes]) -> Packed:
    """The names in the directory of a compound file ([MS-CFB], 2.6), as far as it lies in one piece."""
    source.seek(0)
    header = source.read(512)
    sector = 1 << min(12, int.from_bytes(header[30:32], "little"))
    length = source.seek(0, 2)
    source.seek(min(length, (1 + int.from_bytes(header[48:52], "little")) * sector))
    directory = source.read(LONGEST_LIST)
    return Packed(frozenset(_compound_name(directory[at : at + 66]) for at in range(0, len(directory), COMPOUND_ENTRY)))


def _compound_name(entry: bytes) -> str:
    length = int.from_bytes(entry[64:66], "little")
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
