"""What do we have of somebody, as the fold wants it?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from lessons.progress.folding import Happened
from lessons.progress.models import LearningEvent


class Stored(NamedTuple):
    """An event as it lies in the table; plain values, because a learner has hundreds of them."""

    id: UUID
    learner_id: int
    course_id: int
    object_id: int
    edition_id: int | None
    verb: str
    value: Mapping[str, Any]
    occurred_at: datetime
    stored_at: datetime
    voids_id: UUID | None

    def happened(self) -> Happened:
        return Happened(
            id=self.id,
            object_id=self.object_id,
            verb=self.verb,
            moment=min(self.occurred_at, self.stored_at),
            edition_id=self.edition_id,
            value=self.value,
            voids=self.voids_id,
        )


def stored(wanted: Q) -> Iterable[Stored]:
    """The events that answer to `wanted`, read as they come."""
    rows = LearningEvent.objects.filter(wanted).order_by().values_list(*Stored._fields)
    return (Stored(*row) for row in rows.iterator(chunk_size=2_000))


def histories(wanted: Q) -> dict[tuple[int, int], list[Happened]]:
    """What happened, by learner and course."""
    found: dict[tuple[int, int], list[Happened]] = {}
    for row in stored(wanted):
        found.setdefault((row.learner_id, row.course_id), []).append(row.happened())
    return found
