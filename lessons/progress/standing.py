"""Where does somebody stand, for a page that asks at every view? As little as it needs, as cheaply as it can be had."""

from typing import NamedTuple
from uuid import UUID

from lessons.progress.models import CourseState, LearningObject, ObjectState, Rank
from portal.base.page_cache import remember
from portal.people.models import User
from portal.queries import Prepared


class Standing(NamedTuple):
    """Where a learner stands in a course, and how far they are with one thing in it."""

    is_enrolled: bool
    percent: int
    done_count: int
    required_count: int
    next_object_id: int | None
    rank: int | None = None


IN_COURSE = ("is_enrolled", "percent", "done_count", "required_count", "next_object_id")

_states = Prepared(
    lambda learner, course: CourseState.objects.filter(learner_id=learner, course_id=course).values_list(*IN_COURSE),
    kinds=(int, int),
)
_ranks = Prepared(
    lambda learner, course, thing: ObjectState.objects.filter(
        learner_id=learner, course_id=course, object_id=thing
    ).values_list("rank"),
    kinds=(int, int, int),
)
_done = Prepared(
    lambda learner: ObjectState.objects.filter(learner_id=learner, rank=Rank.DONE).values_list(
        "object__translation_key"
    )
)


def standing(learner: User, course: UUID, thing: UUID) -> Standing | None:
    """Where `learner` stands, or None for who never touched `course`; two queries without a join."""
    course_id, thing_id = _object_id(course), _object_id(thing)
    if course_id is None or thing_id is None:
        return None
    for state in _states(learner.pk, course_id):
        ranks = _ranks(learner.pk, course_id, thing_id)
        return Standing._make((*state, ranks[0][0] if ranks else None))
    return None


def done_by(learner: User) -> frozenset[UUID]:
    """The keys of all that `learner` has done, in whatever course; one query."""
    return frozenset(key for (key,) in _done(learner.pk))


def _object_id(key: UUID) -> int | None:
    """The id of a page's learning object. It never changes, but it can be made after it was first asked for."""
    found = remember(("learning object", key), tags=(), find=lambda: _find(key))
    return found if found is not None else _find(key)


def _find(key: UUID) -> int | None:
    return LearningObject.objects.filter(translation_key=key, block_id="").values_list("pk", flat=True).first()
