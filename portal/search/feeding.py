"""How does the index learn what has changed?

Whoever changes something leaves a `Change` in the same transaction (`note`) and, after the commit, sees to it that a
task will come. The task drains all changes there are, in batches, alone among all processes. Publishing never waits
for the index and never fails because of it.
"""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django_tasks import task

from portal.search.document import Document
from portal.search.documents import BATCH, all_documents, documents_of, owner_of
from portal.search.models import Change
from portal.search.whoosh_index import Index, IndexIsUnusable, index_at

logger = logging.getLogger(__name__)

#: A task that was enqueued but died is replaced after this time, when the next change or the next search notices.
SECONDS_OF_TRUST = 30
#: How many changes are drained together; a page that is published leaves several.
MOST_CHANGES = 5 * BATCH
DRAIN_IS_COMING = "portal_search:drain"
REBUILD_IS_COMING = "portal_search:rebuild"


def index() -> Index:
    """The index of this site. Visitors are answered from it also where another engine serves the admin."""
    return index_at(str(settings.MODELSEARCH_BACKENDS["default"].get("PATH") or Path(settings.VAR_DIR, "index")))


def note(thing: models.Model) -> None:
    """The documents of `thing` are out of date, or it is gone."""
    note_owner(owner_of(thing))


def note_owner(owner: str) -> None:
    Change.objects.create(owner=owner)
    transaction.on_commit(ask_for_drain, robust=True)


def ask_for_drain() -> None:
    if cache.add(DRAIN_IS_COMING, True, timeout=SECONDS_OF_TRUST):
        drain_index.enqueue()


def begin_again() -> None:
    """For a worker that starts: whatever the one before it promised, it may have been killed."""
    cache.delete(DRAIN_IS_COMING)
    ask_for_drain()


def ask_for_rebuild(reason: str) -> None:
    """The index cannot be used: have it built again, and say why in the log, once."""
    if cache.add(REBUILD_IS_COMING, True, timeout=SECONDS_OF_TRUST):
        logger.warning("The search index will be built again: %s", reason)
        rebuild_index.enqueue()


def drain() -> int:
    """Index everything that has changed; returns how many changes there were."""
    # From here on a new change asks for a new task: we might not see it any more.
    cache.delete(DRAIN_IS_COMING)
    try:
        return _drain()
    except IndexIsUnusable as unusable:
        logger.warning("The search index is built again: %s", unusable)
        return rebuild()
    except BaseException:
        # Not at once again: whatever is wrong, a disk that is full perhaps, needs a moment.
        cache.set(DRAIN_IS_COMING, True, timeout=SECONDS_OF_TRUST)
        raise


def _drain() -> int:
    done = 0
    with index().turn():
        while changes := dict(Change.objects.order_by("pk").values_list("pk", "owner")[:MOST_CHANGES]):
            owners = list(dict.fromkeys(changes.values()))
            index().write(documents_of(owners), instead_of=owners)
            Change.objects.filter(pk__in=changes).delete()
            done += len(changes)
    return done


def rebuild(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Build the whole index anew and change over to it; returns how many documents it has.

    `progress` is told how many documents there are so far.
    """
    count = 0

    def counted() -> Iterator[Document]:
        nonlocal count
        for document in all_documents():
            count += 1
            progress(count)
            yield document

    with index().turn():
        # Changes of which we know now are committed, so what we read from now on holds them already.
        covered = list(Change.objects.values_list("pk", flat=True))
        index().replace(counted())
        for start in range(0, len(covered), BATCH):
            Change.objects.filter(pk__in=covered[start : start + BATCH]).delete()
        cache.delete(REBUILD_IS_COMING)
    _drain()
    return count


@task(backend="background", queue_name="background")
def drain_index() -> int:
    """What the task worker does after a change."""
    return drain()


@task(backend="background", queue_name="background")
def rebuild_index() -> int:
    """What the task worker does when the index cannot be used."""
    return rebuild()


def empty() -> None:
    """Forget everything that is indexed; the next change or rebuild fills the index again."""
    with index().turn():
        index().replace([])
