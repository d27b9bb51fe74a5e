"""What does a task worker do first? What the one before it may have left behind.

A worker that is killed leaves its task marked as running for ever, and nobody takes it up. So work that must not be
lost is kept as rows of its own (a change that is not indexed, a picture without its sizes), and each app that has such
rows registers a function that sees to them.
"""

from collections.abc import Callable

_first: list[Callable[[], object]] = []


def when_worker_starts(see_to_it: Callable[[], object]) -> Callable[[], object]:
    """Call `see_to_it` each time a task worker starts; it enqueues a task, and does nothing that takes long."""
    if see_to_it not in _first:
        _first.append(see_to_it)
    return see_to_it


def begin() -> None:
    for see_to_it in _first:
        see_to_it()
