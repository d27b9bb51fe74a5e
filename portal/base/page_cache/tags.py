"""Which tags does a page depend on, and when was each dropped last?

A counter for all processes lies in one small shared file: slot 0 counts the drops; every tag has the slot of its hash,
holding the count at its last drop. Two tags in one slot only mean one rendering too many. With CACHE_URL set to a
server, the same counters lie there, for sites on several machines.
"""

import fcntl
import mmap
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

SLOTS = 1 << 16
SLOT_BYTES = 8

_collected: ContextVar[set[str] | None] = ContextVar("collected", default=None)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """Collect the tags that are noted with `depends` while a page is made."""
    tags: set[str] = set()
    token = _collected.set(tags)
    try:
        yield tags
    finally:
        _collected.reset(token)


def depends(*tags: str) -> None:
    """Note that what is being made now shows something of these tags."""
    collected = _collected.get()
    if collected is not None:
        collected.update(tags)


def drop(tags: Iterable[str]) -> None:
    """After this transaction commits, no page with one of `tags` that was made before is used again."""
    slots = slots_of(tags)
    transaction.on_commit(lambda: counters().count(slots))


def slots_of(tags: Iterable[str]) -> frozenset[int]:
    return frozenset(1 + zlib.crc32(tag.encode()) % (SLOTS - 1) for tag in tags)


class Counters(Protocol):
    def now(self) -> int:
        """How many drops there were so far."""

    def newest(self, slots: Iterable[int]) -> int:
        """The count at the newest drop among `slots`."""

    def count(self, slots: Iterable[int]) -> None:
        """Drop `slots`."""


class FileCounters:
    """Counters in a file that the processes of one machine map into their memory; reading one costs no system call."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, SLOTS * SLOT_BYTES)
        self._slots = memoryview(mmap.mmap(self._file, SLOTS * SLOT_BYTES)).cast("Q")

    def now(self) -> int:
        return self._slots[0]

    def newest(self, slots: Iterable[int]) -> int:
        return max((self._slots[slot] for slot in slots), default=0)

    def count(self, slots: Iterable[int]) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            number = self._slots[0] + 1
            # Slot 0 last: whoever reads the new count also sees the slots that it stands for.
            for slot in slots:
                self._slots[slot] = number
            self._slots[0] = number
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


class CacheCounters:
    """The same counters on the cache server that several machines share."""

    def now(self) -> int:
        return int(cache.get("page-cache:now", 0))

    def newest(self, slots: Iterable[int]) -> int:
        found = cache.get_many([f"page-cache:{slot}" for slot in slots])
        return max(map(int, found.values()), default=0)

    def count(self, slots: Iterable[int]) -> None:
        cache.add("page-cache:now", 0, timeout=None)
        number, newest = 0, int(cache.incr("page-cache:now"))
        # Somebody who counted later may have written earlier: a slot must not end with the smaller number.
        while number != newest:
            number = newest
            cache.set_many({f"page-cache:{slot}": number for slot in slots}, timeout=None)
            newest = self.now()


_counters: Counters | None = None


def counters() -> Counters:
    global _counters
    if _counters is None:
        is_shared = "redis" in settings.CACHES["default"]["BACKEND"]
        _counters = CacheCounters() if is_shared else FileCounters(Path(settings.VAR_DIR, "page_cache.counters"))
    return _counters
