"""How is work done that must not be lost, though whoever does it may be killed at any moment?

The order is the row itself: a picture whose sizes are not made yet, a recording without its lighter versions. A task
only says that there is something to do. One process of the machine works off all orders there are; what an earlier
one left open is worked off first.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models

logger = logging.getLogger(__name__)

#: A task that was enqueued but died is replaced after this time, when the next order comes.
SECONDS_OF_TRUST = 30


def work_off(
    waiting: Callable[[], "models.QuerySet[Any]"],
    make: Callable[[Any], None],
    *,
    coming: str,
    progress: Callable[[int], None],
) -> int:
    """`make` every row that is `waiting`, and closes its own order by it; returns how many are done."""
    # From here on a new order asks for a new task: we might not see it any more.
    cache.delete(coming)
    done, failed = 0, set[int]()
    with alone():
        while order := waiting().exclude(pk__in=failed).order_by("pk").first():
            try:
                make(order)
            except Exception:  # One that cannot be made must not keep the others waiting.
                logger.exception("%s %d could not be worked off.", order._meta.label, order.pk)
                failed.add(order.pk)
                continue
            done += 1
            progress(done)
    return done


def ask(enqueue: Callable[[], object], *, coming: str) -> None:
    """See to it that the worker will come, once for many orders."""
    if cache.add(coming, True, timeout=SECONDS_OF_TRUST):
        enqueue()


def ask_again(enqueue: Callable[[], object], *, coming: str) -> None:
    """For a worker that starts: whatever the one before it promised, it may have been killed."""
    cache.delete(coming)
    ask(enqueue, coming=coming)


@contextmanager
def alone() -> Iterator[None]:
    """One process of this machine at a time; the system lets the next one in when a worker is killed."""
    with open(Path(settings.VAR_DIR, "media_orders.lock"), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
