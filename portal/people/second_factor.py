"""Who must show a second factor before they may work in the admin?"""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from portal.people.models import User
from portal.people.roles import PUBLISHING_ROLES

#: Recovery codes are a way back in, not a factor.
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def needs_second_factor(user: User) -> bool:
    """Everybody who can publish, and who has no TOTP or passkey yet; nobody in the demonstration."""
    if settings.DEMONSTRATION or not user.is_authenticated:
        return False
    return can_publish(user) and not is_mfa_enabled(user, types=SECOND_FACTORS)


def can_publish(user: User) -> bool:
    """By a role, or by a group that somebody made in the admin."""
    return (
        user.is_superuser
        or user.memberships.filter(role__in=PUBLISHING_ROLES).exists()
        or GroupPagePermission.objects.filter(group__user=user, permission__codename="publish_page").exists()
    )


class SecondFactorMiddleware:
    """Sends people who need a second factor from the admin to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")) and needs_second_factor(request.user):  # type: ignore[arg-type]
            messages.warning(request, _("Your role can publish. Set up a second factor first; it takes two minutes."))
            return redirect("mfa_index")
        return self.get_response(request)
