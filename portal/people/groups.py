"""How do the roles become Wagtail groups with the least rights that each needs?"""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from portal.people.roles import ROLE_PERMISSIONS, group_name


def keep_role_groups(app_config: AppConfig, **signal: Any) -> None:
    """After every migration: each role has its group, with exactly the permissions of ROLE_PERMISSIONS."""
    # Permissions of all apps exist only when the signal comes for the last one.
    if app_config is not list(apps.get_app_configs())[-1]:
        return
    for role, names in ROLE_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=group_name(role))
        group.permissions.set(_permissions(names))


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))
