"""An edition asks those whose work its changed steps touch, and nobody else."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.manuals.models import ManualPage, SectionPage
from lessons.manuals.reading.models import Acknowledgement
from lessons.manuals.reading.who_must_read import Outstanding, open_list, readings_of
from portal.base.audience import Sensitivity, viewer_for
from portal.editions.models import ChangeKind, Edition
from portal.editions.withdrawing import withdraw
from portal.people.models import Centre, Discipline, User
from portal.people.roles import Role
from tests.factories.editions import HOUR, NOON, Trio, add_section, issued, issued_manual, rewrite, step, write_manual
from tests.factories.people import administrator, make_centre, make_person

pytestmark = pytest.mark.django_db
NURSING, POLICE = Discipline.NURSING, Discipline.POLICE


def asked(person: User, manual: ManualPage) -> Outstanding | None:
    return readings_of(person, viewer_for(person)).get(manual.translation_key)


def acknowledged(person: User, edition: Edition) -> None:
    Acknowledgement.objects.create(edition=edition, sha256=edition.sha256, person=person, statement="Read.", at=NOON)


def nurse(*roles: Role, centre: Centre | None = None) -> User:
    return make_person(*(roles or (Role.LEARNER,)), discipline=NURSING, centre=centre)


def policewoman() -> User:
    return make_person(Role.LEARNER, discipline=POLICE)


def section(title: str = "Section 1") -> SectionPage:
    return SectionPage.objects.get(title=title)


def test_a_first_edition_asks_everybody_with_a_role_if_it_names_nobody(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    found = asked(nurse(), manual)
    assert found is not None
    assert (found.manual.edition_id, found.by, found.since) == (edition.pk, None, edition.effective_from)


def test_it_asks_nobody_without_a_role(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    assert asked(make_person(), manual) is None
    assert asked(administrator(), manual) is None


def test_it_asks_nobody_of_another_centre(trio: Trio) -> None:
    manual, _edition = issued_manual(trio, code="HC-SOP-001")
    assert asked(nurse(), manual) is not None
    assert asked(nurse(Role.CENTRE_MANAGER, centre=make_centre(code="OT", kind=Centre.Kind.SISTER)), manual) is None


def test_it_asks_nobody_who_may_not_see_the_manual(trio: Trio) -> None:
    manual, _edition = issued_manual(trio, sensitivity=Sensitivity.STAFF)
    assert asked(nurse(Role.LEARNER), manual) is None
    assert asked(nurse(Role.TRAINER), manual) is not None


def test_a_manual_that_names_disciplines_asks_only_those(trio: Trio) -> None:
    manual, _edition = issued_manual(trio, roles=[NURSING])
    assert asked(nurse(), manual) is not None
    assert asked(policewoman(), manual) is None
    assert asked(make_person(Role.LEARNER), manual) is None


def test_a_section_or_a_step_may_name_somebody_besides(trio: Trio) -> None:
    manual = write_manual(by=trio.author, roles=[NURSING])
    add_section(manual, title="Escort", by=trio.author, body=[step("Drive", roles=[POLICE])])
    issued(manual, trio)
    assert asked(policewoman(), manual) is not None
    assert asked(make_person(Role.LEARNER, discipline=Discipline.LAW), manual) is None


@pytest.mark.parametrize("kind", [ChangeKind.CORRECTION, ChangeKind.NEW_OPTIONAL])
def test_a_correction_asks_nobody_again(trio: Trio, kind: ChangeKind) -> None:
    manual, edition = issued_manual(trio)
    person = nurse()
    acknowledged(person, edition)
    rewrite(section(), by=trio.author, body=[step("Listen")])
    issued(manual, trio, at=NOON + HOUR, kind=kind)
    assert asked(person, manual) is None
    assert asked(nurse(), manual) is not None


def test_what_is_required_asks_again_those_whose_steps_changed(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    medic, officer = nurse(), policewoman()
    for person in (medic, officer):
        acknowledged(person, edition)
    rewrite(section(), by=trio.author, body=[step("Listen", roles=[NURSING])])
    # The steps that are gone named nobody and touch everybody; from now on the section is of nurses.
    second = issued(manual, trio, at=NOON + HOUR, kind=ChangeKind.NEW_REQUIRED)
    assert asked(officer, manual) is not None
    for person in (medic, officer):
        acknowledged(person, second)
    rewrite(section(), by=trio.author, body=[step("Listen", roles=[NURSING], text="Listen longer.")])
    issued(manual, trio, at=NOON + 2 * HOUR, kind=ChangeKind.NEW_REQUIRED)
    assert asked(officer, manual) is None
    found = asked(medic, manual)
    assert found is not None
    assert (found.manual.number, found.acknowledged) == (3, 2)


def test_retraining_has_a_date(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    person = nurse()
    acknowledged(person, edition)
    rewrite(section(), by=trio.author, body=[step("Listen")])
    issued(manual, trio, at=NOON + HOUR, kind=ChangeKind.RETRAINING, retrain_by=date(2026, 12, 1))
    found = asked(person, manual)
    assert found is not None
    assert found.by == date(2026, 12, 1)
    assert (found.is_late(date(2026, 12, 1)), found.is_late(date(2026, 12, 2))) == (False, True)


def test_what_was_required_is_asked_until_a_newer_edition_is_acknowledged(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    person = nurse()
    acknowledged(person, edition)
    rewrite(section(), by=trio.author, body=[step("Listen")])
    issued(manual, trio, at=NOON + HOUR, kind=ChangeKind.NEW_REQUIRED)
    rewrite(section("Section 2"), by=trio.author, body=[step("Write")])
    third = issued(manual, trio, at=NOON + 2 * HOUR, kind=ChangeKind.CORRECTION)
    assert asked(person, manual) is not None
    acknowledged(person, third)
    assert asked(person, manual) is None


def test_a_withdrawn_manual_asks_nobody(trio: Trio) -> None:
    from portal.editions.coming_into_force import show_what_holds

    manual, edition = issued_manual(trio)
    withdraw(edition, by=trio.approver, at=NOON + HOUR, reason="It was wrong.")
    show_what_holds(manual.translation_key, at=NOON + HOUR)
    assert asked(nurse(), manual) is None


def test_an_edition_whose_hour_has_not_come_asks_nobody(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    issued(manual, trio, effective_from=NOON + HOUR)
    assert asked(nurse(), manual) is None


def lines_of(centre: Centre) -> list[tuple[str, str]]:
    return [(line.reader.person.email, line.outstanding.manual.code) for line in open_list(centre)]


def test_the_open_list_of_a_centre_holds_its_people_only(trio: Trio) -> None:
    issued_manual(trio, roles=[NURSING])
    other = make_centre(code="OT", kind=Centre.Kind.SISTER)
    inside, outside = nurse(), nurse(centre=other)
    gone = nurse()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert lines_of(make_centre()) == [(inside.email, "KP-SOP-001")]
    assert lines_of(other) == [(outside.email, "KP-SOP-001")]


def test_the_open_list_asks_as_often_for_many_people_as_for_one(trio: Trio) -> None:
    issued_manual(trio, sections=1, roles=[NURSING])

    def queries() -> int:
        open_list(make_centre())
        with CaptureQueriesContext(connection) as captured:
            found: Any = open_list(make_centre())
        assert found
        return len(captured)

    nurse()
    few = queries()
    for _number in range(5):
        nurse()
    issued_manual(trio, code="KP-SOP-002", sections=1, roles=[NURSING])
    assert queries() == few
