"""Giving people roles, and taking roles away."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from portal.audit.recording import record
from portal.people.models import Centre, Membership, User
from portal.people.policies import check_can_grant
from portal.people.roles import group_name


@transaction.atomic
def grant(role: str, *, to: User, centre: Centre, by: User, at: datetime) -> Membership:
    """Give `to` a role at `centre`; giving it again changes nothing. Raises UnableToGrant."""
    check_can_grant(by, to=to, centre=centre, role=role)
    membership, is_new = Membership.objects.get_or_create(
        person=to, centre=centre, role=role, defaults={"granted_at": at, "granted_by": by}
    )
    if is_new:
        _carry_rights(to)
        record("people.granted", by=by, at=at, subject=membership, role=role, person=to.username)
    return membership


@transaction.atomic
def revoke(membership: Membership, *, by: User, at: datetime) -> None:
    """Take a role away. Raises UnableToGrant."""
    person = membership.person
    check_can_grant(by, to=person, centre=membership.centre, role=membership.role)
    record("people.revoked", by=by, at=at, subject=membership, role=membership.role, person=person.username)
    membership.delete()
    _carry_rights(person)


def _carry_rights(person: User) -> None:
    """A person is in exactly the groups of the roles that they hold; other groups are left alone."""
    held = {group_name(role) for role in person.memberships.values_list("role", flat=True)}
    ours = Group.objects.filter(name__startswith=group_name(""))
    person.groups.remove(*ours.exclude(name__in=held))
    person.groups.add(*ours.filter(name__in=held))
