"""Why is a new page made once, although it is saved twice at the same moment?

Wagtail saves a new page by itself while its author writes, and the author clicks on "Save" in that very second. Both
ask for a new page. The form of a new page has a key; what arrives with the key of a page that is there already is a new
draft of that page, so nothing that was typed is lost and nobody gets a page twice. What Wagtail saves by itself is
refused if it arrives after the click on "Save": it is older than what was saved then.
"""

import time
import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

FIELD = "creation_key"
#: Seconds that a key is remembered: a tab with a new page may be left open for as long as a session lasts.
REMEMBERED = 12 * 60 * 60
#: Seconds to wait for the first of two requests, which is in the middle of making the page.
PATIENCE = 5.0


def new_key() -> str:
    return uuid.uuid4().hex


def remember_new_page(request: HttpRequest, page: Page) -> None:
    """After Wagtail made a page in its editor."""
    if name := _name_of(request):
        _remember_click(request, name)
        cache.set(name, page.pk, REMEMBERED)


def edit_what_is_there(request: HttpRequest, parent_page: Page, page_class: Any) -> HttpResponse | None:
    """Before Wagtail makes a page in its editor."""
    name = _name_of(request)
    made = cache.get(name) if name else None
    return _edited(request, name, made) if name and made else None


class CreatedMeanwhile:
    """Middleware: the second of two requests for the same new page finds its address taken while it makes the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        name = _name_of(request)
        if name is None or not isinstance(exception, ValidationError):
            return None
        ends = time.monotonic() + PATIENCE
        while (made := cache.get(name)) is None and time.monotonic() < ends:
            time.sleep(0.05)
        return _edited(request, name, made) if made else None


def _name_of(request: HttpRequest) -> str | None:
    """Under which name the cache knows what was made of this form, by this person."""
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    is_key = len(key) == 32 and key.isalnum() and key.isascii()
    return f"base:created:{request.user.pk}:{key}" if is_key else None


def _is_by_itself(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _remember_click(request: HttpRequest, name: str) -> None:
    if not _is_by_itself(request):
        cache.set(f"{name}:clicked", True, REMEMBERED)


def _edited(request: HttpRequest, name: str, page_id: int) -> HttpResponse | None:
    if not Page.objects.filter(pk=page_id).exists():
        return None
    if _is_by_itself(request) and cache.get(f"{name}:clicked"):
        # Wagtail's own words and code for it: its script then saves nothing more by itself.
        told = {"error_code": "invalid_revision", "error_message": _("Saving will overwrite a newer version.")}
        return JsonResponse({"success": False, **told}, status=400)
    view = resolve(reverse("wagtailadmin_pages:edit", args=[page_id]))
    answer: HttpResponse = view.func(request, *view.args, **view.kwargs)
    if answer.status_code == 302:
        _remember_click(request, name)
    return answer
