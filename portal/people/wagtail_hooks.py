"""People in Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from portal.people.viewsets import memberships

# A portrait would be a file that no door of `media.ingest` has looked at, with the place where it was taken.
# Wagtail has no setting that leaves its panel out.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("register_admin_viewset")
def roles_in_the_menu() -> Any:
    return memberships


@hooks.register("register_permissions")
def rights_on_memberships() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="people", content_type__model="membership")
