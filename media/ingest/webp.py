"""What is a WebP made of? RIFF chunks; those that hold pixels and colours stay (RFC 9649)."""

from collections.abc import Iterator

from media.ingest.kept import Damaged
from media.ingest.stripped import Stripped, colour_profile, orientation_in

ALPHA, PROFILE = 0x10, 0x20


def is_one(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def stripped(content: bytes) -> Stripped:
    """The picture, or the first frame of one that moves, as large as that frame is."""
    found = first_of_each(chunks(content))
    profile, orientation = colour_profile(found.get(b"ICCP", b"")), _orientation(found)
    if b"ANMF" in found:
        # A frame begins with its place, its size and how long it is shown (RFC 9649, 2.7.1.1).
        frame = found[b"ANMF"]
        found = first_of_each(chunks_between(frame, 16, len(frame)))
    image = next((name for name in (b"VP8 ", b"VP8L") if name in found), b"")
    if not image:
        raise Damaged("no picture")
    width, height = _size_of_bitmap(image, found[image])
    kept = [chunk_of(image, found[image])]
    if image == b"VP8 " and b"ALPH" in found:
        kept.insert(0, chunk_of(b"ALPH", found[b"ALPH"]))
    if profile or len(kept) > 1:
        has_alpha = image == b"VP8L" or len(kept) > 1
        kept = [_extended(width, height, has_alpha, profile), *kept]
    body = b"WEBP" + b"".join(kept)
    whole = b"RIFF" + len(body).to_bytes(4, "little") + body
    return Stripped(whole, width, height, orientation=orientation)


def first_of_each(chunks: Iterator[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for name, body in chunks:
        found.setdefault(name, body)
    return found


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    end_of_all = 8 + int.from_bytes(content[4:8], "little")
    if end_of_all > len(content) + 1:
        raise Damaged("breaks off")
    return chunks_between(content, 12, end_of_all)


def chunks_between(content: bytes, at: int, end_of_all: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= end_of_all:
        end = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        if end > len(content):
            raise Damaged("a chunk breaks off")
        yield content[at : at + 4], content[at + 8 : end]
        at = end + end % 2


def chunk_of(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\x00" * (len(body) % 2)


def _size_of_bitmap(name: bytes, body: bytes) -> tuple[int, int]:
    """Width and height as the compressed picture itself tells them (RFC 6386, 9.1; RFC 9649, 4.1)."""
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def _extended(width: int, height: int, has_alpha: bool, profile: bytes) -> bytes:
    """The header that announces transparency and a colour profile, and the profile."""
    flags = (ALPHA if has_alpha else 0) | (PROFILE if profile else 0)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    header = chunk_of(b"VP8X", bytes([flags, 0, 0, 0]) + size)
    return header + (chunk_of(b"ICCP", profile) if profile else b"")


def _orientation(found: dict[bytes, bytes]) -> int:
    return orientation_in(found[b"EXIF"]) if found.get(b"EXIF") else 1
