"""What do people send who want a door to fail? Files that break off, and files with any of their bytes changed."""

import random
import time
from collections.abc import Iterator

from media.ingest import UnableToKeep, cleaned_recording
from tests.media.files import called

#: Far more than the slowest of our small files needs on a busy machine.
MOST_SECONDS = 2.0


def broken_off(whole: bytes, *, count: int = 80) -> Iterator[bytes]:
    for length in range(0, len(whole), max(1, len(whole) // count)):
        yield whole[:length]


def changed(whole: bytes, *, count: int = 400, seed: int = 20_261_122) -> Iterator[bytes]:
    """Bytes replaced, left out, put in, and lengths that promise everything."""
    chance = random.Random(seed)  # noqa: S311 - the same changes every time
    for _number in range(count):
        content = bytearray(whole)
        for _change in range(chance.choice((1, 1, 2, 8))):
            at = chance.randrange(len(content) // (1 if chance.random() < 0.5 else 8) or 1)
            piece = bytes(chance.randrange(256) for _byte in range(chance.choice((0, 1, 2))))
            content[at : at + chance.choice((0, 1, 1, 4))] = chance.choice((piece, b"\xff" * 4, b"\x00" * 4))
        yield bytes(content)


def taken(name: str, content: bytes) -> bool:
    """Whether it is kept; anything but that or a refusal fails the test, and so does one that takes too long."""
    begin = time.monotonic()
    try:
        cleaned_recording(called(name, content))
    except UnableToKeep:
        return False
    finally:
        assert time.monotonic() - begin < MOST_SECONDS
    return True
