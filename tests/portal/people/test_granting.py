"""Who may give which role to whom, and do the rights follow?"""

from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.utils import timezone

from portal.audit.models import Event
from portal.people.actions import grant, revoke
from portal.people.models import Membership, User, opaque_id
from portal.people.policies import UnableToGrant, check_can_grant
from portal.people.roles import ROLE_PERMISSIONS, Role, group_name
from tests.factories.people import administrator, make_centre, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def groups_of(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


@pytest.mark.parametrize("role", Role)
def test_nobody_raises_themselves(role: Role) -> None:
    for person in (administrator(), make_person(Role.CENTRE_MANAGER), make_person()):
        with pytest.raises(UnableToGrant, match="own roles"):
            grant(role, to=person, centre=make_centre(), by=person, at=NOW)


@pytest.mark.parametrize(("held", "role"), list(product([None, *Role], Role)))
def test_only_a_manager_of_the_centre_gives_roles_and_never_makes_managers(held: Role | None, role: Role) -> None:
    by = make_person(*([held] if held else []))
    may = held == Role.CENTRE_MANAGER and role != Role.CENTRE_MANAGER
    if may:
        check_can_grant(by, to=make_person(), centre=make_centre(), role=role)
    else:
        with pytest.raises(UnableToGrant):
            check_can_grant(by, to=make_person(), centre=make_centre(), role=role)


def test_a_manager_of_another_centre_can_neither_give_nor_take() -> None:
    stranger = make_person(Role.CENTRE_MANAGER, centre=make_centre(code="NK"))
    learner = make_person(Role.LEARNER)
    with pytest.raises(UnableToGrant, match="this centre"):
        grant(Role.AUTHOR, to=learner, centre=make_centre(), by=stranger, at=NOW)
    with pytest.raises(UnableToGrant, match="this centre"):
        revoke(learner.memberships.get(), by=stranger, at=NOW)
    assert not Event.objects.exists()


def test_a_manager_cannot_unseat_another_manager() -> None:
    one, two = make_person(Role.CENTRE_MANAGER), make_person(Role.CENTRE_MANAGER)
    with pytest.raises(UnableToGrant):
        revoke(two.memberships.get(), by=one, at=NOW)


def test_groups_come_and_go_with_the_role() -> None:
    person, chief, centre = make_person(), administrator(), make_centre()
    other = Group.objects.create(name="Choir")
    person.groups.add(other)
    membership = grant(Role.AUTHOR, to=person, centre=centre, by=chief, at=NOW)
    assert groups_of(person) == {"Choir", group_name(Role.AUTHOR)}
    revoke(membership, by=chief, at=NOW)
    assert groups_of(person) == {"Choir"}


def test_a_role_held_at_two_centres_stays_when_one_is_taken() -> None:
    person, chief = make_person(), administrator()
    one, two = (grant(Role.AUTHOR, to=person, centre=make_centre(code=code), by=chief, at=NOW) for code in ("KP", "NK"))
    revoke(one, by=chief, at=NOW)
    assert groups_of(person) == {group_name(Role.AUTHOR)}
    revoke(two, by=chief, at=NOW)
    assert groups_of(person) == set()


def test_a_group_of_a_role_cannot_be_had_without_the_role() -> None:
    person = make_person(Role.LEARNER)
    approvers = Group.objects.get(name=group_name(Role.APPROVER))
    person.groups.add(approvers)
    assert groups_of(person) == {group_name(Role.LEARNER)}
    approvers.user_set.add(person)
    assert groups_of(person) == {group_name(Role.LEARNER)}
    person.groups.clear()
    person.groups.set([approvers])
    assert groups_of(person) == {group_name(Role.LEARNER)}


def test_granting_twice_is_granting_once() -> None:
    person, chief, centre = make_person(), administrator(), make_centre()
    for _ in range(2):
        grant(Role.AUTHOR, to=person, centre=centre, by=chief, at=NOW)
    assert person.memberships.count() == 1
    assert Event.objects.count() == 1


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="king"):
        grant("king", to=make_person(), centre=make_centre(), by=administrator(), at=NOW)


def test_the_database_itself_refuses_a_role_that_somebody_gave_themselves() -> None:
    person = make_person()
    with pytest.raises(IntegrityError, match="people_membership_is_granted_by_another"):
        Membership.objects.create(
            person=person, centre=make_centre(), role=Role.APPROVER, granted_by=person, granted_at=NOW
        )


@pytest.mark.parametrize("role", Role)
def test_each_role_s_group_has_exactly_its_permissions(role: Role) -> None:
    group = Group.objects.get(name=group_name(role))
    held = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.select_related("content_type")}
    assert held == set(ROLE_PERMISSIONS[role])


def test_opaque_ids_tell_nothing_and_do_not_repeat() -> None:
    made = {opaque_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 22 and one.startswith("p-") for one in made)


def test_the_audit_and_the_log_know_people_by_their_opaque_id_only(caplog: pytest.LogCaptureFixture) -> None:
    person = make_person(first_name="Somsri", last_name="Madeup", email="somsri@example.org")
    chief = administrator()
    membership = grant(Role.AUTHOR, to=person, centre=make_centre(), by=chief, at=NOW)
    revoke(membership, by=chief, at=NOW)
    told = " ".join(f"{event.actor} {event.verb} {event.subject} {event.facts}" for event in Event.objects.all())
    assert person.username in told
    assert chief.username in told
    for secret in ("Somsri", "Madeup", "somsri", "Amina", "administrator@"):
        assert secret not in told + caplog.text
