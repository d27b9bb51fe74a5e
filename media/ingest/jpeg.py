"""What is a JPEG made of? Segments; the few that hold pixels and colours stay (ITU-T T.81, annex B)."""

import re
from collections.abc import Iterator

from media.ingest.kept import Damaged
from media.ingest.stripped import Stripped, colour_profile, orientation_in

START, END, SCAN = 0xD8, 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Frames, Huffman tables, arithmetic conditioning, quantisation tables, restart interval, scans.
PIXELS = FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, SCAN}
JFIF, EXIF, PROFILE, ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
PROFILE_PIECE = 65_000
# Inside a scan, 0xFF is followed by 0x00 or a restart marker; anything else begins the next segment.
NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")


def is_one(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def stripped(content: bytes) -> Stripped:
    kept: list[bytes | memoryview] = []
    has_jfif, adobe, pieces, exif, size = False, b"", {}, b"", (0, 0)
    for marker, segment in segments(content):
        body = segment[4:]
        if marker in PIXELS:
            kept.append(segment)
        if marker in FRAMES and size == (0, 0):
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        elif marker == JFIF and bytes(body[:5]) == b"JFIF\x00":
            has_jfif = True
        elif marker == ADOBE and bytes(body[:5]) == b"Adobe":
            adobe = b"\xff\xee\x00\x0e" + bytes(body[:12])
        elif marker == PROFILE and bytes(body[:12]) == b"ICC_PROFILE\x00":
            pieces[body[12]] = bytes(body[14:])
        elif marker == EXIF and bytes(body[:6]) == b"Exif\x00\x00":
            exif = exif or bytes(body)
    if not all(size):
        raise Damaged("no frame")
    head = [b"\xff\xd8", PLAIN_JFIF if has_jfif else b"", *_profile(pieces), adobe]
    return Stripped(b"".join([*head, *kept, b"\xff\xd9"]), *size, orientation=orientation_in(exif) if exif else 1)


def segments(content: bytes) -> Iterator[tuple[int, memoryview]]:
    """Markers and their segments, scans with their entropy-coded data, up to the end of the (first) picture."""
    view, at = memoryview(content), 2
    while True:
        marker, at = _marker_at(content, at)
        if marker == END:
            return
        end = at + int.from_bytes(content[at : at + 2], "big")
        if end < at + 2 or end > len(content):
            raise Damaged("a segment breaks off")
        if marker == SCAN:
            end = _end_of_scan(content, end)
        yield marker, view[at - 2 : end]
        at = end


def _marker_at(content: bytes, at: int) -> tuple[int, int]:
    """The marker at `at`, and where it ends; it may be preceded by fill bytes (B.1.1.2)."""
    found = NEXT_MARKER.match(content, at)
    if not found:
        raise Damaged("no marker")
    return content[found.end() - 1], found.end()


def _end_of_scan(content: bytes, at: int) -> int:
    found = NEXT_MARKER.search(content, at)
    if not found:
        raise Damaged("a scan breaks off")
    return found.start()


def _profile(pieces: dict[int, bytes]) -> list[bytes]:
    """The colour profile in as many segments as it needs (ICC.1:2022, annex B.4)."""
    profile = colour_profile(b"".join(pieces[number] for number in sorted(pieces)))
    parts = [profile[at : at + PROFILE_PIECE] for at in range(0, len(profile), PROFILE_PIECE)]
    return [
        b"\xff\xe2" + (16 + len(part)).to_bytes(2, "big") + b"ICC_PROFILE\x00" + bytes([number, len(parts)]) + part
        for number, part in enumerate(parts, 1)
    ]
