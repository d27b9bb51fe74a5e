"""The caches are what the events say, byte for byte, whatever was done in whatever order."""

import io
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.progress import api
from lessons.progress.api import NewEvent, Verb
from lessons.progress.models import Achievement, CourseState, ObjectState
from lessons.progress.rebuilding import rebuild, written
from portal.people.roles import Role
from tests.factories.people import make_person
from tests.factories.progress import NOON, make_studied_course, told

LESSONS = [uuid.UUID(int=number) for number in range(1, 6)]
EVENT_IDS = st.integers(1, 30).map(lambda number: uuid.UUID(int=number + 1_000))


def caches() -> list[str]:
    """Every row of every cache as it is written, without its number."""
    rows = [*ObjectState.objects.all(), *CourseState.objects.all()]
    return sorted(repr(written(row)) for row in rows)


def differences() -> int:
    return sum(part.differences for part in rebuild(is_only_checked=True))


deeds = st.tuples(
    st.just("event"), EVENT_IDS, st.sampled_from([Verb.OPENED, Verb.REACHED, Verb.FINISHED]),
    st.sampled_from(LESSONS), st.integers(-5, 5), st.integers(0, 1),
)  # fmt: skip
voids = st.tuples(st.just("void"), EVENT_IDS, EVENT_IDS, st.sampled_from(LESSONS), st.integers(0, 1))
enrolments = st.tuples(st.just("enrol"), EVENT_IDS, st.sampled_from([Verb.ENROLLED, Verb.WITHDREW]), st.integers(0, 1))
editions = st.tuples(st.just("edition"), st.sets(st.sampled_from(LESSONS)), st.sets(st.sampled_from(LESSONS)))
steps = st.lists(st.one_of(deeds, deeds, voids, enrolments, editions), max_size=25)


class WhateverHappens(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=steps)
    def test_percent_stays_in_bounds_attained_facts_stay_and_a_rebuild_changes_nothing(self, steps: list[Any]) -> None:
        self.course = make_studied_course(trainer=make_person(Role.TRAINER), lessons=0)
        self.learners = [make_person(Role.LEARNER), make_person(Role.LEARNER)]
        attained: dict[int, int] = {}
        for step in steps:
            getattr(self, f"do_{step[0]}")(*step[1:])
            now = dict(Achievement.objects.values_list("pk", "edition__number"))
            assert attained.items() <= now.items()
            self.check_states()
            attained = now
        before = caches()
        assert differences() == 0
        ObjectState.objects.all().delete()
        CourseState.objects.all().update(percent=1)
        list(rebuild(is_only_checked=False))
        assert caches() == before

    def check_states(self) -> None:
        for state in CourseState.objects.select_related("completed_edition"):
            assert 0 <= state.percent <= 100
            completed = state.completed_edition.number if state.completed_edition else 0
            assert completed >= self.completed.get(state.learner_id, 0)
            self.completed[state.learner_id] = completed

    def setup_example(self) -> None:
        super().setup_example()  # type: ignore[no-untyped-call]  # hypothesis leaves it out
        self.completed: dict[int, int] = {}

    def do_event(self, event_id: uuid.UUID, verb: str, thing: uuid.UUID, minute: int, learner: int) -> None:
        value = {"share": abs(minute) * 10} if verb == Verb.REACHED else {}
        self.tell(told(self.course, thing, verb, id=event_id, occurred_at=at(minute), value=value), learner)

    def do_void(self, event_id: uuid.UUID, target: uuid.UUID, thing: uuid.UUID, learner: int) -> None:
        self.tell(told(self.course, thing, Verb.VOIDED, id=event_id, voids=target), learner)

    def do_enrol(self, event_id: uuid.UUID, verb: str, learner: int) -> None:
        self.tell(told(self.course, self.course.key, verb, id=event_id), learner)

    def do_edition(self, required: set[uuid.UUID], optional: set[uuid.UUID]) -> None:
        self.course.issue(*sorted(required), optional=tuple(sorted(optional - required)))

    def tell(self, event: NewEvent, learner: int) -> None:
        api.store([event], by=self.learners[learner], at=NOON)


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


@pytest.mark.django_db
def test_the_command_finds_and_mends_what_is_wrong() -> None:
    course = make_studied_course(trainer=make_person(Role.TRAINER))
    learner = make_person(Role.LEARNER)
    api.store([told(course, 0), told(course, 1)], by=learner, at=NOON)
    before = caches()
    CourseState.objects.update(percent=1)
    ObjectState.objects.filter(pk=ObjectState.objects.order_by("pk").values("pk")[:1]).delete()
    with pytest.raises(CommandError, match="2 rows"):
        call_command("rebuild_progress", "--check", stdout=io.StringIO())
    call_command("rebuild_progress", stdout=io.StringIO())
    call_command("rebuild_progress", "--check", stdout=io.StringIO())
    assert caches() == before


@pytest.mark.django_db
def test_a_rebuild_writes_down_a_completion_that_is_written_nowhere(django_assert_max_num_queries: Any) -> None:
    course = make_studied_course(trainer=make_person(Role.TRAINER), lessons=1)
    for _ in range(20):
        api.store([told(course, 0)], by=make_person(Role.LEARNER), at=NOON)
    with django_assert_max_num_queries(20):
        call_command("rebuild_progress", stdout=io.StringIO())
    assert Achievement.objects.count() == 20
