"""Who is turned away at the door of the admin? Wagtail would send them to sign in, and sign-in would send them back."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AdminDoorMiddleware:
    """Somebody who is signed in and has no business in the admin is told so, instead of going round in circles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_at_the_door = request.path.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated
        if is_at_the_door and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return self.get_response(request)
