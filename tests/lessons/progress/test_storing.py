"""An event is stored once, whatever the network does, and nobody's but one's own."""

import dataclasses
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lessons.progress import api
from lessons.progress.api import Answer, NewEvent, Rank, Verb
from lessons.progress.models import Achievement, CourseState, LearningEvent, LearningObject, ParkedEvent
from lessons.progress.policies import UnableToStore
from lessons.progress.storing import MOST_AT_ONCE
from portal.editions.models import Edition
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.people import make_person
from tests.factories.progress import NOON, StudiedCourse, make_studied_course, standing, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make_person(Role.LEARNER)


@pytest.fixture
def outsider() -> User:
    return make_person(Role.LEARNER)


@pytest.fixture
def course() -> StudiedCourse:
    return make_studied_course(trainer=make_person(Role.TRAINER), lessons=3)


def answers(*events: NewEvent, by: User, at: datetime = NOON) -> list[Answer]:
    return [outcome.answer for outcome in api.store(events, by=by, at=at)]


def test_a_learner_who_does_one_of_three_lessons_stands_at_33_percent(learner: User, course: StudiedCourse) -> None:
    api.enrol(course.key, event_id=uuid.uuid4(), by=learner, at=NOON)
    api.finish(course.key, course.lessons[0], event_id=uuid.uuid4(), by=learner, at=NOON)
    state = standing(learner, course.key)
    assert (state.is_enrolled, state.percent, state.done_count, state.required_count) == (True, 33, 1, 3)
    assert state.next_object == LearningObject.objects.get(translation_key=course.lessons[1])


def test_the_same_event_sent_twice_is_stored_once(learner: User, course: StudiedCourse) -> None:
    event = told(course, 0)
    assert answers(event, event, by=learner) == [Answer.STORED, Answer.ALREADY_HAD]
    assert answers(dataclasses.replace(event, occurred_at=NOON + timedelta(1)), by=learner) == [Answer.ALREADY_HAD]
    assert LearningEvent.objects.count() == 1


def test_an_id_that_was_used_for_something_else_is_refused(learner: User, course: StudiedCourse) -> None:
    event = told(course, 0)
    answers(event, by=learner)
    assert answers(told(course, 1, id=event.id), by=learner) == [Answer.REFUSED]
    assert standing(learner, course.key).done_count == 1


def test_an_outsider_who_guesses_an_id_learns_nothing_of_whose_it_is(
    learner: User, outsider: User, course: StudiedCourse
) -> None:
    event = told(course, 0)
    answers(event, by=learner)
    (of_another,) = api.store([event], by=outsider, at=NOON)
    (of_ones_own,) = api.store([told(course, 1, id=event.id)], by=learner, at=NOON)
    assert (of_another.answer, of_another.why) == (Answer.REFUSED, of_ones_own.why)
    assert api.course_state(outsider, course.key) is None


def test_nobody_takes_back_what_another_did(learner: User, outsider: User, course: StudiedCourse) -> None:
    event = told(course, 0)
    answers(event, by=learner)
    assert answers(told(course, 0, Verb.VOIDED, voids=event.id), by=outsider) == [Answer.REFUSED]
    assert standing(learner, course.key).done_count == 1


def test_each_event_of_a_batch_has_its_own_answer(learner: User, course: StudiedCourse) -> None:
    good, bad, early = told(course, 0), told(course, 1, "flew"), told(course, uuid.uuid4())
    assert answers(early, bad, good, good, by=learner) == [
        Answer.PARKED, Answer.REFUSED, Answer.STORED, Answer.ALREADY_HAD
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"value": {"share": 101}},
        {"value": {"share": float("nan")}},
        {"value": {"score": True}},
        {"value": {"text": "x" * 9_000}},
        {"device": "x" * 65},
        {"voids": uuid.uuid4()},
        {"verb": Verb.VOIDED},
        {"occurred_at": NOON.replace(tzinfo=None)},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    learner: User, course: StudiedCourse, fields: dict[str, Any]
) -> None:
    (outcome,) = api.store([dataclasses.replace(told(course, 0), **fields)], by=learner, at=NOON)
    assert outcome.answer == Answer.REFUSED
    assert outcome.why


def test_too_much_at_once_is_refused_as_a_whole(learner: User, course: StudiedCourse) -> None:
    with pytest.raises(UnableToStore):
        api.store([told(course, 0) for _ in range(MOST_AT_ONCE + 1)], by=learner, at=NOON)


def test_an_event_waits_for_its_object_and_is_stored_when_that_appears(learner: User, course: StudiedCourse) -> None:
    new_lesson = uuid.uuid4()
    event = told(course, new_lesson)
    assert answers(event, by=learner) == [Answer.PARKED]
    assert answers(event, by=learner) == [Answer.PARKED]
    course.issue(*course.lessons, new_lesson)
    assert (ParkedEvent.objects.count(), LearningEvent.objects.get().id) == (0, event.id)
    assert standing(learner, course.key).percent == 25


def test_taking_back_may_come_before_what_it_takes_back(learner: User, course: StudiedCourse) -> None:
    done = told(course, 0)
    back = told(course, 0, Verb.VOIDED, voids=done.id)
    assert answers(back, by=learner) == [Answer.PARKED]
    assert answers(done, by=learner) == [Answer.STORED]
    assert standing(learner, course.key).done_count == 0
    assert ParkedEvent.objects.count() == 0


def test_a_parked_id_of_another_is_refused(learner: User, outsider: User, course: StudiedCourse) -> None:
    event = told(course, uuid.uuid4())
    answers(event, by=learner)
    assert answers(event, by=outsider) == [Answer.REFUSED]


def test_a_clock_that_runs_ahead_does_not_make_the_future(learner: User, course: StudiedCourse) -> None:
    answers(told(course, 0, occurred_at=NOON + timedelta(days=400)), by=learner)
    assert standing(learner, course.key).last_at == NOON


def test_taking_back_lowers_the_percent_and_doing_it_again_raises_it(learner: User, course: StudiedCourse) -> None:
    api.finish(course.key, course.lessons[0], event_id=uuid.uuid4(), by=learner, at=NOON)
    api.take_back(course.key, course.lessons[0], event_id=uuid.uuid4(), by=learner, at=NOON)
    assert standing(learner, course.key).done_count == 0
    assert not api.object_states(learner, course.key).exists()
    api.finish(course.key, course.lessons[0], event_id=uuid.uuid4(), by=learner, at=NOON)
    assert standing(learner, course.key).done_count == 1


def test_what_was_completed_cannot_be_taken_back(learner: User, course: StudiedCourse) -> None:
    answers(*(told(course, number) for number in range(3)), by=learner)
    (outcome,) = api.take_back(course.key, course.lessons[0], event_id=uuid.uuid4(), by=learner, at=NOON)
    assert (outcome.answer, standing(learner, course.key).percent) == (Answer.REFUSED, 100)


def test_completing_an_edition_is_written_down_once_and_stays_when_more_is_required(
    learner: User, course: StudiedCourse
) -> None:
    answers(*(told(course, number) for number in range(3)), by=learner)
    course.issue(*course.lessons, uuid.uuid4())
    state = standing(learner, course.key)
    assert (state.percent, state.new_since) == (75, 1)
    assert state.completed_edition == Edition.objects.get(subject=course.key, number=1)
    assert Achievement.objects.get(learner=learner).edition.number == 1
    answers(told(course, 3), by=learner)
    assert list(Achievement.objects.order_by("pk").values_list("edition__number", flat=True)) == [1, 2]


def test_a_lesson_taken_away_completes_the_course_for_who_did_all_others(learner: User, course: StudiedCourse) -> None:
    answers(told(course, 0), told(course, 1), by=learner)
    course.issue(*course.lessons[:2])
    assert standing(learner, course.key).percent == 100
    assert Achievement.objects.get(learner=learner).edition.number == 2


def test_an_optional_lesson_neither_helps_nor_hinders(learner: User, course: StudiedCourse) -> None:
    course.issue(*course.lessons[:1], optional=tuple(course.lessons[1:]))
    answers(told(course, 2), by=learner)
    assert standing(learner, course.key).percent == 0
    answers(told(course, 0), by=learner)
    assert standing(learner, course.key).percent == 100


def test_opening_is_noted_once(learner: User, course: StudiedCourse) -> None:
    for _ in range(2):
        api.open_object(course.key, course.lessons[0], by=learner, at=NOON)
    assert LearningEvent.objects.count() == 1
    assert api.object_states(learner, course.key).get().rank == Rank.OPENED


def test_nothing_is_counted_for_another_course(learner: User, course: StudiedCourse) -> None:
    other = make_studied_course(trainer=course.trainer, lessons=0)
    other.issue(*course.lessons)
    answers(told(course, 0), by=learner)
    assert api.course_state(learner, other.key) is None
    answers(told(other, 1), by=learner)
    assert standing(learner, other.key).done_count == 1
    assert standing(learner, course.key).done_count == 1


def test_another_learner_is_never_counted(learner: User, outsider: User, course: StudiedCourse) -> None:
    answers(told(course, 0), by=learner)
    answers(told(course, 0), told(course, 1), by=outsider)
    assert standing(learner, course.key).done_count == 1
    assert {state.learner_id for state in api.states(learner)} == {learner.pk}


@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
@pytest.mark.parametrize(
    "table",
    ["progress_learningevent", "progress_editionobject", "progress_achievement", "editions_edition", "audit_event"],
)
def test_the_database_refuses_to_change_what_only_grows(
    learner: User, course: StudiedCourse, statement: str, table: str
) -> None:
    answers(*(told(course, number) for number in range(3)), by=learner)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


def test_a_learner_with_events_cannot_be_deleted(learner: User, course: StudiedCourse) -> None:
    answers(told(course, 0), by=learner)
    with pytest.raises(IntegrityError):
        learner.delete()


def test_storing_costs_the_same_however_much_was_done_before(
    learner: User, course: StudiedCourse, django_assert_num_queries: Any
) -> None:
    answers(*(told(course, 0, Verb.REACHED, value={"share": number}) for number in range(100)), by=learner)
    later = NOON + timedelta(minutes=1)
    # In a test a savepoint stands for the transaction: two of the queries are its begin and end.
    # Where several can write at once, one more locks the learner.
    with django_assert_num_queries(7 + 2 + connection.features.has_select_for_update):
        answers(told(course, 1, occurred_at=later), by=learner, at=later)


def test_what_comes_late_asks_once_for_all_that_was_done(
    learner: User, course: StudiedCourse, django_assert_num_queries: Any
) -> None:
    answers(told(course, 0), by=learner)
    with django_assert_num_queries(8 + 2 + connection.features.has_select_for_update):
        answers(told(course, 1, occurred_at=NOON - timedelta(minutes=1)), by=learner)


def test_a_state_says_which_edition_its_percent_is_of(learner: User, course: StudiedCourse) -> None:
    answers(told(course, 0), by=learner)
    edition = course.issue(*course.lessons, uuid.uuid4())
    state = CourseState.objects.get(learner=learner)
    assert (state.edition, state.percent) == (edition, 25)
