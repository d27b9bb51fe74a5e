"""Whoever has read an edition says so once, for its very bytes."""

import pytest
from django.db import IntegrityError, transaction

from lessons.manuals.models import ManualPage
from lessons.manuals.reading.acknowledging import NotUnderstood, acknowledge
from lessons.manuals.reading.in_force import Manual, manuals_in_force
from lessons.manuals.reading.models import Acknowledgement, QuizResult
from lessons.manuals.reading.policies import UnableToAcknowledge
from portal.audit.models import Event
from portal.people.models import Discipline
from portal.people.roles import Role
from tests.factories.editions import HOUR, NOON, Trio, issued, issued_manual, rewrite, step, write_manual
from tests.factories.people import make_person
from tests.lessons.manuals.reading.test_who_must_read import asked, section

pytestmark = pytest.mark.django_db

QUIZ = [
    {
        "type": "question",
        "id": "22222222-0000-4000-8000-000000000001",
        "value": {
            "question": "What comes first?",
            "answers": [
                {"type": "item", "id": "a1", "value": {"text": "Her papers", "is_right": False}},
                {"type": "item", "id": "a2", "value": {"text": "Her safety", "is_right": True}},
            ],
            "why": "Papers can wait.",
        },
    }
]


def in_force(manual: ManualPage) -> Manual:
    return manuals_in_force()[manual.translation_key]


def test_it_holds_the_digest_the_words_the_discipline_and_the_roles_of_that_day(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    person = make_person(Role.LEARNER, Role.TRAINER, discipline=Discipline.NURSING)
    given = acknowledge(in_force(manual), sha256=edition.sha256, answers={}, by=person, at=NOON)
    assert (given.edition, given.sha256, given.discipline) == (edition, edition.sha256, Discipline.NURSING)
    assert given.roles == ["learner", "trainer"]
    assert given.statement == "I have read and understood edition 1 of KP-SOP-001."
    assert given.quiz == QuizResult.NOT_ASKED
    assert asked(person, manual) is None
    assert Event.objects.filter(verb="manuals.acknowledged", actor=person.username).count() == 1


def test_twice_is_once(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    person = make_person(Role.LEARNER)
    first = acknowledge(in_force(manual), sha256=edition.sha256, answers={}, by=person, at=NOON)
    again = acknowledge(in_force(manual), sha256=edition.sha256, answers={}, by=person, at=NOON + HOUR)
    assert (again, again.at) == (first, NOON)
    assert Acknowledgement.objects.count() == 1


def test_what_was_given_is_never_changed_nor_taken_back(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    person = make_person(Role.LEARNER)
    acknowledge(in_force(manual), sha256=edition.sha256, answers={}, by=person, at=NOON)
    for deed in (
        lambda: Acknowledgement.objects.update(sha256="0" * 64),
        lambda: Acknowledgement.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            deed()


def test_who_is_not_asked_cannot(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    with pytest.raises(UnableToAcknowledge, match="nothing to read"):
        acknowledge(in_force(manual), sha256=edition.sha256, answers={}, by=make_person(), at=NOON)


def test_what_was_read_is_what_is_in_force(trio: Trio) -> None:
    manual, first = issued_manual(trio)
    rewrite(section(), by=trio.author, body=[step("Listen")])
    issued(manual, trio, at=NOON + HOUR)
    with pytest.raises(UnableToAcknowledge, match="Another edition"):
        acknowledge(in_force(manual), sha256=first.sha256, answers={}, by=make_person(Role.LEARNER), at=NOON)


def test_a_wrong_answer_is_told_and_nothing_is_kept(trio: Trio) -> None:
    manual = write_manual(by=trio.author, quiz=QUIZ)
    edition = issued(manual, trio)
    person = make_person(Role.LEARNER)
    for answers in ({}, {"question-1": "0"}, {"question-1": "nonsense"}):
        with pytest.raises(NotUnderstood) as reason:
            acknowledge(in_force(manual), sha256=edition.sha256, answers=answers, by=person, at=NOON)
        assert [question.text for question in reason.value.wrong] == ["What comes first?"]
    assert not Acknowledgement.objects.exists()
    given = acknowledge(in_force(manual), sha256=edition.sha256, answers={"question-1": "1"}, by=person, at=NOON)
    assert given.quiz == QuizResult.PASSED
