"""How can a job end? The number with which the process ends is all that the other side believes of a failure."""

import signal
from enum import IntEnum


class Ending(IntEnum):
    DONE = 0
    DAMAGED = 10
    TOO_LARGE = 11
    POINTS_ELSEWHERE = 12
    DECLARES_ENTITIES = 13
    HAS_NO_SIZE = 14
    UNKNOWN_LETTERS = 15


class Unfinished(Exception):
    """The job cannot be done, for a reason that the person who brought the picture can do something about."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.name)
        self.ending = ending


#: What ends a process that asks for more than its share: libraries that give up, and the kernel.
OUT_OF_BOUNDS = frozenset(
    {signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGBUS}
)
#: How libraries say that there was no memory left for them.
NO_MEMORY = (
    "out of memory",
    "memory allocation",
    "unable to allocate",
    "cannot allocate",
    "not enough memory",
    "limit",
)


def of(error: Exception) -> Ending:
    said = str(error).lower()
    return Ending.TOO_LARGE if any(words in said for words in NO_MEMORY) else Ending.DAMAGED


def of_code(code: int) -> Ending:
    """What the code with which a process ended means; below zero it is the signal that ended it."""
    if code < 0:
        return Ending.TOO_LARGE if -code in OUT_OF_BOUNDS else Ending.DAMAGED
    return Ending(code) if code in set(Ending) else Ending.DAMAGED
