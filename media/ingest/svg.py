"""What is a drawing in SVG? A text that begins like one, packed or not. It is never kept: a picture of it is.

What the text asks for is looked at where it is drawn (`media.workshop.svg`), in a process of its own.
"""

import re
import zlib

from media.ingest.kept import Damaged

#: So long may a drawing be when it is unpacked.
MOST_BYTES = 10 * 1024 * 1024
PACKED = b"\x1f\x8b\x08"
#: Behind a byte order mark, an XML declaration, comments and a document type.
BEGINS = re.compile(rb"(\xef\xbb\xbf)?\s*<[?!s]", re.IGNORECASE)
NAMED = re.compile(rb"<([a-z][\w.-]{0,40}:)?svg[\s>/]", re.IGNORECASE)
FIRST = 64 * 1024


def is_one(content: bytes) -> bool:
    if content.startswith(PACKED):
        content = _first_unpacked(content)
    first = _as_utf_8(content[:FIRST])
    return bool(BEGINS.match(first) and NAMED.search(first))


def unpacked(content: bytes) -> bytes:
    """The text of the drawing. Raises Damaged if it unpacks to more than any drawing needs."""
    if content.startswith(PACKED):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(content, MOST_BYTES)
        except zlib.error as error:
            raise Damaged("gzip") from error
        if not unpacker.eof:
            raise Damaged("unpacks to too much, or breaks off")
    if len(content) > MOST_BYTES:
        raise Damaged("too long for a drawing")
    return content


def _first_unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:FIRST], FIRST)
    except zlib.error:
        return b""


def _as_utf_8(first: bytes) -> bytes:
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return first[: len(first) // 2 * 2].decode("utf-16", errors="replace").encode()
    return first
