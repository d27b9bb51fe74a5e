"""People in Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from portal.people.viewsets import memberships


@hooks.register("register_admin_viewset")
def roles_in_the_menu() -> Any:
    return memberships


@hooks.register("register_permissions")
def rights_on_memberships() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="people", content_type__model="membership")
