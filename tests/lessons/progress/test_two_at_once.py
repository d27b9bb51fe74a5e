"""Two who write for one learner at once, on a database with many writers."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from lessons.progress import api
from lessons.progress.models import CourseState, LearningEvent
from lessons.progress.rebuilding import rebuild
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.people import make_person
from tests.factories.progress import NOON, StudiedCourse, make_studied_course, told

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
LESSONS = 24


def at_once(*deeds: Callable[[], object]) -> None:
    def do(deed: Callable[[], object]) -> None:
        try:
            deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def study(course: StudiedCourse, learner: User, lessons: range) -> None:
    for lesson in lessons:
        api.store([told(course, lesson)], by=learner, at=NOON)


def differences() -> int:
    return sum(part.differences for part in rebuild(is_only_checked=True))


def test_two_devices_lose_nothing_of_one_learner() -> None:
    course = make_studied_course(trainer=make_person(Role.TRAINER), lessons=LESSONS)
    learner = make_person(Role.LEARNER)
    at_once(lambda: study(course, learner, range(0, LESSONS, 2)), lambda: study(course, learner, range(1, LESSONS, 2)))
    assert LearningEvent.objects.count() == LESSONS
    assert CourseState.objects.get(learner=learner).percent == 100
    assert differences() == 0


def test_a_new_edition_misses_nobody_who_begins_meanwhile() -> None:
    course = make_studied_course(trainer=make_person(Role.TRAINER), lessons=2)
    learners = [make_person(Role.LEARNER) for _ in range(12)]
    lessons = list(course.lessons)

    def begin() -> None:
        for learner in learners:
            api.store([told(course, lessons[0])], by=learner, at=NOON)

    def revise() -> None:
        for _ in range(6):
            course.issue(*lessons, uuid.uuid4())

    at_once(begin, revise)
    assert CourseState.objects.count() == len(learners)
    assert set(CourseState.objects.values_list("edition__number", flat=True)) == {7}
    assert differences() == 0
