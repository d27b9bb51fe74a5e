"""How does the index learn what has changed?

Whoever changes something leaves a `Change` in the same transaction (`note`) and, after the commit, sees to it that a
task will come. The task drains all changes there are, in batches, alone among all processes. Publishing never waits
for the index and never fails because of it: while the index cannot be written, the changes wait.

A rebuild makes a new generation beside the one that answers. Others go on draining into the old one, and so does the
rebuild itself from time to time; what was drained meanwhile is replayed before the new one takes over.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django_tasks import task
from modelsearch.index import get_indexed_models

from portal.search.document import Document
from portal.search.documents import BATCH, all_owners, documents_of, owner_of
from portal.search.models import Change
from portal.search.whoosh_index import Index, IndexIsBusy, IndexIsUnusable, UnableToWrite, index_at

logger = logging.getLogger(__name__)

#: A task that was enqueued but died is replaced after this time, when the next change or the next search notices.
SECONDS_OF_TRUST = 30
#: Somebody who keeps the index for longer than this hangs; the worker has other things to do.
SECONDS_OF_PATIENCE = 20.0
#: A disk that is full needs a moment.
SECONDS_UNTIL_NEXT_TRY = 30
#: What is published while the index is being built is found after this time, with what it takes to write it.
SECONDS_BETWEEN_DRAINS = 2.0
#: How many changes are drained together; a page that is published leaves several.
MOST_CHANGES = 5 * BATCH
#: Ahead of pictures and recordings, which take long: somebody waits to find what was published.
PRIORITY = 50
DRAIN_IS_COMING = "portal_search:drain"
REBUILD_IS_COMING = "portal_search:rebuild"

Progress = Callable[[int, int], None]


def index() -> Index:
    """The index of this site."""
    return index_at(str(settings.MODELSEARCH_BACKENDS["default"].get("PATH") or Path(settings.VAR_DIR, "index")))


def has_index() -> bool:
    """Whether this site keeps an index of our own, and not another engine's."""
    return bool(settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] == "portal.search.backend")


# --- what has changed -----------------------------------------------------------------------------------------
def note(thing: models.Model) -> None:
    """The documents of `thing` are out of date, or it is gone."""
    note_owner(owner_of(thing))


def note_owner(owner: str) -> None:
    note_owners([owner])


def note_owners(owners: Iterable[str]) -> None:
    """Many at once: a branch that moves is one query and one task, however many pages it has."""
    if has_index():
        Change.objects.bulk_create([Change(owner=owner) for owner in owners], batch_size=BATCH)
        transaction.on_commit(ask_for_drain, robust=True)


def note_everything(*, reason: str) -> None:
    """What all documents are made with has changed, a dictionary perhaps: the index is built again, soon and once."""
    if has_index():
        Change.objects.create(owner=Change.EVERYTHING, reason=reason[:200])
        transaction.on_commit(ask_for_drain, robust=True)


# --- tasks ----------------------------------------------------------------------------------------------------
def ask_for_drain() -> None:
    if _is_first(DRAIN_IS_COMING):
        drain_index.enqueue()


def ask_for_rebuild(reason: str) -> None:
    """The index cannot be used: have it built again, and say why in the log, once."""
    if has_index() and _is_first(REBUILD_IS_COMING):
        want_rebuild(reason)
        ask_for_drain()


def want_rebuild(reason: str) -> None:
    """The wish is a row, so that it outlives whoever has it; its time tells staff since when something is wrong."""
    logger.warning("The search index will be built again: %s", reason)
    if not Change.objects.of_everything().exists():
        Change.objects.create(owner=Change.EVERYTHING, reason=reason[:200])


def _try_again_later() -> None:
    _is_first(DRAIN_IS_COMING)
    if drain_index.get_backend().supports_defer:
        drain_index.using(run_after=timezone.now() + timedelta(seconds=SECONDS_UNTIL_NEXT_TRY)).enqueue()


def _is_first(key: str) -> bool:
    """Whether nobody else has asked lately. The cache may lie on the very disk that is full: then everybody asks."""
    try:
        return cache.add(key, True, timeout=SECONDS_OF_TRUST)
    except OSError:
        return True


def forget_promises() -> None:
    """From here on a new change asks for a new task. For whoever drains, because it might not see that change any
    more, and for a worker that starts: whatever the one before it promised, it may have been killed."""
    try:
        cache.delete_many([DRAIN_IS_COMING, REBUILD_IS_COMING])
    except OSError:
        logger.warning("The cache cannot be written.")


@task(backend="background", queue_name="background", priority=PRIORITY)
def drain_index() -> int:
    """What the task worker does after a change."""
    return drain()


# --- draining -------------------------------------------------------------------------------------------------
def drain() -> int:
    """Index everything that has changed, all of it anew if need be; returns how many changes or documents it were.

    What cannot be written now waits, and is tried again.
    """
    forget_promises()
    try:
        return _drain()
    except (UnableToWrite, IndexIsBusy) as unable:
        # Its words only: whoever keeps the record would keep the files open that failed.
        logger.warning("Changes wait until the search index can be written: %s", str(unable))
        _try_again_later()
        return 0
    except BaseException:
        # Not at once again, whatever is wrong.
        _is_first(DRAIN_IS_COMING)
        raise


def _drain() -> int:
    try:
        done = _write_waiting()
    except IndexIsUnusable as unusable:
        want_rebuild(str(unusable))
        return rebuild(patience=0)
    if Change.objects.of_everything().exists():
        return rebuild(patience=0)
    return done


def _write_waiting() -> int:
    """Write what has changed into the index that answers. Raises IndexIsUnusable, UnableToWrite, IndexIsBusy."""
    done = 0
    with index().turn(patience=SECONDS_OF_PATIENCE):
        is_being_rebuilt = index().is_being_rebuilt()
        if not is_being_rebuilt:
            # Kept for a rebuild that was killed.
            Change.objects.written().delete()
        while changes := _first(Change.objects.waiting()):
            _write(changes)
            _settle(changes, is_being_rebuilt=is_being_rebuilt)
            done += len(changes)
    return done


def _first(changes: "models.QuerySet[Change]") -> dict[int, str]:
    """The oldest changes of things by their keys."""
    of_things = changes.exclude(owner=Change.EVERYTHING)
    return dict(of_things.order_by("pk").values_list("pk", "owner")[:MOST_CHANGES])


def _write(changes: dict[int, str], *, generation: str = "") -> None:
    owners = list(dict.fromkeys(changes.values()))
    index().write(_documents(owners), instead_of=owners, generation=generation)


def _settle(keys: Iterable[int], *, is_being_rebuilt: bool) -> None:
    for batch in _batches(keys):
        changes = Change.objects.filter(pk__in=batch)
        if is_being_rebuilt:
            changes.update(is_written=True)
        else:
            changes.delete()


def _documents(owners: list[str]) -> list[Document]:
    """The documents of `owners`. One that fails, by whatever fault of a page's own code, must not keep all others
    from being found: it is found no more, and health.py asks for it again when a worker starts."""
    try:
        return documents_of(owners)
    except DatabaseError:
        raise
    except Exception:
        if len(owners) > 1:
            return [document for owner in owners for document in _documents([owner])]
        logger.exception("%s cannot be indexed.", owners[0])
        return []


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    remaining = list(keys)
    for start in range(0, len(remaining), BATCH):
        yield remaining[start : start + BATCH]


# --- rebuilding -----------------------------------------------------------------------------------------------
def rebuild(*, progress: Progress = lambda done, of: None, patience: float = 600) -> int:
    """Build the whole index anew and change over to it; returns how many documents were made.

    The one before answers meanwhile and learns what changes. `progress` is told how many things of how many are done.
    Raises IndexIsBusy if another rebuild is not over within `patience` seconds, and UnableToWrite.
    """
    with index().rebuilding(patience=patience):
        with index().turn():
            # Whoever writes after this turn sees that there is a rebuild, and keeps the changes for it. What is
            # known now is committed, so what we read from now on holds it already.
            covered = list(Change.objects.values_list("pk", flat=True))
            index().clear_away()
        made = _Made(progress)
        generation = index().build(made.of(all_owners()))
        with index().turn():
            replayed = _replay(generation, but=frozenset(covered))
            index().change_over(generation)
            _settle([*covered, *replayed], is_being_rebuilt=False)
        return made.documents


def count_things() -> int:
    """How many things should stand in the index."""
    return sum(model.get_indexed_objects().count() for model in get_indexed_models())


class _Made:
    """What a rebuild has made so far. Now and then it lets those changes pass that came meanwhile."""

    def __init__(self, progress: Progress) -> None:
        self.documents = 0
        self._progress = progress
        self._drained_at = time.monotonic()

    def of(self, owners: list[str]) -> Iterator[Document]:
        """The documents of all owners, batch by batch."""
        for start in range(0, len(owners), BATCH):
            batch = owners[start : start + BATCH]
            done = start
            for _owner, documents in groupby(_documents(batch), key=lambda document: document.owner):
                done += 1
                self._progress(done, len(owners))
                for document in documents:
                    self.documents += 1
                    yield document
                self._let_changes_pass()
            self._progress(start + len(batch), len(owners))

    def _let_changes_pass(self) -> None:
        if time.monotonic() - self._drained_at < SECONDS_BETWEEN_DRAINS:
            return
        try:
            if Change.objects.waiting().of_things().exists():
                _write_waiting()
        except (IndexIsUnusable, IndexIsBusy, UnableToWrite):
            pass  # There is no old index, or others are at it: the new one will hold it all.
        self._drained_at = time.monotonic()


def _replay(generation: str, *, but: frozenset[int]) -> list[int]:
    """Write into a new generation what has changed since it was begun; the keys of those changes."""
    since = Change.objects.exclude(owner=Change.EVERYTHING).order_by("pk").values_list("pk", "owner")
    changes = [(key, owner) for key, owner in since if key not in but]
    for start in range(0, len(changes), MOST_CHANGES):
        _write(dict(changes[start : start + MOST_CHANGES]), generation=generation)
    return [key for key, _owner in changes]


def empty() -> None:
    """Forget everything that is indexed; the next change or rebuild fills the index again."""
    with index().rebuilding(), index().turn():
        index().replace([])
