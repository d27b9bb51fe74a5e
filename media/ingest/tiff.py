"""What is a TIFF made of? A directory of tags; those that say how to read the pixels stay (TIFF 6.0).

The file is written anew: one directory, and behind it the strips or tiles that it points to, byte for byte.
"""

import struct
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.stripped import Stripped, colour_profile

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
ORIENTATION, PROFILE, SAMPLE_FORMAT = 274, 34675, 339
#: Where the pixels are, and how many bytes of them: in strips or in tiles.
PLACES = ((273, 279), (324, 325))
#: What a reader must know to make pixels of the bytes: fill order, samples, rows, planes, fax options, predictor,
#: colour map, tile size, inks, extra samples, sample format, and the numbers of YCbCr.
READING = frozenset(
    {256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 293, 317, 320, 322, 323, 332, 334, 338, 339, 529, 530, 531, 532}
)
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
SHORT, LONG, UNDEFINED = 3, 4, 7
#: None, fax (three kinds), LZW, deflate (two numbers) and PackBits.
COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 8, 32773, 32946})
#: Raw photographs that call themselves TIFF: the versions of DNG.
RAW = 50706


@dataclass(frozen=True)
class Tag:
    kind: int
    count: int
    value: bytes

    def numbers(self, order: str) -> list[int]:
        letter = {1: "B", 3: "H", 4: "I"}.get(self.kind)
        if letter is None:
            raise Damaged("a number of no kind")
        return list(struct.unpack(f"{order}{self.count}{letter}", self.value))


def is_one(content: bytes) -> bool:
    return content.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"))


def stripped(content: bytes) -> Stripped:
    if content[2:4] in (b"+\x00", b"\x00+"):
        raise unreadable()
    order = "<" if content[:2] == b"II" else ">"
    tags = directory(content, order)
    check_readable(tags, order)
    places, lengths = next(((a, b) for a, b in PLACES if a in tags and b in tags), (0, 0))
    if not places:
        raise Damaged("no pixels")
    pieces = pieces_at(content, tags[places].numbers(order), tags[lengths].numbers(order))
    kept = {number: tag for number, tag in tags.items() if number in READING}
    profile = colour_profile(tags[PROFILE].value) if PROFILE in tags else b""
    if profile:
        kept[PROFILE] = Tag(UNDEFINED, len(profile), profile)
    orientation = number_of(tags, ORIENTATION, order, otherwise=1)
    return Stripped(
        content=written(order, kept, pieces, places=places, lengths=lengths),
        width=number_of(tags, WIDTH, order),
        height=number_of(tags, HEIGHT, order),
        orientation=orientation if orientation in range(1, 9) else 1,
    )


def directory(content: bytes, order: str) -> dict[int, Tag]:
    """The tags of the first picture with their values, wherever these are in the file."""
    at = struct.unpack_from(f"{order}I", content, 4)[0]
    (count,) = struct.unpack_from(f"{order}H", content, at)
    tags, total = {}, 0
    for place in range(at + 2, at + 2 + 12 * count, 12):
        number, kind, many = struct.unpack_from(f"{order}HHI", content, place)
        length = SIZES.get(kind, 0) * many
        total += length
        start = place + 8 if length <= 4 else struct.unpack_from(f"{order}I", content, place + 8)[0]
        if start + length > len(content) or total > len(content):
            raise Damaged("a tag points outside")
        if length:
            tags[number] = Tag(kind, many, content[start : start + length])
    return tags


def check_readable(tags: dict[int, Tag], order: str) -> None:
    bits = tags[BITS].numbers(order) if BITS in tags else [1]
    is_whole = set(tags[SAMPLE_FORMAT].numbers(order)) <= {1} if SAMPLE_FORMAT in tags else True
    compression = number_of(tags, COMPRESSION, order, otherwise=1)
    if RAW in tags or compression not in COMPRESSIONS or max(bits) > 16 or not is_whole:
        raise unreadable()


def unreadable() -> UnableToKeep:
    message = _("We cannot open TIFF files of this kind. Save it as a TIFF with LZW compression, as JPEG or as PNG.")
    return UnableToKeep(message, code="unreadable_tiff")


def number_of(tags: dict[int, Tag], number: int, order: str, *, otherwise: int | None = None) -> int:
    if number not in tags and otherwise is not None:
        return otherwise
    if number not in tags:
        raise Damaged(f"no tag {number}")
    return tags[number].numbers(order)[0]


def pieces_at(content: bytes, places: list[int], lengths: list[int]) -> list[memoryview]:
    view = memoryview(content)
    if len(places) != len(lengths) or sum(lengths) > len(content):
        raise Damaged("more pixels than bytes")
    pieces = [view[place : place + length] for place, length in zip(places, lengths, strict=True)]
    if [len(piece) for piece in pieces] != lengths:
        raise Damaged("pixels outside the file")
    return pieces


def written(order: str, tags: dict[int, Tag], pieces: list[memoryview], *, places: int, lengths: int) -> bytes:
    """A file with one directory: the tags, what did not fit into them, and the pixels."""
    lengths_of_pieces = [len(piece) for piece in pieces]
    many = len(pieces)
    tags = tags | {places: Tag(LONG, many, bytes(4 * many)), lengths: _longs(order, lengths_of_pieces)}
    end_of_directory = 8 + 2 + 12 * len(tags) + 4
    at = end_of_directory + sum(len(tag.value) + len(tag.value) % 2 for tag in tags.values() if len(tag.value) > 4)
    starts = []
    for length in lengths_of_pieces:
        starts.append(at)
        at += length + length % 2
    tags[places] = _longs(order, starts)
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}IH", 8, len(tags))
    entries, values = [head], []
    beyond = end_of_directory
    for number, tag in sorted(tags.items()):
        entry = struct.pack(f"{order}HHI", number, tag.kind, tag.count)
        if len(tag.value) <= 4:
            entries.append(entry + tag.value.ljust(4, b"\x00"))
        else:
            entries.append(entry + struct.pack(f"{order}I", beyond))
            values.append(_even(tag.value))
            beyond += len(values[-1])
    return b"".join(
        [*entries, bytes(4), *values, *(part for piece in pieces for part in (piece, bytes(len(piece) % 2)))]
    )


def _longs(order: str, numbers: list[int]) -> Tag:
    return Tag(LONG, len(numbers), struct.pack(f"{order}{len(numbers)}I", *numbers))


def _even(value: bytes) -> bytes:
    return value + bytes(len(value) % 2)
