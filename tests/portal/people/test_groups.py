"""Which groups are there, and who is asked when a text is submitted?"""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask

from portal.people.groups import keep_role_groups
from portal.people.roles import Role, group_name
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def keep() -> None:
    from django.apps import apps

    for config in apps.get_app_configs():
        keep_role_groups(app_config=config)


def test_there_are_only_the_groups_of_roles() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {group_name(role) for role in Role}


def test_what_is_submitted_goes_to_the_approvers() -> None:
    asked = {group.name for task in GroupApprovalTask.objects.all() for group in task.groups.all()}
    assert asked == {group_name(Role.APPROVER)}


def test_a_group_that_somebody_is_in_is_left_alone() -> None:
    group = Group.objects.create(name="Moderators")
    group.user_set.add(make_person())
    keep()
    assert Group.objects.filter(name="Moderators").exists()
