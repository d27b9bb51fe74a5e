"""What is a PNG made of? Chunks; those that hold pixels and colours stay (W3C PNG, third edition)."""

import zlib
from collections.abc import Iterator

from media.ingest.kept import Damaged
from media.ingest.stripped import MOST_PROFILE_BYTES, Stripped, colour_profile, inflated, orientation_in

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = {b"IHDR", b"IDAT"}
#: How many bytes the numbers of colours have (11.3.2); what is longer is somebody's note.
NUMBERS = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4}
PALETTE, SEE_THROUGH = b"PLTE", b"tRNS"
#: By kind of colours: how many bytes say what is see-through; of a palette as many as it has colours.
OF_SEE_THROUGH, WITH_PALETTE = {0: 2, 2: 6}, 3


def is_one(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def stripped(content: bytes) -> Stripped:
    kept: list[bytes | memoryview] = [SIGNATURE]
    exif, met = b"", set[bytes]()
    for name, chunk in chunks(content):
        if name in PIXELS or (name not in met and is_of_colours(name, len(chunk) - 12, content)):
            kept.append(chunk)
            met.add(name)
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


def is_of_colours(name: bytes, length: int, content: bytes) -> bool:
    """Whether a chunk of this length says what colours are shown; suggestions for old screens do not."""
    bits, kind = content[24], content[25]
    if name == PALETTE:
        return kind == WITH_PALETTE and length <= 3 << min(bits, 8)
    if name == SEE_THROUGH:
        return length <= 256 if kind == WITH_PALETTE else length == OF_SEE_THROUGH.get(kind)
    return length == NUMBERS.get(name)


def chunk_of(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _profile_chunk(body: bytes) -> bytes:
    """The colour profile under a neutral name: the name of a profile can tell whose camera it was."""
    _name, _, packed = body.partition(b"\x00")
    profile = colour_profile(inflated(packed[1:], at_most=MOST_PROFILE_BYTES))
    return chunk_of(b"iCCP", b"ICC profile\x00\x00" + zlib.compress(profile)) if profile else b""
