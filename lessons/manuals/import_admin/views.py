"""What does an author see who brings a manual?"""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.manuals import numbering
from lessons.manuals.import_admin.forms import BringForm, NumberForm
from lessons.manuals.import_admin.models import ImportState, ManualImport
from lessons.manuals.import_admin.working import ask_for_work, put_away_old_ones
from lessons.manuals.models import ManualIndexPage, ManualPage
from lessons.manuals.word_in.report import report_on
from portal.people.models import Centre, User

#: What nobody comes back for is put away after this time.
KEPT = timedelta(days=30)


def shelves_of(by: Any) -> Any:
    """The shelves on which `by` may put a manual."""
    shelves = ManualIndexPage.objects.order_by("path").select_related("locale")
    mine = [shelf.pk for shelf in shelves if shelf.permissions_for_user(by).can_add_subpage()]
    return shelves.filter(pk__in=mine)


def index(request: HttpRequest) -> HttpResponse:
    """A form, and what this person has brought before."""
    by = cast(User, request.user)
    shelves = shelves_of(by)
    if not shelves:
        raise PermissionDenied
    form = BringForm(request.POST or None, request.FILES or None, shelves=shelves, initial=suggested(by))
    if request.method == "POST" and form.is_valid():
        brought = bring(form, by=by)
        return redirect("manual_import:one", brought.pk)
    brought_before = ManualImport.objects.filter(by=by).select_related("manual")
    return render(request, "manuals/import/index.html", {
        "form": form, "imports": brought_before, "header_title": _("Bring a manual"), "header_icon": "upload",
        "breadcrumbs_items": [{"url": "", "label": _("Bring a manual")}],
    })  # fmt: skip


def suggested(by: User) -> dict[str, str]:
    """The next free number of the centre whose member somebody is."""
    centre = Centre.objects.filter(memberships__person=by).order_by("pk").first()
    if centre is None:
        return {}
    try:
        return {"number": numbering.next_number(ManualPage.objects.all(), code=centre.code)}
    except numbering.UnableToNumber:
        return {}


@transaction.atomic
def bring(form: BringForm, *, by: User) -> ManualImport:
    put_away_old_ones(before=timezone.now() - KEPT)
    brought = form.brought(by=by, brought_at=timezone.now())
    brought.save()
    transaction.on_commit(ask_for_work, robust=True)
    return brought


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is; once it is read, what was found, and whether to make drafts of it."""
    brought = mine_or_404(request, pk)
    if request.method == "POST" and "put_away" in request.POST:
        return put_away(request, brought)
    initial = {"number": brought.number, "title": brought.title}
    form = NumberForm(request.POST or None, initial=initial)
    if request.method == "POST" and brought.state == ImportState.READ and form.is_valid():
        order_drafts(brought, number=form.cleaned_data["number"], title=form.cleaned_data["title"])
        return redirect("manual_import:one", pk)
    return render(request, "manuals/import/one.html", {
        "brought": brought, "form": form,
        "report": report_on(brought.counts, brought.remarks, brought.refused_pictures),
        "header_title": brought.number, "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("manual_import:index"), "label": _("Bring a manual")}, {"url": "", "label": brought.number},
        ],
    })  # fmt: skip


def mine_or_404(request: HttpRequest, pk: int) -> ManualImport:
    """Nobody learns what somebody else brings."""
    return get_object_or_404(
        ManualImport.objects.select_related("manual", "shelf__locale"), pk=pk, by=cast(User, request.user)
    )


def put_away(request: HttpRequest, brought: ManualImport) -> HttpResponse:
    brought.delete()
    messages.success(request, _("The file is put away."))
    return redirect("manual_import:index")


def order_drafts(brought: ManualImport, *, number: str, title: str) -> None:
    """Only once, however often somebody presses the button."""
    with transaction.atomic():
        ordered = ManualImport.objects.filter(pk=brought.pk, state=ImportState.READ).update(
            state=ImportState.WAITS_TO_BE_MADE, number=number, title=title, reason="", done=0, total=0
        )
        if ordered:
            transaction.on_commit(ask_for_work, robust=True)


def state(request: HttpRequest, pk: int) -> JsonResponse:
    """How far it is, for the bar that moves by itself."""
    brought = mine_or_404(request, pk)
    return JsonResponse({"state": brought.state, "done": brought.done, "total": brought.total})
