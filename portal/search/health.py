"""Is the index what the database says it should be?

`look` is quick and is what staff are told; `differences` compares what stands in the index with the database, thing by
thing and audience by audience. A worker that starts does both and mends what it finds. Nothing is remembered: what is
known of the index's health stands in its files and in the rows of `Change`.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Min
from django_tasks import task
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from portal.base.audience import Audience, PageAudience
from portal.search import documents, feeding, part_documents
from portal.search.models import PAGE, Change
from portal.search.queries import All, Word
from portal.search.whoosh_index import IndexIsBusy, IndexIsUnusable, Reader, UnableToWrite

logger = logging.getLogger(__name__)

#: What is published is found within a minute even under load; after five, nobody is at work.
LONG_ENOUGH_TO_WAIT = timedelta(minutes=5)
#: More things than this, and more than this part of all, are quicker built anew than mended one by one.
LEAST_TO_REBUILD, PART_TO_REBUILD = 500, 0.1


@dataclass(frozen=True)
class Health:
    """`trouble` says for a log why the index cannot be used; empty if it can. `since` is when the oldest change was
    noted that still waits or, while the index cannot be used, the wish to build it again."""

    trouble: str = ""
    is_being_built: bool = False
    waiting: int = 0
    since: datetime | None = None

    @property
    def is_usable(self) -> bool:
        return not self.trouble

    def is_behind(self, *, at: datetime) -> bool:
        """Whether changes wait for longer than they should."""
        return self.since is not None and at - self.since > LONG_ENOUGH_TO_WAIT

    def is_well(self, *, at: datetime) -> bool:
        return self.is_usable and not self.is_behind(at=at)


def look() -> Health:
    """How the index is now; two queries, and what a search reads of the index."""
    if not feeding.has_index():
        return Health()
    trouble = _trouble()
    # While the index answers, wishes to build it again are no trouble.
    waiting = Change.objects.waiting() if trouble else Change.objects.waiting().of_things()
    return Health(
        trouble=trouble,
        is_being_built=feeding.index().is_being_rebuilt(),
        waiting=waiting.of_things().count(),
        since=waiting.aggregate(since=Min("noted_at"))["since"],
    )


def _trouble() -> str:
    try:
        feeding.index().reader()
    except IndexIsUnusable as unusable:
        return str(unusable)
    return ""


# --- comparing ------------------------------------------------------------------------------------------------
def differences() -> frozenset[str]:
    """The owners that stand in the index and should not, or should and do not, or for another audience; without those
    whose change waits. Raises IndexIsUnusable, IndexIsBusy, UnableToWrite.

    Asked within a turn, so that nobody writes meanwhile.
    """
    with feeding.index().turn():
        reader = feeding.index().reader()
        wrong = _indexed(reader) ^ _expected()
        # Read last: what changed after the index was read, waits.
        waiting = set(Change.objects.waiting().values_list("owner", flat=True))
    return frozenset(owner for owner, _label in wrong) - waiting


def _indexed(reader: Reader) -> set[tuple[str, str]]:
    """Everything that stands in the index: (owner, label), for things and for the audiences of pages."""
    facts: set[tuple[str, str]] = set()
    for root in {get_model_root(model) for model in get_indexed_models()}:
        things = _numbers(reader, documents.THING, documents.type_label(root))
        facts.update((f"{root._meta.label_lower}:{reader.pk(number)}", documents.THING) for number in things)
    for audience in Audience.objects.values_list("pk", flat=True):
        label = f"audience:{audience}"
        pages = {int(reader.groups[number]) for number in _numbers(reader, part_documents.PART, label)}
        facts.update((f"{PAGE}{page}", label) for page in pages if page > 0)
    return facts


def _numbers(reader: Reader, *labels: str) -> list[int]:
    query = All(tuple(Word("labels", label) for label in labels))
    return [int(number) for number in np.flatnonzero(reader.matches(query).held)]


def _expected() -> set[tuple[str, str]]:
    """The same as the database has it."""
    facts: set[tuple[str, str]] = set()
    for model in get_indexed_models():
        root = get_model_root(model)._meta.label_lower
        keys = model.get_indexed_objects().order_by().values_list("pk", flat=True)
        facts.update((f"{root}:{key}", documents.THING) for key in keys)
    audiences = PageAudience.objects.filter(page__live=True).order_by().values_list("page_id", "audience_id")
    facts.update((f"{PAGE}{page}", f"audience:{audience}") for page, audience in audiences)
    return facts


# --- mending --------------------------------------------------------------------------------------------------
def mend() -> None:
    """Bring the index to what the database says: by itself where little is wrong, else by building it again.

    What cannot be mended now, because the disk is full perhaps, waits for the next try of `drain`.
    """
    if not feeding.has_index():
        _leave_nothing()
        return
    feeding.drain()
    try:
        wrong = differences()
    except IndexIsUnusable as unusable:
        feeding.want_rebuild(str(unusable))
        feeding.drain()
    except (IndexIsBusy, UnableToWrite) as unable:
        logger.warning("The search index could not be compared with the database: %s", str(unable))
    else:
        _mend(wrong)


def _mend(wrong: frozenset[str]) -> None:
    if not wrong:
        return
    logger.warning("The search index differs from the database in %d things, and is mended.", len(wrong))
    if len(wrong) > max(LEAST_TO_REBUILD, PART_TO_REBUILD * feeding.count_things()):
        feeding.note_everything(reason=f"{len(wrong)} things differ from the database")
    else:
        feeding.note_owners(sorted(wrong))
    feeding.drain()


def _leave_nothing() -> None:
    """Another engine is used, so nobody tells our index of changes: it must not be there when it is chosen again."""
    Change.objects.all().delete()
    if feeding.index().folder.is_dir():
        with feeding.index().turn():
            feeding.index().remove()


@task(backend="background", queue_name="background", priority=feeding.PRIORITY)
def mend_index() -> None:
    """What the task worker does first."""
    mend()


def begin() -> None:
    """For a worker that starts: changes that the one before it left, and whatever happened to the index."""
    feeding.forget_promises()
    mend_index.enqueue()
