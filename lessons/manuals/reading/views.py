"""What does a reader do? Read what changed, confirm it, and tell the authors what is unclear. Works without script."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lessons.manuals.models import ManualPage, ProcedurePage, SectionPage
from lessons.manuals.reading import remarks
from lessons.manuals.reading.acknowledging import NotUnderstood, acknowledge, statement_about
from lessons.manuals.reading.in_force import Manual, manuals_in_force
from lessons.manuals.reading.places import told
from lessons.manuals.reading.policies import LONGEST_REMARK, UnableToAcknowledge, UnableToRemark
from lessons.manuals.reading.quiz import Question, questions_in
from lessons.manuals.reading.what_changed import new_sections
from lessons.manuals.reading.who_must_read import Outstanding, readings_for
from portal.base.audience import viewer_of, visible
from portal.editions.chain import content_of
from portal.editions.models import Edition
from portal.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, code: str) -> HttpResponse:
    """What is new for this reader, and the place to confirm that it was read. 404 for who may not see the manual."""
    manual = _manual_called(code, request)
    face = manual.face_for(viewer_of(request))
    if request.method == "POST":
        return _acknowledged(request, manual)
    outstanding = readings_for(request).get(manual.subject)
    if outstanding is None:
        messages.info(request, _("You have nothing to read here."))
        return redirect(face.url if face else "my_learning")
    return render(request, "manuals/reading/read.html", _context(request, outstanding))


def _manual_called(code: str, request: HttpRequest) -> Manual:
    manual = next((each for each in manuals_in_force().values() if each.code == code), None)
    if manual is None or manual.face_for(viewer_of(request)) is None:
        raise Http404
    return manual


def _acknowledged(request: HttpRequest, manual: Manual) -> HttpResponse:
    by = cast(User, request.user)
    sha256 = request.POST.get("sha256", "")
    try:
        acknowledge(manual, sha256=sha256, answers=request.POST.dict(), by=by, at=timezone.now())
    except NotUnderstood as reason:
        context = _context(request, readings_for(request)[manual.subject], wrong=reason.wrong)
        return render(request, "manuals/reading/read.html", {**context, "error": str(reason)}, status=422)
    except UnableToAcknowledge as reason:
        messages.error(request, str(reason))
        return redirect("manuals_reading:read", manual.code)
    sentence = _("Thank you. It is noted that you have read edition %(number)s of %(code)s.")
    messages.success(request, sentence % {"number": manual.number, "code": manual.code})
    face = manual.face_for(viewer_of(request))
    return redirect(face.url if face else "my_learning")


def _context(request: HttpRequest, outstanding: Outstanding, *, wrong: list[Question] | None = None) -> dict[str, Any]:
    person, manual = cast(User, request.user), outstanding.manual
    content = content_of(Edition.objects.get(pk=manual.edition_id))
    questions = questions_in(content, language=get_language() or "")
    return {
        **told(outstanding),
        "sections": new_sections(outstanding, viewer_of(request), discipline=person.discipline),
        "statement": statement_about(manual),
        "questions": [(question, _given(request, question)) for question in questions],
        "wrong": {question.id for question in wrong or ()},
    }


def _given(request: HttpRequest, question: Question) -> str:
    return request.POST.get(question.field, "")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, page_id: int) -> HttpResponse:
    """Write to the authors about a step or the whole section; `?step=` says which."""
    page = _page_at(page_id, request)
    spots = remarks.spots_of(page)
    chosen = request.POST.get("step") if request.method == "POST" else request.GET.get("step")
    spot = next((each for each in spots if chosen and chosen in (each.id, each.anchor)), spots[0])
    context = {"page": None, "about": page, "spots": spots, "spot": spot, "longest": LONGEST_REMARK}
    if request.method != "POST":
        return render(request, "manuals/reading/remark.html", context)
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\0", "")
    try:
        remarks.remark(page, spot, text=text, by=cast(User, request.user), at=timezone.now())
    except UnableToRemark as reason:
        again = {**context, "error": str(reason), "text": text[:LONGEST_REMARK]}
        return render(request, "manuals/reading/remark.html", again, status=422)
    messages.success(request, _("Thank you. The authors see it when they write the next edition."))
    return redirect(f"{page.get_url()}#{spot.anchor}" if spot.anchor else page.get_url())


def _page_at(page_id: int, request: HttpRequest) -> ProcedurePage:
    """A live manual or section that this person may see, and whose edition is in force; to people with a role only."""
    for model in (SectionPage, ManualPage):
        page = model.objects.filter(id=page_id, live=True).select_related("locale").first()
        if page is not None:
            viewer = viewer_of(request)
            if viewer.roles and visible(page, viewer) and remarks.edition_shown_on(page) is not None:
                return cast(ProcedurePage, page)
    raise Http404
