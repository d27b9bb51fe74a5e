"""Why can a file not be read? The number with which its process ends, which is all that the other side believes."""

from enum import IntEnum


class Ending(IntEnum):
    DONE = 0
    DAMAGED = 10
    TOO_LARGE = 11
    HAS_MACROS = 12
    LOCKED = 13
    OLD_WORD = 14
    NOT_WORD = 15
    DECLARES_ENTITIES = 16
    UNPACKS_TO_TOO_MUCH = 17
    WRONG_NAME = 18
    NOT_TEXT = 19
    EMPTY = 20


class Unreadable(Exception):
    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.name)
        self.ending = ending
