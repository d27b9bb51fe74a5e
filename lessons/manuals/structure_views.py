"""What is missing now? The list in the editor's form, and the list of a whole manual."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page

from lessons.manuals import structure
from lessons.manuals.models import ManualPage, ProcedurePage


def page_to_edit(request: HttpRequest, pk: int) -> Any:
    """A page of a manual that this person may edit; to everybody else there is none."""
    found = Page.objects.filter(pk=pk).first()
    page = found.specific if found else None
    if not isinstance(page, ProcedurePage) or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page


def of_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The list alone, for the form to put in."""
    page = page_to_edit(request, pk)
    lacks = structure.missing_now(page, on=timezone.localdate())
    return render(request, "manuals/structure/list.html", {"page": page, "lacks": lacks})


def of_manual(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that a manual misses, page by page, in all its languages."""
    manual = page_to_edit(request, pk)
    if not isinstance(manual, ManualPage):
        raise Http404
    lacks = structure.missing(structure.drafts_of(manual.translation_key), on=timezone.localdate())
    lacks.sort(key=lambda lack: (lack.language != manual.language_code, lack.language, lack.page))
    pages = [(next_of, list(of_one)) for next_of, of_one in groupby(lacks, key=lambda lack: lack.page)]
    return render(request, "manuals/structure/whole.html", {"manual": manual, "pages": pages})
