"""Where does somebody stand, for a page that asks at every view? As little as it needs, as cheaply as it can be had."""

from typing import NamedTuple
from uuid import UUID

from lessons.progress.models import CourseState, LearningObject, ObjectState
from portal.base.page_cache import remember
from portal.people.models import User


class Standing(NamedTuple):
    """Where a learner stands in a course, and how far they are with one thing in it."""

    is_enrolled: bool
    percent: int
    done_count: int
    required_count: int
    next_object_id: int | None
    rank: int | None = None


IN_COURSE = ("is_enrolled", "percent", "done_count", "required_count", "next_object_id")


def standing(learner: User, course: UUID, thing: UUID) -> Standing | None:
    """Where `learner` stands, or None for who never touched `course`; two queries without a join."""
    course_id, thing_id = _object_id(course), _object_id(thing)
    states = CourseState.objects.filter(learner_id=learner.pk, course_id=course_id).values_list(*IN_COURSE)
    ranks = ObjectState.objects.filter(learner_id=learner.pk, course_id=course_id, object_id=thing_id)
    for state in states:
        rank = next(iter(ranks.values_list("rank", flat=True)), None)
        return Standing._make((*state, rank))
    return None


def _object_id(key: UUID) -> int | None:
    """The id of a page's learning object. It never changes, but it can be made after it was first asked for."""
    found = remember(("learning object", key), tags=(), find=lambda: _find(key))
    return found if found is not None else _find(key)


def _find(key: UUID) -> int | None:
    return LearningObject.objects.filter(translation_key=key, block_id="").values_list("pk", flat=True).first()
