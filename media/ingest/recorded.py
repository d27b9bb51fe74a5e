"""What does a format's module tell about a recording?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Recorded:
    """What is left of a recording: "audio", "video" or "panorama"; its length in seconds, its picture in pixels."""

    kind: str
    extension: str
    content_type: str
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    has_sound: bool = True


class Stripper(Protocol):
    def __call__(self, source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
        """Write to `into` what of `source` can be seen and heard, and nothing else; neither is ever held whole.

        With `sound_only` the pictures are left out too. Raises Damaged, and UnableToKeep where advice helps.
        """


@dataclass(frozen=True)
class RecordingFormat:
    """`is_one` looks at the first 64 bytes; `extensions` are the names that people give to such files."""

    name: str
    extensions: tuple[str, ...]
    is_one: Callable[[bytes], bool]
    stripped: Stripper
