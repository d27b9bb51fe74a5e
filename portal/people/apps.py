from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from portal.people.groups import keep_role_groups

        post_migrate.connect(keep_role_groups, dispatch_uid="people.keep_role_groups")


class PortalUsersConfig(WagtailUsersAppConfig):  # type: ignore[misc]
    """Wagtail's screens for accounts, with our forms."""

    user_viewset = "portal.people.viewsets.PersonViewSet"
