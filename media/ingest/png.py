"""What is a PNG made of? Chunks; those that hold pixels and colours stay (W3C PNG, third edition)."""

import zlib
from collections.abc import Iterator

from media.ingest.kept import Damaged
from media.ingest.stripped import MOST_PROFILE_BYTES, Stripped, colour_profile, inflated, orientation_in

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"gAMA", b"cHRM", b"sRGB", b"cICP"}


def is_one(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def stripped(content: bytes) -> Stripped:
    kept: list[bytes | memoryview] = [SIGNATURE]
    exif = b""
    for name, chunk in chunks(content):
        if name in PIXELS:
            kept.append(chunk)
        elif name == b"iCCP":
            kept.append(_profile_chunk(bytes(chunk[8:-4])))
        elif name == b"eXIf":
            exif = exif or bytes(chunk[8:-4])
    if content[12:16] != b"IHDR":
        raise Damaged("no header")
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    whole = b"".join([*kept, chunk_of(b"IEND", b"")])
    return Stripped(whole, width, height, orientation=orientation_in(exif) if exif else 1)


def chunks(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Names and chunks up to the end of the picture; what follows it does not belong to it."""
    view, at = memoryview(content), len(SIGNATURE)
    while True:
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if at + 12 > len(content) or end > len(content):
            raise Damaged("a chunk breaks off")
        name = content[at + 4 : at + 8]
        if name == b"IEND":
            return
        yield name, view[at:end]
        at = end


def chunk_of(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _profile_chunk(body: bytes) -> bytes:
    """The colour profile under a neutral name: the name of a profile can tell whose camera it was."""
    _name, _, packed = body.partition(b"\x00")
    profile = colour_profile(inflated(packed[1:], at_most=MOST_PROFILE_BYTES))
    return chunk_of(b"iCCP", b"ICC profile\x00\x00" + zlib.compress(profile)) if profile else b""
