"""Why is a new page made once, although it is saved twice at the same moment?

Wagtail saves a new page by itself while its author writes, and the author clicks on "Save" in that very second. Both
ask for a new page. The form of a new page has a key; what arrives with the key of a page that is there already is a new
draft of that page, so nothing that was typed is lost and nobody gets a page twice.
"""

import time
import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
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
        cache.set(name, page.pk, REMEMBERED)


def edit_what_is_there(request: HttpRequest, parent_page: Page, page_class: Any) -> HttpResponse | None:
    """Before Wagtail makes a page in its editor."""
    name = _name_of(request)
    made = cache.get(name) if name else None
    return _edited(request, made) if made else None


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
        return _edited(request, made) if made else None


def _name_of(request: HttpRequest) -> str | None:
    """Under which name the cache knows what was made of this form, by this person."""
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    is_key = len(key) == 32 and key.isalnum() and key.isascii()
    return f"base:created:{request.user.pk}:{key}" if is_key else None


def _edited(request: HttpRequest, page_id: int) -> HttpResponse | None:
    if not Page.objects.filter(pk=page_id).exists():
        return None
    view = resolve(reverse("wagtailadmin_pages:edit", args=[page_id]))
    answer: HttpResponse = view.func(request, *view.args, **view.kwargs)
    return answer
