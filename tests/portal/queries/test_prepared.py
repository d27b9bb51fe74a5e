"""Does a query that was written once answer as the ORM would?"""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from lessons.progress.models import Kind, LearningObject
from portal.audit.models import Event
from portal.people.models import Centre, User
from portal.queries import Prepared, Writing
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

people = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("username", "date_joined", "is_active"))
objects = Prepared(
    lambda key, kind: LearningObject.objects.filter(translation_key=key, kind=kind).values_list(
        "pk", "translation_key"
    ),
    kinds=(uuid.UUID, str),
)


def test_it_answers_what_the_orm_answers_with_the_same_types() -> None:
    person = make_person()
    assert people(person.pk) == [(person.username, person.date_joined, True)]


def test_each_argument_goes_to_its_own_place() -> None:
    key = uuid.uuid4()
    thing = LearningObject.objects.create(translation_key=key, kind=Kind.LESSON)
    LearningObject.objects.create(translation_key=uuid.uuid4(), kind=Kind.LESSON)
    assert objects(key, Kind.LESSON) == [(thing.pk, key)]
    assert objects(key, Kind.COURSE) == []


def test_nobody_else_is_answered() -> None:
    make_person()
    assert people(0) == []


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", "%s", "stands for argument 0", "ผู้เสียหาย"])
def test_a_hostile_argument_is_only_a_value(hostile: str) -> None:
    named = Prepared(lambda name: Centre.objects.filter(name=name).values_list("name"), kinds=(str,))
    Centre.objects.create(name="A centre", code="AB")
    assert named(hostile) == []


def test_it_costs_one_query(django_assert_num_queries: Any) -> None:
    person = make_person()
    people(person.pk)
    with django_assert_num_queries(1):
        people(person.pk)


def test_writing_replaces_what_has_the_same_key() -> None:
    write = Writing(Centre, key=("code",))
    write([Centre(name="First", code="AB"), Centre(name="Other", code="CD")])
    write([Centre(name="Second", code="AB")])
    assert list(Centre.objects.order_by("code").values_list("name", flat=True)) == ["Second", "Other"]


def test_writing_without_a_key_only_adds() -> None:
    at = timezone.now()
    Writing(Event)(
        [Event(at=at, actor="p-1", verb="tested", facts={"is": "ทดสอบ"}), Event(at=at, actor="p-2", verb="tested")]
    )
    assert Event.objects.get(actor="p-1").facts == {"is": "ทดสอบ"}
    assert Event.objects.filter(verb="tested").count() == 2


def test_writing_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        Writing(Centre)([])
