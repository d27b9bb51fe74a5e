"""Which roles may bring, choose and change media? Wagtail keeps these rights with collections."""

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from media.models import Recording
from portal.people.roles import Role, group_name

_CHOOSE = ("choose_image", "choose_document", "choose_recording")
_ADD = ("add_image", "add_document", "add_recording")
_CHANGE = ("change_image", "change_document", "change_recording")

#: What each role may do with pictures, leaflets and recordings. Whoever adds something may also change it.
COLLECTION_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.TRAINER: _CHOOSE + _ADD,
    Role.AUTHOR: _CHOOSE + _ADD,
    Role.REVIEWER: _CHOOSE,
    Role.APPROVER: _CHOOSE,
    Role.CURATOR: _CHOOSE + _ADD + _CHANGE,
}

#: Wagtail asks for its own models' permissions where ours stand in for them.
OF_MEDIA = Q(content_type__app_label__in=["wagtailimages", "wagtaildocs"]) | Q(
    content_type__app_label="media", content_type__model="recording"
)


def register_policies() -> None:
    """Recordings are kept in collections like pictures and leaflets, for which Wagtail does this itself."""
    policy = CollectionOwnershipPermissionPolicy(Recording, auth_model=Recording, owner_field_name="uploaded_by_user")
    register_permission_policy(Recording, policy)


def keep_media_rights(app_config: AppConfig, **signal: object) -> None:
    """After every migration: the groups of the roles have exactly these rights in the root collection."""
    # Permissions of all apps exist only when the signal comes for the last one that has models.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    root = Collection.get_first_root_node()
    if app_config is not last or root is None:
        return
    for role, codenames in COLLECTION_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=group_name(role))
        wanted = Permission.objects.filter(OF_MEDIA, codename__in=codenames)
        held = GroupCollectionPermission.objects.filter(group=group, collection=root)
        held.exclude(permission__in=wanted).delete()
        for permission in wanted:
            held.get_or_create(group=group, collection=root, permission=permission)
