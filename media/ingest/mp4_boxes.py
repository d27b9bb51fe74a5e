"""What is an MP4 made of? Boxes in boxes, each with its length and its name (ISO/IEC 14496-12, 4.2).

Nothing here is recursive: who wants a box asks for it by name, so deep nesting costs nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep

MOST_FILE_BYTES = 2**32 - 2**26
MOST_INDEX_BYTES = 32 * 1024 * 1024
MOST_BOXES = 4096
#: An hour in pieces of half a second each has 14,400.
MOST_OUTER_BOXES = 65_536


@dataclass(frozen=True)
class Fragment:
    """The index of one piece (`moof`), and where in the file it begins."""

    at: int
    content: memoryview


@dataclass(frozen=True)
class Outline:
    """The index of a recording (`moov`), and where in the file its sound and pictures lie: from, to."""

    index: memoryview
    media: tuple[tuple[int, int], ...]
    fragments: tuple[Fragment, ...] = ()


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def unpacked(layout: str, body: memoryview, at: int = 0) -> tuple[Any, ...]:
    """Numbers from a box; what breaks off is damaged."""
    try:
        return struct.unpack_from(f">{layout}", body, at)
    except struct.error as error:
        raise Damaged("a box breaks off") from error


def boxes(body: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Names and contents of the boxes in `body`, one level deep."""
    at = 0
    for _number in range(MOST_BOXES):
        # QuickTime ends some lists with a zero where the next length would be.
        if at == len(body) or (len(body) - at < 8 and not any(body[at:])):
            return
        kind, start, end = _header(body[at : at + 16], at=at, most=len(body))
        yield kind, body[start:end]
        at = end
    raise Damaged("too many boxes")


def found(body: memoryview, kind: bytes) -> memoryview | None:
    return next((content for name, content in boxes(body) if name == kind), None)


def needed(body: memoryview, *path: bytes) -> memoryview:
    for kind in path:
        content = found(body, kind)
        if content is None:
            raise Damaged(f"no {kind!r}")
        body = content
    return body


def outline(source: BinaryIO) -> Outline:
    """Walk over the file without reading more than its index. What follows the recording is not looked at."""
    size = source.seek(0, 2)
    if size > MOST_FILE_BYTES:
        raise Damaged("too big")
    index, media, fragments, at, read = None, [], [], 0, 0
    for _number in range(MOST_OUTER_BOXES):
        source.seek(at)
        try:
            kind, start, end = _header(memoryview(source.read(16)), at=at, most=size)
        except Damaged:
            break
        if kind == b"moof" or (kind == b"moov" and index is None):
            read += end - start
            content = _index(source, start, end, read=read)
            if kind == b"moof":
                fragments.append(Fragment(at, content))
            else:
                index = content
        elif kind == b"mdat":
            media.append((start, end))
        at = end
    if index is None or not media:
        raise Damaged("no index, or nothing in it")
    return Outline(index, tuple(media), tuple(fragments))


def in_fragments() -> UnableToKeep:
    message = _(
        "This recording is stored in pieces, as for a live stream. Open it in a video program and export it as an"
        " ordinary MP4 file."
    )
    return UnableToKeep(message, code="fragments")


def _index(source: BinaryIO, start: int, end: int, *, read: int) -> memoryview:
    """What is between; all indexes that were `read` so far together are not too big."""
    if read > MOST_INDEX_BYTES:
        raise Damaged("the index is too big")
    source.seek(start)
    content = source.read(end - start)
    if len(content) < end - start:
        raise Damaged("the index breaks off")
    return memoryview(content)


def _header(head: memoryview, *, at: int, most: int) -> tuple[bytes, int, int]:
    """The name of a box that begins at `at`, where its content begins, and where it ends."""
    length, kind = unpacked("I4s", head)
    start = at + 8
    if length == 1:
        (length,), start = unpacked("Q", head, 8), at + 16
    end = most if length == 0 else at + length
    if not start <= end <= most:
        raise Damaged("the length of a box is wrong")
    return kind, start, end
