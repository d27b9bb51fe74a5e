"""A learner enrols, marks lessons as done and goes on where they were; nobody else sees it."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from lessons.courses.models import CoursePage
from lessons.progress.models import LearningEvent, ObjectState, Rank
from portal.base.audience import Sensitivity
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.pages import lessons_of, make_course, make_lesson, modules_of, translate
from tests.factories.people import make_person
from tests.factories.progress import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> User:
    return make_person(Role.TRAINER)


@pytest.fixture
def course(trainer: User) -> CoursePage:
    return make_course(lessons=3, by=trainer, title="The first interview")


@pytest.fixture
def learner(client: Client) -> User:
    person = make_person(Role.LEARNER)
    client.force_login(person)
    return person


def address(name: str, page: Page) -> str:
    return reverse(f"courses:{name}", args=[page.pk])


def press(client: Client, name: str, page: Page, *, event: uuid.UUID | None = None) -> Any:
    return client.post(address(name, page), {"event": event or uuid.uuid4()})


def my_learning(client: Client, language: str = "en") -> Any:
    with translation.override(language):
        return client.get(reverse("my_learning"))


def test_a_learner_enrols_does_two_lessons_and_resumes_at_the_third(
    client: Client, learner: User, course: CoursePage
) -> None:
    first, second, third = lessons_of(course)
    assert press(client, "enrol", course).url == course.get_url()
    for lesson in (first, second):
        assert press(client, "finish", lesson).url == lesson.get_url()
    client.logout()
    client.force_login(learner)
    (enrolment,) = my_learning(client).context["enrolments"]
    assert (enrolment.percent, enrolment.done_count, enrolment.required_count) == (66, 2, 3)
    assert (enrolment.continue_url, enrolment.continue_title) == (third.get_url(), "Lesson 3")
    assert client.get(address("continue", course)).headers["Location"] == third.get_url()


def test_the_same_two_lessons_count_as_done_in_thai(
    client: Client, learner: User, course: CoursePage, trainer: User
) -> None:
    for page in (course, *modules_of(course), *lessons_of(course)):
        translate(page, by=trainer, title=f"{page.title} (ไทย)")
    press(client, "enrol", course)
    for lesson in lessons_of(course)[:2]:
        press(client, "finish", lesson)
    (enrolment,) = my_learning(client, "th").context["enrolments"]
    assert (enrolment.percent, enrolment.title) == (66, "The first interview (ไทย)")
    assert enrolment.continue_url.startswith("/th/")
    done_in_thai = lessons_of(course)[0].get_translations().get()
    assert "lesson-actions" in client.get(done_in_thai.get_url()).content.decode()
    assert ObjectState.objects.get(object__translation_key=done_in_thai.translation_key).rank == Rank.DONE


def test_a_double_click_stores_one_event(client: Client, learner: User, course: CoursePage) -> None:
    event = uuid.uuid4()
    for _ in range(2):
        press(client, "finish", lessons_of(course)[0], event=event)
    assert LearningEvent.objects.filter(pk=event).count() == LearningEvent.objects.count() == 1


def test_marking_as_done_can_be_taken_back_until_the_course_is_completed(
    client: Client, learner: User, course: CoursePage
) -> None:
    first, *others = lessons_of(course)
    press(client, "finish", first)
    press(client, "take_back", first)
    assert standing(learner, course.translation_key).done_count == 0
    for lesson in (first, *others):
        press(client, "finish", lesson)
    press(client, "take_back", first)
    assert standing(learner, course.translation_key).percent == 100
    assert b"that stays" in client.get(first.get_url()).content


def test_reading_a_lesson_of_ones_course_is_noted_once(client: Client, learner: User, course: CoursePage) -> None:
    lesson = lessons_of(course)[0]
    client.get(lesson.get_url())
    assert not LearningEvent.objects.exists()
    press(client, "enrol", course)
    for _ in range(3):
        client.get(lesson.get_url())
    assert LearningEvent.objects.filter(verb="opened").count() == 1


def test_fetching_ahead_is_not_reading(client: Client, learner: User, course: CoursePage) -> None:
    press(client, "enrol", course)
    client.get(lessons_of(course)[0].get_url(), headers={"Sec-Purpose": "prefetch"})
    client.head(lessons_of(course)[0].get_url())
    assert not LearningEvent.objects.filter(verb="opened").exists()


def test_leaving_a_course_keeps_what_was_learned(client: Client, learner: User, course: CoursePage) -> None:
    press(client, "enrol", course)
    press(client, "finish", lessons_of(course)[0])
    press(client, "withdraw", course)
    assert my_learning(client).context["enrolments"] == []
    press(client, "enrol_from_lesson", lessons_of(course)[1])
    assert my_learning(client).context["enrolments"][0].done_count == 1


def test_who_completed_a_course_sees_so_even_when_it_is_gone(
    client: Client, learner: User, course: CoursePage, django_capture_on_commit_callbacks: Any
) -> None:
    for lesson in lessons_of(course):
        press(client, "finish", lesson)
    assert [enrolment.title for enrolment in my_learning(client).context["finished"]] == ["The first interview"]
    with django_capture_on_commit_callbacks(execute=True):
        course.delete()
    (enrolment,) = my_learning(client).context["finished"]
    assert (enrolment.course, enrolment.title, enrolment.url) == (None, "The first interview", "")


def test_completed_and_new_since_are_two_facts(
    client: Client, learner: User, course: CoursePage, trainer: User
) -> None:
    press(client, "enrol", course)
    for lesson in lessons_of(course):
        press(client, "finish", lesson)
    edition = standing(learner, course.translation_key).completed_edition
    completed = edition.number if edition else 0
    make_lesson(modules_of(course)[0], title="Lesson 4", by=trainer)
    (enrolment,) = my_learning(client).context["enrolments"]
    assert (enrolment.is_completed, enrolment.edition_number, enrolment.new_since) == (True, completed, 1)
    html = client.get(course.get_url()).content.decode()
    assert f"(edition {completed})" in html
    assert "1 new lesson since then" in html


# --- the outsider --------------------------------------------------------------------------------------------


def test_a_visitor_is_led_to_sign_in_and_nothing_is_stored(client: Client, course: CoursePage) -> None:
    answer = press(client, "finish", lessons_of(course)[0])
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert not LearningEvent.objects.exists()


def test_another_learner_never_sees_somebodys_progress(client: Client, learner: User, course: CoursePage) -> None:
    press(client, "enrol", course)
    for lesson in lessons_of(course):
        press(client, "finish", lesson)
    client.force_login(make_person(Role.LEARNER))
    assert my_learning(client).context["finished"] == []
    html = client.get(course.get_url()).content.decode()
    assert "Enrol in this course" in html
    assert "completed this course" not in html


def test_all_visitors_share_one_page_without_token_or_name(client: Client, learner: User, course: CoursePage) -> None:
    press(client, "enrol", course)
    assert "csrfmiddlewaretoken" in client.get(lessons_of(course)[0].get_url()).content.decode()
    client.logout()
    html = client.get(lessons_of(course)[0].get_url()).content.decode()
    assert "csrfmiddlewaretoken" not in html
    assert "Sign in to study" in html


@pytest.mark.parametrize("name", ["enrol_from_lesson", "finish", "take_back"])
def test_what_a_learner_may_not_see_answers_404_as_if_it_were_not_there(
    client: Client, learner: User, course: CoursePage, trainer: User, name: str
) -> None:
    hidden = make_lesson(modules_of(course)[0], title="Hidden", by=trainer, sensitivity=Sensitivity.STAFF)
    assert press(client, name, hidden).status_code == 404
    assert client.post(reverse(f"courses:{name}", args=[999_999]), {"event": uuid.uuid4()}).status_code == 404
    client.logout()
    assert press(client, name, hidden).status_code == 404
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize("name", ["enrol", "withdraw", "continue"])
def test_a_hidden_course_answers_404(client: Client, learner: User, trainer: User, name: str) -> None:
    hidden = make_course(lessons=1, by=trainer, sensitivity=Sensitivity.STAFF)
    method = client.get if name == "continue" else client.post
    assert method(address(name, hidden), {"event": str(uuid.uuid4())}).status_code == 404


def test_learning_needs_a_post_with_a_token_and_an_id(client: Client, learner: User, course: CoursePage) -> None:
    lesson = lessons_of(course)[0]
    assert client.get(address("finish", lesson)).status_code == 405
    assert client.post(address("finish", lesson), {"event": "1"}).status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    assert press(strict, "finish", lesson).status_code == 403


# --- what it costs -------------------------------------------------------------------------------------------


def test_marking_as_done_costs_ten_small_queries(
    client: Client, learner: User, course: CoursePage, django_assert_num_queries: Any
) -> None:
    first, second, _third = lessons_of(course)
    press(client, "finish", first)
    # Session, person, lesson (remembered outside of a test), course state, is the id used, is anything parked, object
    # states, three writes; all but the lesson's are prepared, and together cost less than one that is not;
    # two more open and close the test's savepoint.
    with django_assert_num_queries(10 + 2 + connection.features.has_select_for_update):
        press(client, "finish", second)


@pytest.mark.parametrize(("lessons", "done"), [(2, 0), (6, 4)])
def test_my_learning_costs_the_same_however_much_there_is(
    client: Client, learner: User, trainer: User, django_assert_num_queries: Any, lessons: int, done: int
) -> None:
    for _ in range(2):
        course = make_course(lessons=lessons, by=trainer)
        press(client, "enrol", course)
        for lesson in lessons_of(course)[:done]:
            press(client, "finish", lesson)
    my_learning(client)
    # One of them is about manuals that are still to be read.
    with django_assert_num_queries(12):
        my_learning(client)


@pytest.mark.parametrize(("is_lesson", "facts"), [(False, 1), (True, 3)])
def test_a_place_costs_two_queries_more_than_a_page_without(
    client: Client, learner: User, course: CoursePage, django_assert_num_queries: Any, is_lesson: bool, facts: int
) -> None:
    page = lessons_of(course)[0] if is_lesson else course
    press(client, "enrol", course)
    client.get(page.get_url())
    # The other three: session, person, memberships. The facts of the page, and the ids of its learning objects, are
    # remembered from one request to the next, but not inside the transaction of a test. One more ticks the outline.
    with django_assert_num_queries(2 + 3 + facts + 1):
        client.get(page.get_url())


def test_the_outline_ticks_what_this_learner_has_done_and_nobody_else(
    client: Client, learner: User, course: CoursePage
) -> None:
    press(client, "enrol", course)
    press(client, "finish", lessons_of(course)[0])
    assert client.get(course.get_url()).content.count(b"lesson-done") == 1
    assert b"lesson-done" not in Client().get(course.get_url()).content


@pytest.mark.parametrize("name", ["enrol", "finish", "withdraw", "continue"])
def test_a_number_that_no_page_can_have_is_not_found(client: Client, learner: User, name: str) -> None:
    there = reverse(f"courses:{name}", args=[10**25])
    answer = client.get(there) if name == "continue" else client.post(there, {"event": uuid.uuid4()})
    assert answer.status_code == 404
