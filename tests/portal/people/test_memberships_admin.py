"""How are roles given and taken in the admin?"""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.audit.models import Event
from portal.people.models import Membership, User
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.people import administrator, make_centre, make_person

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def manager() -> User:
    return make_person(Role.CENTRE_MANAGER)


def give(client: Client, role: str, *, to: User, centre_code: str = "HC") -> str:
    wanted = {"person": to.pk, "centre": make_centre(code=centre_code).pk, "role": role}
    return client.post(reverse("memberships:add"), wanted, follow=True).content.decode()


def take(client: Client, membership: Membership) -> str:
    address = reverse("memberships:delete", args=[membership.pk])
    return client.post(address, follow=True).content.decode()


def test_a_manager_gives_a_role_and_takes_it_and_both_are_recorded(manager: User, signed_in: SignedIn) -> None:
    person, client = make_person(), signed_in(person=manager)
    give(client, Role.AUTHOR, to=person)
    membership = person.memberships.get()
    assert membership.granted_by == manager
    take(client, membership)
    assert not person.memberships.exists()
    assert sorted(Event.objects.values_list("verb", "actor")) == [
        ("people.granted", manager.username),
        ("people.revoked", manager.username),
    ]


def test_a_manager_is_told_why_they_cannot_raise_themselves(manager: User, signed_in: SignedIn) -> None:
    client = signed_in(person=manager)
    assert "Nobody can change their own roles" in give(client, Role.APPROVER, to=manager)
    assert "Nobody can change their own roles" in take(client, manager.memberships.get())
    assert [one.role for one in manager.memberships.all()] == [Role.CENTRE_MANAGER]


def test_a_manager_is_told_that_another_centre_is_not_theirs(manager: User, signed_in: SignedIn) -> None:
    client = signed_in(person=manager)
    assert "Only a manager of this centre" in give(client, Role.AUTHOR, to=make_person(), centre_code="NK")
    theirs = make_person(Role.AUTHOR, centre=make_centre(code="NK")).memberships.get()
    take(client, theirs)
    assert Membership.objects.filter(pk=theirs.pk).exists()


def test_a_manager_does_not_see_the_people_of_another_centre(manager: User, signed_in: SignedIn) -> None:
    make_person(Role.AUTHOR, first_name="Ours")
    make_person(Role.AUTHOR, centre=make_centre(code="NK"), first_name="Theirs")
    said = signed_in(person=manager).get(reverse("memberships:index")).content.decode()
    assert "Ours" in said
    assert "Theirs" not in said
    everybody = signed_in(person=administrator()).get(reverse("memberships:index")).content.decode()
    assert "Theirs" in everybody


def test_a_manager_cannot_appoint_managers(manager: User, signed_in: SignedIn) -> None:
    said = give(signed_in(person=manager), Role.CENTRE_MANAGER, to=make_person())
    assert "Only the people who run the site" in said
    assert Membership.objects.filter(role=Role.CENTRE_MANAGER).count() == 1


def test_a_role_cannot_be_edited(manager: User, signed_in: SignedIn) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("memberships:edit", args=[1])
    membership = make_person(Role.LEARNER).memberships.get()
    client = signed_in(person=manager)
    for address in ("edit", "copy", "history"):
        assert client.get(f"/admin/memberships/{address}/{membership.pk}/").status_code in (302, 403, 404)
    assert f"/admin/memberships/edit/{membership.pk}/" not in client.get("/admin/memberships/").content.decode()


@pytest.mark.parametrize("role", [None, *(frozenset(Role) - {Role.CENTRE_MANAGER})])
def test_others_can_neither_give_nor_take(role: Role | None, signed_in: SignedIn) -> None:
    learner = make_person(Role.LEARNER)
    for client in (Client(), signed_in(*([role] if role else []))):
        give(client, Role.APPROVER, to=make_person())
        take(client, learner.memberships.get())
    assert not Membership.objects.filter(role=Role.APPROVER, granted_by__isnull=False).exists()
    assert learner.memberships.count() == 1
