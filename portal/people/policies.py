"""Who may give a role to whom?"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.permission_policies import BlanketPermissionPolicy

from portal.people.models import Centre, Membership, User
from portal.people.roles import Role


class UnableToGrant(Exception):
    """The sentence says why, to the person who was stopped."""


def check_can_grant(by: User, *, to: User, centre: Centre, role: str) -> None:
    """Raises UnableToGrant unless `by` may give or take `role` at `centre`; nobody raises themselves."""
    if by.pk == to.pk:
        raise UnableToGrant(_("Nobody can change their own roles. Ask another manager."))
    if by.is_superuser:
        return
    if not _manages(by, centre=centre):
        raise UnableToGrant(_("Only a manager of this centre can change its roles."))
    if role == Role.CENTRE_MANAGER:
        raise UnableToGrant(_("Only the people who run the site can appoint a centre manager."))


class AdministratorsOnly(BlanketPermissionPolicy):
    """Accounts and groups are for those who run the site: who may edit people in Wagtail can promote themselves."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return self.user_has_permission(user, "")

    def users_with_any_permission(self, actions: Any) -> Any:
        return User.objects.filter(is_active=True, is_superuser=True)


def _manages(person: User, *, centre: Centre) -> bool:
    return Membership.objects.filter(person=person, centre=centre, role=Role.CENTRE_MANAGER).exists()
