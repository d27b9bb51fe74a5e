"""Which files may everybody have, until something changes?

A file is public because of a page that shows it. That is remembered until the page, or the whole site, is made anew:
both happen, for all processes at once, when a page is saved, withdrawn, restricted, moved or deleted, and when a file
that it shows is changed. What is hidden is never remembered, so a page that is published shows its files at once.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from media.serving.stored import StoredFile
from portal.base.page_cache.tags import counters, slots_of

#: Files that one process remembers; the ones judged longest ago go first.
MOST_REMEMBERED = 4_000
#: Seconds after which a file is judged again whatever happened: as long as browsers may keep it.
MAX_AGE = 30


class Judged(NamedTuple):
    """A public file, and until when it is one: before its judging began, none of `slots` was dropped."""

    file: StoredFile
    begun: int
    slots: frozenset[int]
    at: float

    def is_good(self) -> bool:
        return counters().newest(self.slots) <= self.begun and time.monotonic() - self.at < MAX_AGE


_judged: OrderedDict[str, Judged] = OrderedDict()


def remember(file: StoredFile, *, tags: Iterable[str], begun: int) -> None:
    """Remember that `file` is public until one of `tags` is dropped; `begun` is the count before it was judged."""
    if connection.in_atomic_block:
        # What is true here may be rolled back.
        return
    _judged[file.name] = Judged(file, begun, slots_of(tags), time.monotonic())
    _judged.move_to_end(file.name)
    while len(_judged) > MOST_REMEMBERED:
        _judged.popitem(last=False)


def public_file(name: str) -> StoredFile | None:
    """The file called `name`, if everybody may have it and we know so."""
    judged = _judged.get(name)
    if judged is None:
        return None
    if judged.is_good():
        return judged.file
    _judged.pop(name, None)
    return None


def forget_public_files() -> None:
    """Remember nothing; for tests, in which a file of the same content is hidden again."""
    _judged.clear()
