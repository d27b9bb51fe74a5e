"""What does a format's module tell about a picture?"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from media.ingest.icc import colours_of
from media.ingest.kept import Damaged

#: A colour profile has a few hundred bytes, with tables for printing up to two million. What is larger, or is none,
#: goes.
MOST_PROFILE_BYTES = 2 * 1024 * 1024
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Stripped:
    """A picture of which only pixels and colour profile are left; width and height in pixels, from its header.

    `orientation` is how the camera was held (1 to 8, as in EXIF): what stays is not turned yet.
    """

    content: bytes
    width: int
    height: int
    orientation: int = 1


@dataclass(frozen=True)
class Format:
    name: str
    extensions: tuple[str, ...]
    content_type: str
    is_one: Callable[[bytes], bool]
    stripped: Callable[[bytes], Stripped]


def orientation_in(exif: bytes) -> int:
    """How the camera was held, from the bytes of an EXIF block; 1 (upright) where it does not say."""
    found = Image.Exif()
    try:
        found.load(exif)
        orientation = found.get(ORIENTATION, 1)
    except Exception:
        return 1
    return orientation if orientation in range(1, 9) else 1


def colour_profile(profile: bytes) -> bytes:
    """The numbers of the ICC profile in `profile`, or nothing if it is none (ICC.1:2022, 7.2)."""
    size = int.from_bytes(profile[:4], "big")
    is_one = 128 <= size <= min(len(profile), MOST_PROFILE_BYTES)
    return colours_of(profile[:size]) if is_one else b""


def inflated(content: bytes, *, at_most: int) -> bytes:
    """Unpack zlib data; what would become larger than `at_most` bytes is a bomb."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(content, at_most)
    except zlib.error as error:
        raise Damaged("zlib") from error
    if unpacker.unconsumed_tail:
        raise Damaged("unpacks to too much")
    return unpacked
