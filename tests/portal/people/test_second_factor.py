"""Who must show a second factor before the admin opens?"""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from portal.home.models import HomePage
from portal.people.roles import PUBLISHING_ROLES, Role
from portal.people.second_factor import needs_second_factor
from tests.conftest import SignedIn
from tests.factories.people import administrator, make_person

STAFF_WITHOUT = [Role.AUTHOR, Role.REVIEWER]


@pytest.fixture
def in_earnest(settings: object) -> None:
    """Not the demonstration."""
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]


@pytest.mark.usefixtures("in_earnest", "home")
@pytest.mark.parametrize("role", sorted(PUBLISHING_ROLES))
def test_who_can_publish_sets_up_a_second_factor_first(role: Role, signed_in: SignedIn) -> None:
    person = make_person(role)
    client = signed_in(person=person)
    for address in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/nothing-is-here/"):
        assert client.get(address).headers["Location"] == reverse("mfa_index")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("in_earnest", "home")
def test_the_page_where_it_is_set_up_is_open_to_them(signed_in: SignedIn) -> None:
    client = signed_in(Role.APPROVER)
    assert client.get("/en/").status_code == 200
    assert client.get(reverse("mfa_index"), follow=True).status_code == 200


@pytest.mark.usefixtures("in_earnest")
def test_recovery_codes_alone_are_no_second_factor(db: None) -> None:
    person = make_person(Role.APPROVER)
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert needs_second_factor(person)


@pytest.mark.usefixtures("in_earnest")
def test_the_one_who_runs_the_site_needs_it_too(db: None) -> None:
    assert needs_second_factor(administrator())


@pytest.mark.usefixtures("in_earnest")
def test_a_group_that_somebody_made_and_that_can_publish_needs_it(home: HomePage) -> None:
    person = make_person()
    assert not needs_second_factor(person)
    group = Group.objects.create(name="Press office")
    publish = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=home, permission=publish)
    person.groups.add(group)
    assert needs_second_factor(person)


@pytest.mark.usefixtures("in_earnest", "home")
@pytest.mark.parametrize("role", STAFF_WITHOUT)
def test_who_cannot_publish_may_go_without(role: Role, signed_in: SignedIn) -> None:
    assert signed_in(role).get("/admin/").status_code == 200


@pytest.mark.usefixtures("in_earnest", "home")
def test_an_outsider_is_sent_to_sign_in_and_not_to_a_second_factor(signed_in: SignedIn) -> None:
    assert Client().get("/admin/").headers["Location"].startswith(reverse("account_login"))
    for client in (signed_in(), signed_in(Role.LEARNER)):
        assert client.get("/admin/").status_code == 403


@pytest.mark.usefixtures("home")
def test_the_demonstration_opens_without(signed_in: SignedIn) -> None:
    assert signed_in(Role.APPROVER).get("/admin/").status_code == 200
