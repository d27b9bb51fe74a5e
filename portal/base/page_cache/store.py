"""Where do made pages wait, and when is one still good?"""

import hashlib
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from portal.base.page_cache.tags import counters

#: Bytes of HTML that one process keeps; the oldest go first.
ROOM = 24 * 1024 * 1024
#: Seconds after which a page is made again whatever happened: the net under everything else.
MAX_AGE = 600


class Key(NamedTuple):
    """What decides how a page looks: an address, and a kind of reader."""

    host: str
    is_secure: bool
    path: str
    admitted: frozenset[int]


@dataclass(frozen=True)
class Made:
    """A page as it was made: when, from what, for whom."""

    begun: int
    slots: frozenset[int]
    audience_id: int
    at: float = field(default_factory=time.monotonic)

    def is_good(self) -> bool:
        return counters().newest(self.slots) <= self.begun and time.monotonic() - self.at < MAX_AGE


@dataclass(frozen=True)
class Parts:
    """A page cut at its personal places, for people who are signed in."""

    made: Made
    parts: list[str]
    language: str

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) * 2


@dataclass(frozen=True)
class Whole:
    """A finished answer for signed-out visitors, with its headers and its body in each encoding."""

    made: Made
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    etag: str

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))


Kept = TypeVar("Kept", Parts, Whole)


class Store(Generic[Kept]):
    """Pages in the memory of this process, the least recently used dropped first."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._room = room
        self._size = 0
        self._lock = threading.RLock()

    def get(self, key: Key) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        if not kept.made.is_good():
            self._forget(key)
            return None
        # Another thread may have forgotten it meanwhile.
        with suppress(KeyError):
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: Key, page: Kept) -> None:
        with self._lock:
            self._forget(key)
            self._kept[key] = page
            self._size += page.size
            while self._size > self._room and len(self._kept) > 1:
                self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _forget(self, key: Key) -> None:
        with self._lock:
            gone = self._kept.pop(key, None)
            if gone is not None:
                self._size -= gone.size


wholes: Store[Whole] = Store()
parts: Store[Parts] = Store()


def etag_of(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
