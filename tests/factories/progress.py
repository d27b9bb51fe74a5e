"""Courses as progress knows them, without pages."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lessons.progress import api
from lessons.progress.api import Entry, Identity, Kind, NewEvent, Verb
from lessons.progress.models import CourseState
from portal.editions.models import Edition
from portal.people.models import User

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass
class StudiedCourse:
    """A course with its lessons, all by key."""

    trainer: User
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    lessons: list[uuid.UUID] = field(default_factory=list)

    def issue(self, *lessons: uuid.UUID, optional: tuple[uuid.UUID, ...] = ()) -> Edition | None:
        """Issue an edition that requires `lessons`."""
        self.lessons = [*lessons, *optional]
        course = Identity(self.key, Kind.COURSE)
        entries = [Entry(course)]
        entries += [
            Entry(Identity(key, Kind.LESSON), is_required=key in lessons, within=course) for key in self.lessons
        ]
        return api.revise(entries, titles={"en": "A course"}, by=self.trainer, at=NOON - timedelta(days=1))


def make_studied_course(*, trainer: User, lessons: int = 3) -> StudiedCourse:
    course = StudiedCourse(trainer)
    course.issue(*(uuid.uuid4() for _ in range(lessons)))
    return course


def told(course: StudiedCourse, thing: uuid.UUID | int, verb: str = Verb.FINISHED, **fields: Any) -> NewEvent:
    """An event about a lesson, given by key or number, or about the course itself."""
    key = course.lessons[thing] if isinstance(thing, int) else thing
    values: dict[str, Any] = {"id": uuid.uuid4(), "occurred_at": NOON, **fields}
    return NewEvent(verb=verb, course=course.key, object=key, **values)


def standing(learner: User, course: uuid.UUID) -> CourseState:
    """Where somebody stands who is known to have done something in the course."""
    state = api.course_state(learner, course)
    assert state is not None
    return state
