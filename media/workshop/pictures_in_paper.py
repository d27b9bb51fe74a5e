"""What do the pictures inside a PDF tell beside their pixels?

Cameras' notes travel inside: a photograph in a PDF is mostly the file as it came out of the camera. All that a PDF
needs of it are the pixels; colour profile, size and orientation are the PDF's own business.
"""

import re
from collections.abc import Iterator

EOI, SOS, SOT, SOD, JP2_COMMENT = 0xD9, 0xDA, 0xFF90, 0xFF93, 0xFF64
#: Frames and tables of a JPEG, and Adobe's segment, which says what the colours mean (ITU-T T.81, annex B).
PIXELS = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, SOS, 0xEE}) - {0xC8}
NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
#: The boxes of a JPEG 2000 file that hold pixels and their colours (ISO 15444-1, annex I).
BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
JBIG2_EXTENSION = 62


class Broken(ValueError):
    """The picture contradicts itself."""


def jpeg(content: bytes) -> bytes:
    """The picture without application segments and comments, and without what hangs behind its end.

    Scanners forget to write an end, and readers show such pictures all the same: it gets one.
    """
    at = content.find(b"\xff\xd8", 0, 64) + 2
    kept, has_scan = [b"\xff\xd8"], False
    while at >= 2:
        if has_scan and at == len(content):
            return b"".join([*kept, b"\xff\xd9"])
        found = NEXT_MARKER.match(content, at)
        if not found:
            raise Broken("JPEG")
        marker, at = content[found.end() - 1], found.end()
        if marker == EOI:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + int.from_bytes(content[at : at + 2], "big")
        if end < at + 2 or end > len(content):
            raise Broken("JPEG")
        body = content[at:end]
        if marker == SOS:
            end, has_scan = _end_of_scan(content, end), True
        if marker in PIXELS:
            # Adobe's segment is twelve bytes long; what stands behind them is somebody's note.
            kept.append(_adobe(body) if marker == 0xEE else b"\xff" + bytes([marker]) + content[at:end])
        at = end
    raise Broken("JPEG")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next segment begins, or where everything ends."""
    found = NEXT_MARKER.search(content, at)
    return found.start() if found else len(content)


def _adobe(body: bytes) -> bytes:
    return b"\xff\xee\x00\x0e" + body[2:14] if body[2:7] == b"Adobe" and len(body) >= 14 else b""


def jpeg2000(content: bytes) -> bytes:
    """The picture without boxes that tell, and with blank comments; the length of its code stream stays."""
    if content.startswith(b"\xff\x4f\xff\x51"):
        return _blank_comments(content)
    kept = []
    for name, header, body in _boxes(content):
        if name in BOXES:
            kept.append(header + (_blank_comments(body) if name == b"jp2c" else body))
    if not kept:
        raise Broken("JPEG 2000")
    return b"".join(kept)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, header = int.from_bytes(content[at : at + 4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(content)
        if end < at + header or end > len(content):
            raise Broken("JPEG 2000")
        yield content[at + 4 : at + 8], content[at : at + header], content[at + header : end]
        at = end


def _blank_comments(stream: bytes) -> bytes:
    """`stream` with its comments filled with zeros (ISO 15444-1, A.9.2), in the main header and in those of tiles."""
    out, at = bytearray(stream), 2
    tile_end = 0
    while at + 4 <= len(stream):
        marker, length = int.from_bytes(stream[at : at + 2], "big"), int.from_bytes(stream[at + 2 : at + 4], "big")
        if marker == 0xFFD9:
            break
        if marker == SOD:
            if tile_end <= at:
                break
            at = tile_end
            continue
        if marker < 0xFF00 or length < 2:
            raise Broken("JPEG 2000")
        if marker == SOT:
            part = int.from_bytes(stream[at + 6 : at + 10], "big")
            tile_end = at + part if part else len(stream)
        if marker == JP2_COMMENT:
            out[at + 6 : at + 2 + length] = bytes(max(0, len(stream[at + 6 : at + 2 + length])))
        at += 2 + length
    return bytes(out)


def jbig2(content: bytes) -> bytes:
    """The picture with blank comments, which are segments of their own (ITU-T T.88, 7.2 and 7.4.15)."""
    out, at = bytearray(content), 0
    while at + 11 <= len(content):
        number, flags = int.from_bytes(content[at : at + 4], "big"), content[at + 4]
        references = content[at + 5] >> 5
        at += 6
        if references == 7:
            references = int.from_bytes(content[at - 1 : at + 3], "big") & 0x1FFFFFFF
            at += 3 + (references + 8) // 8
        at += references * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
        length = int.from_bytes(content[at : at + 4], "big")
        at += 4
        if at + length > len(content):
            raise Broken("JBIG2")
        if flags & 0x3F == JBIG2_EXTENSION:
            out[at + 4 : at + length] = bytes(max(0, length - 4))
        at += length
    return bytes(out)
