"""What is a GIF made of? Blocks; the first frame with its colours stays (GIF89a specification)."""

from media.ingest.kept import Damaged
from media.ingest.stripped import Stripped

EXTENSION, FRAME, TRAILER = 0x21, 0x2C, 0x3B
GRAPHIC_CONTROL = 0xF9


def is_one(content: bytes) -> bool:
    return content.startswith((b"GIF87a", b"GIF89a"))


def stripped(content: bytes) -> Stripped:
    """The first frame. The screen is the size of the picture; a frame that is larger counts as damaged."""
    width, height = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    at = 13 + colours_in(content[10])
    kept = [content[:at]]
    while content[at] == EXTENSION:
        end = end_of_blocks(content, at + 2)
        if content[at + 1] == GRAPHIC_CONTROL:
            kept[1:] = [content[at:end]]
        at = end
    if content[at] != FRAME:
        raise Damaged("no frame")
    check_inside(content[at + 1 : at + 9], width, height)
    end = end_of_blocks(content, at + 11 + colours_in(content[at + 9]))
    return Stripped(b"".join([*kept, content[at:end], bytes([TRAILER])]), width, height)


def colours_in(flags: int) -> int:
    """The length in bytes of the colour table that `flags` announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def end_of_blocks(content: bytes, at: int) -> int:
    """Where a chain of sub-blocks, each led by its length, ends."""
    while content[at]:
        at += content[at] + 1
    return at + 1


def check_inside(place: bytes, width: int, height: int) -> None:
    left, top, across, down = (int.from_bytes(place[at : at + 2], "little") for at in (0, 2, 4, 6))
    if left + across > width or top + down > height or not width or not height:
        raise Damaged("a frame larger than the screen")
