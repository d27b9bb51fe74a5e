"""The front door of progress: whoever asks or tells it anything does it here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from lessons.progress.identities import Identity, archive, keep_identities
from lessons.progress.incoming import Answer, NewEvent, Outcome
from lessons.progress.models import CourseState, Kind, LearningEvent, ObjectState, Rank, Verb
from lessons.progress.policies import UnableToStore
from lessons.progress.revising import Entry, revise
from lessons.progress.standing import Standing, done_by, standing
from lessons.progress.storing import store
from portal.people.models import User

__all__ = [
    "Answer",
    "Entry",
    "Identity",
    "Kind",
    "NewEvent",
    "Outcome",
    "Rank",
    "Standing",
    "UnableToStore",
    "Verb",
    "archive",
    "course_state",
    "done_by",
    "enrol",
    "finish",
    "keep_identities",
    "object_states",
    "open_object",
    "revise",
    "standing",
    "states",
    "store",
    "take_back",
    "withdraw",
]

#: Ids that follow from what is stored, so that it can be stored once only.
DERIVED_IDS = UUID("8f7d0c5e-9b1c-4a37-8f0b-5d2a7f6c1e90")


def enrol(course: UUID, *, event_id: UUID, by: User, at: datetime, device: str = "") -> Outcome:
    """`by` begins to study `course`, or comes back to it."""
    return _tell(Verb.ENROLLED, course, course, event_id=event_id, by=by, at=at, device=device)


def withdraw(course: UUID, *, event_id: UUID, by: User, at: datetime, device: str = "") -> Outcome:
    """`by` leaves `course`; what they learned in it stays."""
    return _tell(Verb.WITHDREW, course, course, event_id=event_id, by=by, at=at, device=device)


def finish(course: UUID, thing: UUID, *, event_id: UUID, by: User, at: datetime, device: str = "") -> Outcome:
    """`by` has done `thing`, a lesson of `course`."""
    return _tell(Verb.FINISHED, course, thing, event_id=event_id, by=by, at=at, device=device)


def open_object(course: UUID, thing: UUID, *, by: User, at: datetime, device: str = "") -> Outcome:
    """`by` has opened `thing`. Its id follows from who opened what, so it is stored once however often it is told."""
    event_id = uuid5(DERIVED_IDS, f"opened {by.pk} {course} {thing}")
    return _tell(Verb.OPENED, course, thing, event_id=event_id, by=by, at=at, device=device)


def take_back(course: UUID, thing: UUID, *, event_id: UUID, by: User, at: datetime) -> list[Outcome]:
    """`by` has not done `thing` after all: every time that they said so is taken back."""
    told = LearningEvent.objects.filter(
        learner=by, course__translation_key=course, object__translation_key=thing, object__block_id="",
        verb=Verb.FINISHED, voided_by=None,
    )  # fmt: skip
    events = [
        NewEvent(id=uuid5(event_id, str(pk)), verb=Verb.VOIDED, course=course, object=thing, occurred_at=at, voids=pk)
        for pk in told.values_list("pk", flat=True)
    ]
    return store(events, by=by, at=at)


def _tell(verb: Verb, course: UUID, thing: UUID, *, event_id: UUID, by: User, at: datetime, device: str) -> Outcome:
    event = NewEvent(id=event_id, verb=verb, course=course, object=thing, occurred_at=at, device=device)
    return store([event], by=by, at=at)[0]


def states(learner: User) -> QuerySet[CourseState]:
    """Where `learner` stands in every course that they ever touched, the latest first; one query."""
    named = CourseState.objects.select_related("course", "edition", "completed_edition", "next_object")
    return named.filter(learner=learner).order_by("-last_at", "course")


def course_state(learner: User, course: UUID) -> CourseState | None:
    """Where `learner` stands in `course`, or None for who never touched it; one query."""
    return states(learner).filter(course__translation_key=course, course__block_id="").first()


def object_states(learner: User, course: UUID, *, things: Iterable[UUID] | None = None) -> QuerySet[ObjectState]:
    """How far `learner` is with the objects of `course`, or with some of them; one query."""
    own = ObjectState.objects.select_related("object").filter(
        learner=learner, course__translation_key=course, course__block_id=""
    )
    return own if things is None else own.filter(object__translation_key__in=things)
