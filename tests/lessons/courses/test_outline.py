"""What a course consists of follows its pages; what people learned of it does not go with them."""

import uuid

import pytest
from django.test import TestCase

from lessons.courses.models import CoursePage, LessonPage
from lessons.courses.outline import one_edition
from lessons.progress.models import EditionObject, LearningObject
from portal.base.audience import Sensitivity
from portal.editions.chain import chain_is_unbroken, newest
from portal.editions.models import ChangeKind, Edition
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.pages import lessons_of, make_course, make_lesson, modules_of, publish, translate
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> User:
    return make_person(Role.TRAINER)


def required_of(course: CoursePage) -> list[uuid.UUID]:
    lines = EditionObject.objects.filter(edition=newest(course.translation_key), is_required=True)
    return list(lines.order_by("position").values_list("object__translation_key", flat=True))


def change_kind_of(course: CoursePage) -> str:
    edition = newest(course.translation_key)
    return edition.change_kind if edition else ""


def keys_of(course: CoursePage) -> list[uuid.UUID]:
    return [lesson.translation_key for lesson in lessons_of(course)]


def test_publishing_a_course_gives_everything_in_it_a_permanent_identity(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    keys = {course.translation_key, *keys_of(course), *(module.translation_key for module in modules_of(course))}
    assert set(LearningObject.objects.values_list("translation_key", flat=True)) == keys


def test_the_newest_edition_requires_the_lessons_in_reading_order(trainer: User) -> None:
    course = make_course(lessons=3, by=trainer)
    assert required_of(course) == keys_of(course)
    assert chain_is_unbroken(course.translation_key)


def test_publishing_the_same_again_issues_nothing(trainer: User) -> None:
    course = make_course(lessons=1, by=trainer)
    before = Edition.objects.count()
    publish(lessons_of(course)[0], by=trainer)
    assert Edition.objects.count() == before


def test_many_pages_can_become_one_edition(trainer: User) -> None:
    with one_edition():
        course = make_course(lessons=3, by=trainer)
    edition = Edition.objects.get(subject=course.translation_key)
    assert (edition.number, edition.change_kind, edition.issued_by) == (1, ChangeKind.FIRST, trainer)
    assert required_of(course) == keys_of(course)


@pytest.mark.parametrize(("is_required", "kind"), [(True, ChangeKind.NEW_REQUIRED), (False, ChangeKind.NEW_OPTIONAL)])
def test_an_edition_says_what_kind_of_change_it_is(trainer: User, is_required: bool, kind: str) -> None:
    course = make_course(lessons=1, by=trainer)
    make_lesson(modules_of(course)[0], title="Another", by=trainer, is_required=is_required)
    assert change_kind_of(course) == kind


def test_taking_a_lesson_away_is_a_correction_and_archives_its_identity(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    gone = lessons_of(course)[1]
    gone.unpublish(user=trainer)
    assert change_kind_of(course) == ChangeKind.CORRECTION
    assert required_of(course) == [lessons_of(course)[0].translation_key]
    assert LearningObject.objects.get(translation_key=gone.translation_key).archived_at is not None


def test_publishing_it_again_takes_it_out_of_the_archive(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    lesson = lessons_of(course)[1]
    lesson.unpublish(user=trainer)
    publish(LessonPage.objects.get(pk=lesson.pk), by=trainer)
    assert LearningObject.objects.get(translation_key=lesson.translation_key).archived_at is None
    assert required_of(course) == keys_of(course)


def test_deleting_a_lesson_keeps_its_identity(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    lesson = lessons_of(course)[1]
    with TestCase.captureOnCommitCallbacks(execute=True):
        lesson.delete()
    assert LearningObject.objects.get(translation_key=lesson.translation_key).archived_at is not None
    assert required_of(course) == [lessons_of(course)[0].translation_key]


def test_deleting_a_course_issues_no_edition_of_what_is_half_gone(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    before = Edition.objects.count()
    with TestCase.captureOnCommitCallbacks(execute=True):
        course.delete()
    assert Edition.objects.count() == before
    assert LearningObject.objects.filter(archived_at__isnull=True).count() == 0


def test_a_moved_lesson_belongs_to_the_course_that_it_was_moved_to(trainer: User) -> None:
    old, new = make_course(lessons=2, by=trainer), make_course(lessons=1, by=trainer)
    lesson = lessons_of(old)[1]
    lesson.move(modules_of(new)[0], pos="last-child", user=trainer)
    assert lesson.translation_key not in required_of(old)
    assert required_of(new)[-1] == lesson.translation_key


def test_a_lesson_that_some_learners_may_not_see_is_asked_of_nobody(trainer: User) -> None:
    course = make_course(lessons=1, by=trainer)
    make_lesson(modules_of(course)[0], title="For staff", by=trainer, sensitivity=Sensitivity.STAFF)
    assert required_of(course) == keys_of(course)[:1]


def test_in_a_course_for_staff_a_lesson_for_staff_is_required(trainer: User) -> None:
    course = make_course(lessons=1, by=trainer, sensitivity=Sensitivity.STAFF)
    assert required_of(course) == keys_of(course)


def test_translations_share_identities_and_make_no_new_edition(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    before = LearningObject.objects.count(), Edition.objects.count()
    for page in (course, *modules_of(course), *lessons_of(course)):
        translate(page, by=trainer)
    assert (LearningObject.objects.count(), Edition.objects.count()) == before
    assert LessonPage.objects.count() == 4


def test_where_nobody_answers_for_a_change_there_are_identities_and_no_edition() -> None:
    course = make_course(lessons=1)
    assert LearningObject.objects.filter(translation_key=course.translation_key).exists()
    assert not Edition.objects.exists()


def test_a_copy_of_a_course_is_another_course(trainer: User) -> None:
    course = make_course(lessons=2, by=trainer)
    copy = course.copy(recursive=True, update_attrs={"slug": "copy"}, user=trainer)
    assert set(required_of(copy)) & set(required_of(course)) == set()
    assert len(required_of(copy)) == 2
