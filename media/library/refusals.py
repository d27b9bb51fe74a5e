"""What does a person see whose click would have published a page that may not be published?

The editor's own form says it beside the field. Approving in a list, publishing many pages at once and publishing a
translation have no such form: they get the sentences as messages, and the page to put it right.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from media.library.publishing import UnableToPublish, reasons_against


class PublishingRefused:
    """Middleware: turns UnableToPublish into messages, and leads to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnableToPublish):
            return None
        tell(request, exception.messages)
        address = address_to_put_right(exception.page_id)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's dialogues understand: they close, and go there.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def tell(request: HttpRequest, reasons: Iterable[str]) -> None:
    messages.error(request, _("The page is not published yet."))
    for reason in reasons:
        messages.error(request, reason)


def address_to_put_right(page_id: int | None) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else reverse("wagtailadmin_home")


def refuse_one(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Before Wagtail publishes a page from its editor."""
    reasons = reasons_against(page)
    if not reasons:
        return None
    tell(request, reasons)
    return redirect(address_to_put_right(page.pk))


def refuse_many(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Before Wagtail publishes several pages from a list: all of them, or none."""
    if action_type != "publish" or not all(isinstance(thing, Page) for thing in objects):
        return None
    refused = [page for page in pages_meant(objects, action) if reasons_against(page)]
    for page in refused:
        sentence = _("“%(title)s” is not published yet, and so none of the pages: %(reasons)s")
        messages.error(request, sentence % {"title": page.title, "reasons": " ".join(reasons_against(page))})
    return redirect(action.next_url) if refused else None


def pages_meant(objects: list[Page], action: Any) -> Iterable[Page]:
    """As they would be published: their newest drafts, and what lies below them if that was ticked."""
    below = bool(action.cleaned_form and action.cleaned_form.cleaned_data.get("include_descendants"))
    for page in objects:
        yield page.get_latest_revision_as_object()
        if below:
            for draft in page.get_descendants().not_live():
                yield draft.get_latest_revision_as_object()
