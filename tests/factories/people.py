"""People in their roles."""

import itertools
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group

from portal.people.models import Centre, Membership, User
from portal.people.roles import Role, group_name

_numbers = itertools.count(1)
PASSWORD = "a long enough password"


def make_centre(*, code: str = "HC", kind: str = Centre.Kind.HOME) -> Centre:
    centre, _ = Centre.objects.get_or_create(code=code, defaults={"name": f"Centre {code}", "kind": kind})
    return centre


def make_person(*roles: Role | str, centre: Centre | None = None, **fields: Any) -> User:
    """Somebody with an account; with roles, a member of `centre` (else of the home centre)."""
    values: dict[str, Any] = {"email": f"person-{next(_numbers)}@example.org", "password": PASSWORD, **fields}
    person = User.objects.create_person(**values)
    for role in roles:
        Membership.objects.create(
            person=person, centre=centre or make_centre(), role=role, granted_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        person.groups.add(Group.objects.get_or_create(name=group_name(role))[0])
    return person


def administrator() -> User:
    """The one who runs the site; the same one if asked again."""
    found = User.objects.filter(is_superuser=True).first()
    return found or User.objects.create_superuser("", "administrator@example.org", PASSWORD, first_name="Amina")
