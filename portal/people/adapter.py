"""How do accounts come to be? By invitation of a centre, never by a public form."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: a public sign-up form would tell a stranger who may learn here."""
        return False
