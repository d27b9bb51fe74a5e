"""Giving people roles, and taking roles away."""

from datetime import datetime

from django.db import transaction

from portal.audit.recording import record
from portal.people.groups import carry_rights
from portal.people.models import Centre, Membership, User
from portal.people.policies import check_can_grant
from portal.people.roles import Role


@transaction.atomic
def grant(role: str, *, to: User, centre: Centre, by: User, at: datetime) -> Membership:
    """Give `to` a role at `centre`; giving it again changes nothing. Raises UnableToGrant."""
    role = Role(role)
    check_can_grant(by, to=to, centre=centre, role=role)
    membership, is_new = Membership.objects.get_or_create(
        person=to, centre=centre, role=role, defaults={"granted_at": at, "granted_by": by}
    )
    if is_new:
        carry_rights(to)
        record("people.granted", by=by, at=at, subject=membership, role=role, person=to.username)
    return membership


@transaction.atomic
def revoke(membership: Membership, *, by: User, at: datetime) -> None:
    """Take a role away. Raises UnableToGrant."""
    person = membership.person
    check_can_grant(by, to=person, centre=membership.centre, role=membership.role)
    record("people.revoked", by=by, at=at, subject=membership, role=membership.role, person=person.username)
    membership.delete()
    carry_rights(person)
