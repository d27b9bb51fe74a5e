"""Can anybody make themselves more than they are, through Wagtail's screens for accounts?"""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role, group_name
from tests.conftest import SignedIn
from tests.factories.people import administrator, make_person
from tests.media import files

pytestmark = pytest.mark.usefixtures("home")
PERSON = {"email": "new@example.org", "first_name": "New", "last_name": "Person", "language": "en", "discipline": ""}
PASSWORDS = {"password1": "a-long-mudmee-pattern", "password2": "a-long-mudmee-pattern"}


@pytest.fixture
def clerk() -> User:
    """Somebody to whom a group of the administrator's own making gave every right over people."""
    group = Group.objects.create(name="Clerks")
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=["people", "auth", "wagtailadmin"]))
    person = make_person(Role.LEARNER)
    person.groups.add(group)
    return User.objects.get(pk=person.pk)


def edit(person: User) -> str:
    return reverse("wagtailusers_users:edit", args=[person.pk])


def test_rights_over_people_do_not_let_anybody_raise_themselves(clerk: User, signed_in: SignedIn) -> None:
    approvers = Group.objects.get(name=group_name(Role.APPROVER))
    client = signed_in(person=clerk)
    wanted = {**PERSON, "email": clerk.email, "is_superuser": "on", "is_active": "on", "groups": [approvers.pk]}
    client.post(edit(clerk), wanted)
    client.post(edit(administrator()), {**wanted, **PASSWORDS, "email": "administrator@example.org"})
    client.post(reverse("wagtailusers_users:add"), {**PERSON, **PASSWORDS, "is_superuser": "on"})
    bulk = reverse("wagtail_bulk_action", args=["people", "user", "assign_role"])
    client.post(f"{bulk}?id={clerk.pk}", {"role": approvers.pk})
    client.post(reverse("wagtailusers_groups:edit", args=[approvers.pk]), {"name": "role:approver"})
    clerk.refresh_from_db()
    assert not clerk.is_superuser
    assert set(clerk.groups.values_list("name", flat=True)) == {"Clerks", "role:learner"}
    assert User.objects.filter(is_superuser=True).count() == 1
    assert not administrator().check_password(PASSWORDS["password1"])


def test_even_the_administrator_gives_roles_as_memberships_only(signed_in: SignedIn) -> None:
    learner = make_person(Role.LEARNER)
    approvers = Group.objects.get(name=group_name(Role.APPROVER))
    client = signed_in(person=administrator())
    said = client.get(edit(learner)).content.decode()
    assert "role:approver" not in said
    client.post(edit(learner), {**PERSON, "is_active": "on", "groups": [approvers.pk]})
    bulk = reverse("wagtail_bulk_action", args=["people", "user", "assign_role"])
    client.post(f"{bulk}?id={learner.pk}", {"role": approvers.pk})
    assert set(learner.groups.values_list("name", flat=True)) == {"role:learner"}


def test_the_administrator_makes_an_account_with_an_opaque_id(signed_in: SignedIn) -> None:
    client = signed_in(person=administrator())
    answer = client.post(reverse("wagtailusers_users:add"), {**PERSON, **PASSWORDS})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    made = User.objects.get(email="new@example.org")
    assert made.username.startswith("p-")
    assert client.get(edit(made)).status_code == 200


def test_editing_an_account_keeps_its_roles(signed_in: SignedIn) -> None:
    author = make_person(Role.AUTHOR)
    client = signed_in(person=administrator())
    answer = client.post(edit(author), {**PERSON, "is_active": "on"})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    author.refresh_from_db()
    assert author.first_name == "New"
    assert set(author.groups.values_list("name", flat=True)) == {"role:author"}


@pytest.mark.parametrize("role", Role)
def test_nobody_but_the_administrator_opens_an_account(role: Role, home: HomePage, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(), signed_in(role)):
        for address in (edit(administrator()), reverse("wagtailusers_users:index")):
            assert client.get(address).status_code in (302, 403)


def test_nobody_brings_a_portrait(signed_in: SignedIn) -> None:
    """It would be stored as it came, with the place where it was taken."""
    author = make_person(Role.AUTHOR)
    client = signed_in(person=author)
    account = reverse("wagtailadmin_account")
    assert "avatar-avatar" not in client.get(account).content.decode()
    portrait = SimpleUploadedFile("me.jpg", files.photograph(), content_type="image/jpeg")
    client.post(account, {"avatar-avatar": portrait, "name_email-first_name": "A", "name_email-last_name": "B"})
    assert not UserProfile.get_for_user(author).avatar
