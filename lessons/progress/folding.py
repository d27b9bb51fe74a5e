"""What follows from what somebody did? One pure function says so; states are caches of its answer.

It does not mind the order in which events come, or that one comes twice. Ranks only rise. Percent is of the newest
edition; what was completed is a fact about the edition that was completed. Only taking an event back undoes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from lessons.progress.models import Rank, Verb

#: An event from before the first edition counts for all of them.
BEFORE_ALL_EDITIONS = 0
HUNDREDTH = Decimal("0.01")
RANKS = {Verb.OPENED: Rank.OPENED, Verb.REACHED: Rank.BEGUN, Verb.FINISHED: Rank.DONE}


@dataclass(frozen=True)
class Happened:
    """An event as the fold sees it. `moment` is the client's clock, but never later than when we stored it."""

    id: UUID
    object_id: int
    verb: str
    moment: datetime
    edition_id: int | None = None
    value: Mapping[str, Any] = field(default_factory=dict)
    voids: UUID | None = None


@dataclass(frozen=True)
class EditionOutline:
    """What an edition requires, in reading order."""

    id: int
    number: int
    required: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outline:
    """What a course consists of, in all its editions, the oldest first."""

    course_id: int
    editions: tuple[EditionOutline, ...] = ()

    @property
    def newest(self) -> EditionOutline | None:
        return self.editions[-1] if self.editions else None

    @cached_property
    def numbers(self) -> dict[int | None, int]:
        return {edition.id: edition.number for edition in self.editions}


@dataclass(frozen=True)
class FoldedObject:
    """How far a learner is with one object; the fields of ObjectState."""

    rank: int
    first_at: datetime
    last_at: datetime
    done_at: datetime | None
    share: Decimal | None
    score: Decimal | None
    latest: Mapping[str, Any]


@dataclass(frozen=True)
class Completed:
    edition: EditionOutline
    at: datetime


@dataclass(frozen=True)
class Folded:
    """Where a learner stands in one course."""

    objects: Mapping[int, FoldedObject]
    is_enrolled: bool
    enrolled_at: datetime | None
    last_at: datetime | None
    edition_id: int | None
    done_count: int
    required_count: int
    completed: Completed | None
    next_object_id: int | None

    @property
    def percent(self) -> int:
        """Required objects of the newest edition that are done, in hundredths of all of them, rounded down."""
        return self.done_count * 100 // self.required_count if self.required_count else 0

    @property
    def new_since(self) -> int:
        """How many required objects the newest edition has that the completed one had not."""
        return self.required_count - self.done_count if self.completed else 0


def fold(events: Iterable[Happened], outline: Outline) -> Folded:
    """Where the learner of `events` stands in the course of `outline`."""
    valid = _valid(events)
    of_course = [event for event in valid if event.object_id == outline.course_id]
    of_objects = [event for event in valid if event.object_id != outline.course_id]
    objects = {object_id: _fold_object(group) for object_id, group in _grouped(of_objects).items()}
    enrolments = [event for event in of_course if event.verb in (Verb.ENROLLED, Verb.WITHDREW)]
    required = outline.newest.required if outline.newest else ()
    return Folded(
        objects=objects,
        is_enrolled=bool(enrolments) and enrolments[-1].verb == Verb.ENROLLED,
        enrolled_at=next((event.moment for event in enrolments if event.verb == Verb.ENROLLED), None),
        last_at=valid[-1].moment if valid else None,
        edition_id=outline.newest.id if outline.newest else None,
        done_count=sum(is_done(objects, object_id) for object_id in required),
        required_count=len(required),
        completed=_completed(of_objects, outline),
        next_object_id=next_of(objects, required),
    )


def _valid(events: Iterable[Happened]) -> list[Happened]:
    """Each event once, without those that were taken back, in one order whoever counts."""
    known = {event.id: event for event in events}
    taken_back = {event.voids for event in known.values() if event.voids}
    valid = (event for event in known.values() if event.verb != Verb.VOIDED and event.id not in taken_back)
    return sorted(valid, key=lambda event: (event.moment, event.id))


def _grouped(events: Iterable[Happened]) -> dict[int, list[Happened]]:
    groups: dict[int, list[Happened]] = {}
    for event in events:
        groups.setdefault(event.object_id, []).append(event)
    return groups


def _fold_object(events: list[Happened]) -> FoldedObject:
    return FoldedObject(
        rank=max(RANKS.get(Verb(event.verb), Rank.OPENED) for event in events),
        first_at=events[0].moment,
        last_at=events[-1].moment,
        done_at=next((event.moment for event in events if event.verb == Verb.FINISHED), None),
        share=_greatest(events, "share"),
        score=_greatest(events, "score"),
        latest=next((event.value for event in reversed(events) if event.value), {}),
    )


def said(event: Happened, name: str) -> Decimal | None:
    """A share or a score that an event tells, 0 to 100, as it is kept."""
    return Decimal(str(event.value[name])).quantize(HUNDREDTH) if name in event.value else None


def _greatest(events: Iterable[Happened], name: str) -> Decimal | None:
    return max((number for event in events if (number := said(event, name)) is not None), default=None)


def is_done(objects: Mapping[int, FoldedObject], object_id: int) -> bool:
    return object_id in objects and objects[object_id].rank >= Rank.DONE


def next_of(objects: Mapping[int, FoldedObject], required: Iterable[int]) -> int | None:
    """What was begun last and is not done; else the first that is not done."""
    undone = [object_id for object_id in required if not is_done(objects, object_id)]
    begun = [object_id for object_id in undone if object_id in objects]
    if begun:
        return max(begun, key=lambda object_id: (objects[object_id].last_at, -undone.index(object_id)))
    return undone[0] if undone else None


def _completed(events: Iterable[Happened], outline: Outline) -> Completed | None:
    """The newest edition of which everything required was done under it or an earlier one."""
    finished = [event for event in events if event.verb == Verb.FINISHED]
    for edition in reversed(outline.editions):
        done = dict(_done_under(finished, edition, outline))
        if edition.required and all(object_id in done for object_id in edition.required):
            return Completed(edition, max(done[object_id] for object_id in edition.required))
    return None


def _done_under(
    finished: Iterable[Happened], edition: EditionOutline, outline: Outline
) -> Iterator[tuple[int, datetime]]:
    """What counts as done for `edition`, and since when. The last that is said of an object is the earliest time."""
    for event in reversed(list(finished)):
        if outline.numbers.get(event.edition_id, BEFORE_ALL_EDITIONS) <= edition.number:
            yield event.object_id, event.moment
