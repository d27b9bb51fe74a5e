"""Which roles may bring, choose and change media? Wagtail keeps these rights with collections."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

from portal.people.roles import Role, group_name

_CHOOSE = ("choose_image", "choose_document")
_ADD = ("add_image", "add_document")
_CHANGE = ("change_image", "change_document")

#: What each role may do with pictures and leaflets. Whoever adds something may also change it.
COLLECTION_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.TRAINER: _CHOOSE + _ADD,
    Role.AUTHOR: _CHOOSE + _ADD,
    Role.REVIEWER: _CHOOSE,
    Role.APPROVER: _CHOOSE,
    Role.CURATOR: _CHOOSE + _ADD + _CHANGE,
}


def keep_media_rights(app_config: AppConfig, **signal: Any) -> None:
    """After every migration: the groups of the roles have exactly these rights in the root collection."""
    # Permissions of all apps exist only when the signal comes for the last one that has models.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    root = Collection.get_first_root_node()
    if app_config is not last or root is None:
        return
    for role, codenames in COLLECTION_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=group_name(role))
        wanted = Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
        )
        held = GroupCollectionPermission.objects.filter(group=group, collection=root)
        held.exclude(permission__in=wanted).delete()
        for permission in wanted:
            held.get_or_create(group=group, collection=root, permission=permission)
