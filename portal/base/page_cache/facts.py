"""What else of a page can be remembered until it changes? Its address, its audience, its place in a course."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from django.db import connection

from portal.base.page_cache.tags import counters, slots_of

#: Facts that one process remembers; the least recently used go first.
MOST_REMEMBERED = 4_000

Fact = TypeVar("Fact")


class Remembered(NamedTuple):
    begun: int
    slots: frozenset[int]
    fact: object


_remembered: OrderedDict[Hashable, Remembered] = OrderedDict()


def remember(key: Hashable, *, tags: Iterable[str], find: Callable[[], Fact]) -> Fact:
    """What `find` answered for `key`, until one of `tags` is dropped. A fact must hold for everybody."""
    kept = _remembered.get(key)
    if kept is not None and counters().newest(kept.slots) <= kept.begun:
        return kept.fact  # type: ignore[return-value]
    if connection.in_atomic_block:
        # What is true here may be rolled back.
        return find()
    begun = counters().now()
    fact = find()
    _remembered[key] = Remembered(begun, slots_of(tags), fact)
    while len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)
    return fact


def forget_facts() -> None:
    """Remember nothing; for tests, in which another page comes under an id that was met before."""
    _remembered.clear()
