"""How is a recording of hundreds of megabytes read without ever being held whole?

Piece by piece, counting: a file that promises more than it holds, or that is cut into more pieces than any recording
has, ends in Damaged, soon.
"""

from typing import BinaryIO, Protocol

from media.ingest.kept import Damaged

#: No element that we look into is larger; what is larger is copied without being looked at.
MOST_AT_ONCE = 4 * 1024 * 1024
COPIED_AT_ONCE = 256 * 1024
READ_AT_ONCE = 256 * 1024
#: Frames, pages or blocks: half a day of sound, or seven hours of video with sound.
MOST_PIECES = 2_000_000
#: Nothing that we keep is longer, in seconds; a clock that says more lies.
MOST_SECONDS = 48 * 3600


class Writable(Protocol):
    def write(self, piece: bytes, /) -> object: ...


class Reading:
    """`source` from its beginning; `at` is where we are, in bytes, and `size` where it ends.

    `pieces` and `junk` count what a format's module has to limit.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.size = source.seek(0, 2) or source.tell()
        self.at = 0
        self.window, self.window_at = b"", 0
        self.pieces = 0
        self.junk = 0

    def count(self) -> None:
        """One more piece."""
        self.pieces += 1
        if self.pieces > MOST_PIECES:
            raise Damaged("too many pieces")

    def up_to(self, length: int) -> bytes:
        """The next `length` bytes, fewer at the end."""
        begin = self.at - self.window_at
        if begin < 0 or begin + length > len(self.window):
            # Asking the source for every few bytes would take longer than all the rest.
            self.source.seek(self.at)
            self.window, self.window_at, begin = self.source.read(max(length, READ_AT_ONCE)), self.at, 0
        piece = self.window[begin : begin + length]
        self.at += len(piece)
        return piece

    def take(self, length: int) -> bytes:
        """Exactly the next `length` bytes."""
        if length > MOST_AT_ONCE:
            raise Damaged("an element is too large")
        piece = self.up_to(length)
        if len(piece) != length:
            raise Damaged("breaks off")
        return piece

    def go_to(self, at: int) -> None:
        if not 0 <= at <= self.size:
            raise Damaged("points behind the end")
        self.at = at

    def copy(self, length: int, *, into: Writable) -> None:
        """Write the next `length` bytes to `into`."""
        if length > self.size - self.at:
            raise Damaged("breaks off")
        while length > 0:
            piece = self.take(min(length, COPIED_AT_ONCE))
            into.write(piece)
            length -= len(piece)


def checked_seconds(seconds: float) -> float:
    if not 0 <= seconds <= MOST_SECONDS:
        raise Damaged(f"{seconds} seconds")
    return seconds
