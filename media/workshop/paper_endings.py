"""Why is a PDF not taken? The number with which its process ends."""

from enum import IntEnum


class Reason(IntEnum):
    """Numbers beside those of `endings.Ending`, which mean the same for paper as for pictures."""

    LOCKED = 30
    ACTS = 31
    CARRIES_FILES = 32
    FILLED_IN = 33
    SIGNED = 34
    TOO_MANY_PAGES = 35
    UNPACKS_TO_TOO_MUCH = 36
    UNUSUAL = 37


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason
