"""What may not be deleted or moved away, because an edition stands on it?

Editions themselves cannot be harmed: they are frozen. But their pages are where readers find them.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.editions.models import Edition, EditionPage, InForce


def reasons_to_keep(page: Page) -> list[str]:
    """Why neither `page` nor what lies below it may be deleted."""
    tree = Page.objects.descendant_of(page, inclusive=True)
    if Edition.objects.exclude(code="").filter(subject__in=tree.values("translation_key")).exists():
        return [_("There are editions of this. They stay readable for ever: withdraw the last one instead.")]
    if _is_held(tree):
        return [_("This is part of an edition. Leave it out of the next edition instead; then you may delete it.")]
    return []


def reasons_to_stay(page: Page, *, destination: Page) -> list[str]:
    """Why `page` may not be moved below another page; its place among its neighbours may change."""
    if page.get_parent().pk == destination.pk or not _is_held(Page.objects.filter(pk=page.pk), is_below=True):
        return []
    return [_("This is part of an edition. Leave it out of the next edition instead; then you may move it.")]


def _is_held(pages: Any, *, is_below: bool = False) -> bool:
    """Whether a page is part of the edition in force, or of one whose hour is to come."""
    rows = EditionPage.objects.filter(key__in=pages.values("translation_key"), edition__withdrawal=None)
    if is_below:
        rows = rows.exclude(parent=None)
    for edition in Edition.objects.filter(pages__in=rows).distinct().defer("content"):
        shown = InForce.objects.filter(subject=edition.subject).select_related("edition").first()
        if shown is None or edition.number >= shown.edition.number:
            return True
    return False


def refuse_to_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail deletes one page; also before it asks whether one is sure."""
    return _refused(request, page, reasons_to_keep(page))


def refuse_to_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _refused(request, page, reasons_to_stay(page, destination=destination))


def _refused(request: HttpRequest, page: Page, reasons: list[str]) -> HttpResponse | None:
    for reason in reasons:
        messages.error(request, reason)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk])) if reasons else None


def refuse_many(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Before Wagtail deletes or moves several pages from a list: all of them, or none."""
    if action_type not in ("delete", "move") or not all(isinstance(thing, Page) for thing in objects):
        return None
    found = list(_against(action_type, objects, action))
    for page, reason in found:
        messages.error(request, _("“%(title)s”: %(reason)s") % {"title": page.title, "reason": reason})
    return redirect(action.next_url) if found else None


def _against(action_type: str, pages: Iterable[Page], action: Any) -> Iterable[tuple[Page, str]]:
    told = action.cleaned_form.cleaned_data if action.cleaned_form else {}
    for page in pages:
        if action_type == "delete":
            reasons = reasons_to_keep(page)
        else:
            reasons = reasons_to_stay(page, destination=told["chooser"]) if told.get("chooser") else []
        yield from ((page, reason) for reason in reasons)
