"""How do the made-up people move in?"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from portal.home.demo.accounts import ACCOUNTS, ADMINISTRATOR, PASSWORD, Account
from portal.people.actions import grant
from portal.people.models import Centre, User
from portal.people.roles import Role


def load_people(*, at: datetime) -> User:
    """Make the centre and its people; returns the administrator, who grants the roles."""
    centre, _ = Centre.objects.get_or_create(
        code="KP", defaults={"name": "Learning Centre (demonstration)", "kind": Centre.Kind.HOME}
    )
    # Hashing is slow on purpose; the password is the same for all, and no secret.
    password = make_password(PASSWORD)
    administrator = _person(ADMINISTRATOR, password=password, is_superuser=True)
    for account in ACCOUNTS:
        if account.role in Role.values:
            grant(account.role, to=_person(account, password=password), centre=centre, by=administrator, at=at)
    return administrator


def _person(account: Account, *, password: str, is_superuser: bool = False) -> User:
    person, is_new = User.objects.get_or_create(
        email=account.email,
        defaults={
            "first_name": account.first_name,
            "last_name": account.last_name,
            "discipline": account.discipline,
            "password": password,
            "is_superuser": is_superuser,
            "is_staff": is_superuser,
        },
    )
    if is_new:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
