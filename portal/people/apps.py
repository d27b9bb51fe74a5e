from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from portal.people.groups import follow_memberships, keep_role_groups
        from portal.people.models import User

        post_migrate.connect(keep_role_groups, dispatch_uid="people.keep_role_groups")
        m2m_changed.connect(follow_memberships, sender=User.groups.through, dispatch_uid="people.follow_memberships")


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts, with our forms, for those who run the site only."""

    user_viewset = "portal.people.viewsets.PersonViewSet"

    def ready(self) -> None:
        super().ready()
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from portal.people.models import User
        from portal.people.policies import AdministratorsOnly

        for model in (User, Group):
            register_permission_policy(model, AdministratorsOnly(model))
