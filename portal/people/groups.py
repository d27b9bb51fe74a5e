"""How do the roles become Wagtail groups with the least rights that each needs?"""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupApprovalTask

from portal.people.models import User
from portal.people.roles import ROLE_PERMISSIONS, Role, group_name


def keep_role_groups(app_config: AppConfig, **signal: Any) -> None:
    """After every migration: each role has its group, with exactly the permissions of ROLE_PERMISSIONS."""
    # Permissions of all apps exist only when the signal comes for the last one that has models.
    if app_config is not [config for config in apps.get_app_configs() if config.models_module][-1]:
        return
    for role, names in ROLE_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=group_name(role))
        group.permissions.set(_permissions(names))
    _retire_groups_of_wagtail()


def _retire_groups_of_wagtail() -> None:
    """Wagtail makes groups with rights over the whole site; ours have the least. Moderation is the approvers' task."""
    empty = Group.objects.filter(name__in=("Editors", "Moderators"), user=None)
    for task in GroupApprovalTask.objects.filter(groups__in=empty).distinct():
        task.groups.set(Group.objects.filter(name=group_name(Role.APPROVER)))
    empty.delete()


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def carry_rights(person: User) -> None:
    """A person is in exactly the groups of the roles that they hold; other groups are left alone."""
    held = {group_name(role) for role in person.memberships.values_list("role", flat=True)}
    ours = Group.objects.filter(name__startswith=group_name(""))
    person.groups.remove(*ours.filter(user=person).exclude(name__in=held))
    person.groups.add(*ours.filter(name__in=held).exclude(user=person))


def follow_memberships(instance: Any, action: str, pk_set: set[int] | None, **signal: Any) -> None:
    """After anybody's groups were changed, by whatever form: the groups of roles follow memberships, not ticks."""
    if action not in ("post_add", "post_remove"):
        return
    people = [instance] if isinstance(instance, User) else User.objects.filter(pk__in=pk_set or ())
    for person in people:
        carry_rights(person)
