"""What do managers and authors see in Wagtail's admin? Who has read what, and what readers remark."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from lessons.manuals.reading import remarks
from lessons.manuals.reading.exporting import WAYS, table_of
from lessons.manuals.reading.listing import Wanted, lines_of, manuals_of, without_discipline
from lessons.manuals.reading.models import Remark, RemarkState
from lessons.manuals.reading.policies import (
    LONGEST_REMARK,
    UnableToAnswer,
    centres_managed_by,
    centres_written_by,
    codes_written_by,
    manages_readers,
    writes,
)
from portal.base.audience import viewer_of
from portal.people.models import Centre, Discipline, User

LINES_ON_A_PAGE = 100
READ, OPEN = "read", "open"


class ReadersForm(forms.Form):
    """How a manager narrows the list."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), required=False, empty_label=None)
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[(OPEN, _("Who still has to read")), (READ, _("Who has read"))],
        required=False,
    )
    manual = forms.ChoiceField(label=_("Manual"), required=False)
    discipline = forms.ChoiceField(
        label=_("Discipline"), required=False, choices=[("", _("All disciplines")), *Discipline.choices]
    )

    def __init__(self, asked: Any, *, centres: list[Centre], centre: Centre) -> None:
        super().__init__({"centre": centre.pk, "state": OPEN, **asked})
        cast(Any, self.fields["centre"]).queryset = Centre.objects.filter(pk__in=[each.pk for each in centres])
        codes = [(manual.code, manual.code) for manual in manuals_of(centre)]
        cast(Any, self.fields["manual"]).choices = [("", _("All manuals")), *codes]
        if len(centres) == 1:
            self.fields["centre"].widget = forms.HiddenInput()

    def wanted(self) -> Wanted:
        """What is asked; a word that is no choice narrows nothing."""
        self.is_valid()
        told = self.cleaned_data
        return Wanted(
            code=told.get("manual", ""), discipline=told.get("discipline", ""), is_read=told.get("state") == READ
        )


@never_cache
@require_safe
def readers(request: HttpRequest) -> HttpResponse:
    """The list of a centre that this person manages; to everybody else there is no such page."""
    centres = centres_managed_by(cast(User, request.user))
    centre = _chosen(centres, request.GET.get("centre", ""))
    asked = {name: value for name, value in request.GET.items() if name in ReadersForm.base_fields}
    form = ReadersForm(asked, centres=centres, centre=centre)
    wanted = form.wanted()
    lines = lines_of(centre, wanted)
    if way := WAYS.get(request.GET.get("export", "")):
        return _file(
            way, table_of(lines, is_read=wanted.is_read), name=f"{centre.code}-{READ if wanted.is_read else OPEN}"
        )
    context = {
        "form": form, "lines": Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("p")),
        "is_read": wanted.is_read, "centre": centre, "query": urlencode(asked), "today": timezone.localdate(),
        "unknown": without_discipline(centre),
        **_frame(_("Read and understood"), icon="tasks", name="manuals_readers"),
    }  # fmt: skip
    return TemplateResponse(request, "manuals/reading/admin/readers.html", context)


def _chosen(centres: list[Centre], asked: str) -> Centre:
    """The centre that is asked for, else the first. 404 for one that this person does not manage."""
    found = next((centre for centre in centres if asked in ("", str(centre.pk))), None)
    if found is None:
        raise Http404
    return found


def _file(way: Any, table: list[list[str]], *, name: str) -> HttpResponse:
    content_type, write = way
    response = HttpResponse(write(table), content_type=content_type)
    ending = "csv" if "csv" in content_type else "xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


@never_cache
@require_safe
def remark_list(request: HttpRequest) -> HttpResponse:
    """What readers of the manuals of one's own centres remark, manual by manual, the open ones first."""
    rows = _remarks_for(request)
    code, state = request.GET.get("manual", ""), request.GET.get("state", RemarkState.OPEN)
    codes = list(rows.order_by("edition__code").values_list("edition__code", flat=True).distinct())
    if code in codes:
        rows = rows.filter(edition__code=code)
    if state in RemarkState.values:
        rows = rows.filter(state=state)
    shown = rows.select_related("edition", "person", "closed_by").defer("edition__content")
    ordered = shown.order_by("edition__code", "section_title", "-at")
    context = {
        "remarks": Paginator(ordered, LINES_ON_A_PAGE).get_page(request.GET.get("p")),
        "codes": codes, "code": code, "state": state, "states": RemarkState.choices,
        "query": urlencode({"manual": code, "state": state}),
        **_frame(_("Remarks of readers"), icon="comment", name="manuals_remarks"),
    }  # fmt: skip
    return TemplateResponse(request, "manuals/reading/admin/remarks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remark_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark, and what was done about it."""
    remark = get_object_or_404(_remarks_for(request).select_related("edition", "person", "closed_by"), id=pk)
    if request.method == "POST":
        try:
            remarks.answer(
                remark, text=request.POST.get("answer", "").replace("\0", ""), by=cast(User, request.user),
                at=timezone.now(),
            )  # fmt: skip
        except UnableToAnswer as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The remark is closed."))
            return redirect("manuals_remarks")
    context = {
        "remark": remark, "longest": LONGEST_REMARK,
        **_frame(_("Remark of a reader"), icon="comment", name="manuals_remarks"),
    }  # fmt: skip
    return TemplateResponse(request, "manuals/reading/admin/remark.html", context)


def _remarks_for(request: HttpRequest) -> Any:
    """The remarks that this person may read; 404 for who writes for no centre."""
    person = cast(User, request.user)
    centres = centres_written_by(person)
    if not centres:
        raise Http404
    return codes_written_by(Remark.objects.all(), centres=centres)


def _frame(title: Any, *, icon: str, name: str) -> dict[str, Any]:
    return {
        "page_title": title, "header_title": title, "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse(name), "label": title},
        ],
    }  # fmt: skip


# --- menu and addresses --------------------------------------------------------------------------------------------
class ReadersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return manages_readers(viewer_of(request))


class RemarksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return writes(viewer_of(request))


def urls() -> list[URLPattern]:
    return [
        path("reports/readers/", readers, name="manuals_readers"),
        path("reports/remarks/", remark_list, name="manuals_remarks"),
        path("reports/remarks/<int:pk>/", remark_one, name="manuals_remark"),
    ]


def readers_item() -> MenuItem:
    return ReadersItem(
        _("Read and understood"), reverse("manuals_readers"), name="readers", icon_name="tasks", order=660
    )


def remarks_item() -> MenuItem:
    return RemarksItem(
        _("Remarks of readers"), reverse("manuals_remarks"), name="remarks", icon_name="comment", order=670
    )
