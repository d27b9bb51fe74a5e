"""What does somebody see who writes the words of a recording?"""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from media.captions import Problem, cues_of, parsed
from media.captions.importing import UnableToImport
from media.models import Recording
from media.texts_admin.forms import BeginForm, TextForm, all_problems
from media.texts_admin.place import Place, Row, place_for, recording_for
from media.texts_admin.reference import Reference, reference_called, references_for, typed, with_gaps_to_fill
from media.texts_admin.saving import UnableToSave, delete_text, save_text
from portal.people.models import User

#: So many sentences anybody reads; the others come when these are dealt with.
MOST_SHOWN = 100


def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All words of a recording, and a way to new ones."""
    recording = recording_for(request, pk)
    form = BeginForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        place = place_for(request, pk, form.cleaned_data["kind"], form.cleaned_data["language"])
        if not form.cleaned_data["file"]:
            return redirect(place.address())
        return _read_file(request, place, form, begun_with=place.version)
    rows = [Row(text) for text in recording.texts.select_related("recording")]
    return _answer(request, "index", recording, form=form, rows=rows, header_title=_("Captions and texts"))


def edit(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """The recording and its words beside each other; what is sent is saved, or shown again with what is wrong."""
    place = place_for(request, pk, kind, language)
    reference = reference_called(request.GET.get("from", ""), place=place)
    if request.method == "POST":
        return _take(request, place, reference=reference)
    cues = cues_of(place.text.vtt) if place.text else ()
    initial = {"spoken": place.text.spoken_id, "is_checked": place.text.is_checked} if place.text else {}
    return _editor(
        request, place, form=TextForm(place=place, initial=initial), reference=reference,
        words=typed(with_gaps_to_fill(cues, reference=reference) if reference else cues),
        problems=all_problems(parsed(place.text.vtt), place=place) if place.text else [],
        begun_with=place.version,
    )  # fmt: skip


@require_POST
def check(request: HttpRequest, pk: int, kind: str, language: str) -> JsonResponse:
    """What is wrong with a text that somebody is writing just now; the script asks. Nothing is saved."""
    place = place_for(request, pk, kind, language)
    is_lenient = bool(request.GET.get("from"))
    form = TextForm(request.POST, place=place, is_lenient=is_lenient)
    form.is_valid()
    shown = form.problems[:MOST_SHOWN]
    sentences = [{"line": found.line, "isError": found.is_error, "sentence": found.sentence} for found in shown]
    return JsonResponse({"problems": sentences, "summary": _summary(form.problems)})


def delete(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """Ask, then delete."""
    place = place_for(request, pk, kind, language)
    if place.text is None:
        return redirect("recording_texts:index", pk)
    if request.method != "POST":
        return _answer(request, "delete", place.recording, place=place, header_title=_("Delete this text"))
    try:
        delete_text(
            place, begun_with=request.POST.get("begun_with", ""), by=cast(User, request.user), at=timezone.now()
        )
    except UnableToSave:
        messages.error(
            request, _("Somebody else has saved this text in the meantime. Look at it before you delete it.")
        )
        return redirect(place.address())
    messages.success(request, _("The text is deleted."))
    return redirect("recording_texts:index", pk)


def _take(request: HttpRequest, place: Place, *, reference: Reference | None) -> HttpResponse:
    form = TextForm(request.POST, request.FILES, place=place, is_lenient=reference is not None)
    begun_with = request.POST.get("begun_with", "")
    is_valid = form.is_valid()
    if form.cleaned_data.get("file"):
        return _read_file(request, place, form, begun_with=begun_with, reference=reference)
    words, theirs = request.POST.get("vtt", ""), None
    if is_valid:
        try:
            return _save(request, place, form, begun_with=begun_with)
        except UnableToSave as conflict:
            form.add_error(None, str(conflict))
            now = Place(place.recording, place.kind, place.language, conflict.text)
            begun_with, theirs = now.version, conflict.text
    return _editor(
        request, place, form=form, reference=reference, words=words, problems=form.problems, begun_with=begun_with,
        theirs=theirs, is_unsaved=True,
    )  # fmt: skip


def _save(request: HttpRequest, place: Place, form: TextForm, *, begun_with: str) -> HttpResponse:
    save_text(
        place, form.parsed.cues, begun_with=begun_with, by=cast(User, request.user), at=timezone.now(),
        spoken=form.cleaned_data.get("spoken"), is_checked=form.cleaned_data["is_checked"],
    )  # fmt: skip
    messages.success(request, _("The text is saved."))
    for problem in form.parsed.problems:
        if not problem.is_error and not problem.line:
            messages.info(request, problem.sentence)
    return redirect(request.get_full_path())


def _read_file(
    request: HttpRequest, place: Place, form: Any, *, begun_with: str, reference: Reference | None = None
) -> HttpResponse:
    """The editor with the words of a file in it; nothing is saved."""
    words, report, problems = request.POST.get("vtt", ""), None, list[Problem]()
    again = TextForm(place=place, initial={"spoken": request.POST.get("spoken"), "is_checked": False})
    try:
        found = form.read(place)
    except UnableToImport as refused:
        problems = [Problem(str(sentence)) for sentence in refused.messages]
    else:
        words = typed(found.cues) if not _has_errors(found.problems) else found.text
        report, problems = found, all_problems(found, place=place)
    return _editor(
        request, place, form=again, reference=reference, words=words, problems=problems, begun_with=begun_with,
        report=report, is_unsaved=True,
    )  # fmt: skip


def _editor(
    request: HttpRequest, place: Place, *, form: TextForm, problems: list[Problem], **context: Any
) -> HttpResponse:
    title = _("%(kind)s (%(language)s)") % {"kind": place.kind_name, "language": place.language_name}
    return _answer(
        request, "edit", place.recording, place=place, form=form, problems=problems[:MOST_SHOWN],
        summary=_summary(problems), has_errors=_has_errors(problems), references=references_for(place),
        media=form.media, header_title=title, **context,
    )  # fmt: skip


def _has_errors(problems: Any) -> bool:
    return any(problem.is_error for problem in problems)


def _summary(problems: list[Problem]) -> str:
    if errors := sum(problem.is_error for problem in problems):
        sentence = ngettext(
            "%(count)d thing must be corrected before you can save.",
            "%(count)d things must be corrected before you can save.",
            errors,
        )
        return sentence % {"count": errors}
    if count := len(problems):
        sentence = ngettext(
            "%(count)d remark; you can save all the same.", "%(count)d remarks; you can save all the same.", count
        )
        return sentence % {"count": count}
    return _("Nothing is wrong.")


def _answer(request: HttpRequest, name: str, recording: Recording, **context: Any) -> HttpResponse:
    words = reverse("recording_texts:index", args=[recording.pk])
    trail = [
        {"url": reverse("recordings:index"), "label": _("Recordings")},
        {"url": reverse("recordings:edit", args=[recording.pk]), "label": recording.title},
        {"url": "" if name == "index" else words, "label": _("Captions and texts")},
    ]
    if name != "index":
        trail.append({"url": "", "label": context["header_title"]})
    values = {"recording": recording, "breadcrumbs_items": trail, "header_icon": "media", **context}
    return render(request, f"media/texts_admin/{name}.html", values)
