"""What is proposed, who signed, and may I? The mail leads here; a signature is given by a button, never by a link."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from media.serving.inert import INERT, ONLY_SAVED
from portal.base.audience import Viewer, viewer_of, visible_pages
from portal.editions import rounds, store
from portal.editions.admin.comparison import comparison, framed, languages_of
from portal.editions.admin.drafts import title_of, zone_of
from portal.editions.chain import content_of
from portal.editions.contributions import contributors_to
from portal.editions.forms import AnswerForm
from portal.editions.freezing import SCHEME, thawed
from portal.editions.models import Capacity, ChangeKind, Edition, Proposal
from portal.editions.policies import UnableToIssue, UnableToSign, check_can_return, check_can_sign
from portal.editions.proposing import centre_of, changed_keys, is_still_said
from portal.editions.seeing import pages_seen, sees_proposal
from portal.editions.signatures import STATEMENTS
from portal.editions.signing import content_in, contributors_of, left_out_of
from portal.people.models import User

NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Seen:
    """A proposal as one person may see it."""

    proposal: Proposal
    content: dict[str, Any]
    by: User
    viewer: Viewer

    @property
    def pages(self) -> list[dict[str, Any]]:
        return pages_seen(self.content, self.viewer)

    @property
    def hidden(self) -> int:
        return len(self.content["pages"]) - len(self.pages)

    def before(self) -> Edition | None:
        return Edition.objects.of(self.proposal.subject).filter(number=self.proposal.number - 1).first()


def seen(request: HttpRequest, pk: UUID) -> Seen:
    """The proposal, for whoever may know of it; for others there is none."""
    proposal = get_object_or_404(Proposal.objects.select_related("proposed_by"), pk=pk)
    content, viewer = content_in(proposal), viewer_of(request)
    by: User = request.user  # type: ignore[assignment]
    if not sees_proposal(proposal, content, by, viewer):
        raise Http404
    return Seen(proposal, content, by, viewer)


@never_cache
@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    return shown(request, seen(request, pk))


def shown(request: HttpRequest, what: Seen, *, answer: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    proposal = what.proposal
    change = what.content["change"]
    return TemplateResponse(
        request,
        "portal_editions/admin/proposal.html",
        {
            "page_title": _("%(code)s, edition %(number)s") % {"code": proposal.code, "number": proposal.number},
            "page_subtitle": title_of(what.content["pages"][0], language=settings.LANGUAGE_CODE),
            "header_icon": "doc-full",
            "proposal": proposal,
            "kind": ChangeKind(change["kind"]).label,
            "change": change,
            "effective_from": datetime.fromisoformat(change["effective_from"]) if change["effective_from"] else None,
            "retrain_by": date.fromisoformat(change["retrain_by"]) if change["retrain_by"] else None,
            "zone": zone_of(centre_of(proposal.subject)).key,
            "notes": list(notes_of(what)),
            "signatures": proposal.signatures.select_related("person"),
            "contributions": contributions_in(what),
            "hidden": what.hidden,
            "reading": [(code, NAMES.get(code, code)) for code in languages_of({"pages": what.pages})],
            "edition": Edition.objects.filter(proposal=proposal).first(),
            "root_page": Page.objects.filter(translation_key=proposal.subject, alias_of=None).first(),
            **signing_for(what),
            "answer": answer or answer_for(what),
        },
        status=status,
    )


@never_cache
@require_safe
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is proposed beside the edition before."""
    what = seen(request, pk)
    before = what.before()
    return comparison(request, content_of(before) if before else None, what.content, title=_("What changes"))


def notes_of(what: Seen) -> Any:
    """What the author says of each changed section that this person may know of, and the lesson behind it."""
    titles = {page["key"]: title_of(page, language=settings.LANGUAGE_CODE) for page in what.pages}
    if before := what.before():
        gone = pages_seen(content_of(before), what.viewer)
        titles = {page["key"]: title_of(page, language=settings.LANGUAGE_CODE) for page in gone} | titles
    for note in what.content["change"]["notes"]:
        if note["key"] in titles:
            lessons = Page.objects.filter(translation_key=note["lesson"]) if note["lesson"] else Page.objects.none()
            yield {**note, "title": titles[note["key"]], "lesson": lesson_seen(lessons, what)}


def lesson_seen(lessons: Any, what: Seen) -> Page | None:
    found: Page | None = visible_pages(lessons, what.viewer).first()
    return found


def contributions_in(what: Seen) -> list[tuple[str, list[str]]]:
    """Who saved drafts of each changed section since it was last part of an edition."""
    before = what.before()
    changed = changed_keys(content_of(before) if before else None, what.content["pages"])
    titles = {UUID(page["key"]): title_of(page, language=settings.LANGUAGE_CODE) for page in what.pages}
    found = contributors_to(changed & titles.keys(), subject=what.proposal.subject)
    known = {person for people in found.values() for person in people if person is not None}
    names = {person.pk: str(person) for person in User.objects.filter(pk__in=known)}
    return [
        (title, sorted(names.get(person or 0, _("Nobody knows who")) for person in found[key]))
        for key, title in titles.items()
        if found.get(key)
    ]


def signing_for(what: Seen) -> dict[str, Any]:
    """The statement, for whoever may sign; for others the sentence that says why not."""
    proposal, centre = what.proposal, centre_of(what.proposal.subject)
    if not proposal.is_open:
        return {"is_still_said": True}
    told: dict[str, Any] = {"is_still_said": is_still_said(proposal, leaving_out=left_out_of(proposal))}
    try:
        capacity = check_can_sign(proposal, by=what.by, centre=centre, contributors=contributors_of(proposal))
    except UnableToSign as stopped:
        return {**told, "why_not": str(stopped)}
    if what.hidden:
        return {**told, "why_not": unseen_sentence()}
    return {**told, "capacity": Capacity(capacity), "statement": STATEMENTS[capacity]}


def unseen_sentence() -> str:
    return _("You may not read all of this. Somebody who may must sign here.")


def answer_for(what: Seen, data: Any = None) -> AnswerForm | None:
    try:
        check_can_return(what.proposal, by=what.by, centre=centre_of(what.proposal.subject))
    except UnableToSign:
        return None
    return AnswerForm(data, is_author=what.by.pk == what.proposal.proposed_by_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more step: the statement alone, and a button."""
    what = seen(request, pk)
    told = signing_for(what)
    if request.method == "POST":
        return _signed(request, what, told)
    if "statement" not in told:
        return back_to(what)
    named = {"code": what.proposal.code, "number": what.proposal.number}
    return TemplateResponse(
        request,
        "portal_editions/admin/sign.html",
        {
            "page_title": _("Sign %(code)s, edition %(number)s") % named,
            "header_icon": "check",
            "proposal": what.proposal,
            **told,
        },
    )


def _signed(request: HttpRequest, what: Seen, told: dict[str, Any]) -> HttpResponse:
    if what.proposal.signatures.filter(person=what.by, capacity=request.POST.get("capacity")).exists():
        return back_to(what)  # A button that was pressed twice.
    try:
        if what.hidden:
            raise UnableToSign(unseen_sentence())
        if told.get("capacity") and request.POST.get("capacity") != told["capacity"]:
            # Somebody else signed in between, and this person would sign for something else than they read.
            raise UnableToSign(_("This has gone on in the meantime. Look at it once more."))
        rounds.sign(what.proposal, by=what.by, at=timezone.now(), statement=str(told.get("statement", "")))
    except (UnableToSign, UnableToIssue) as stopped:
        messages.error(request, str(stopped))
    else:
        messages.success(request, _("You have signed."))
    return back_to(what)


@require_POST
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    what = seen(request, pk)
    form = answer_for(what, request.POST)
    if form is not None and not form.is_valid():
        return shown(request, what, answer=form, status=422)
    try:
        answer = form.cleaned_data["answer"] if form else ""
        rounds.send_back(what.proposal, by=what.by, at=timezone.now(), answer=answer)
    except UnableToSign as stopped:
        messages.error(request, str(stopped))
    else:
        messages.success(request, _("It is sent back."))
    return back_to(what)


def back_to(what: Seen) -> HttpResponse:
    return redirect("portal_editions_admin:proposal", what.proposal.pk)


@never_cache
@require_safe
def read(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """The text as readers would see it, with the site's own style, from first to last."""
    what = seen(request, pk)
    pages = [page for page in what.pages if language in page["versions"]]
    if not pages:
        raise Http404
    parts = [(page["key"], page["versions"][language]["title"], fragment_of(what, page, language)) for page in pages]
    named = {"code": what.proposal.code, "number": what.proposal.number}
    styles = {sheet for page in pages for sheet in apps.get_model(page["type"]).stylesheets}
    context = {
        "language": language,
        "parts": parts,
        "styles": sorted(styles),
        "title": _("%(code)s, edition %(number)s") % named,
    }
    return framed(request, "portal_editions/admin/read.html", context)


def fragment_of(what: Seen, page: dict[str, Any], language: str) -> SafeString:
    html = bytes_of(page["versions"][language]["html"]).decode()

    def address(sha256: str) -> str:
        return reverse("portal_editions_admin:file", args=[what.proposal.pk, sha256])

    # Frozen from the site's own templates, which escape what editors write.
    return mark_safe(thawed(html, address_of=address))  # noqa: S308


@never_cache
@require_safe
def file(request: HttpRequest, pk: UUID, sha256: str) -> HttpResponse:
    """A file that a page of the proposal shows which this person may read."""
    what = seen(request, pk)
    known = what.content["files"].get(sha256)
    if known is None or not is_shown(what, sha256):
        raise Http404
    content_type = known["type"]
    answer = HttpResponse(bytes_of(sha256), content_type=content_type, headers={**INERT, "Cache-Control": "no-store"})
    if content_type in ONLY_SAVED:
        answer.headers["Content-Disposition"] = "attachment"
    return answer


def is_shown(what: Seen, sha256: str) -> bool:
    fragments = (version["html"] for page in what.pages for version in page["versions"].values())
    return any(f"{SCHEME}{sha256}".encode() in bytes_of(html) for html in fragments)


def bytes_of(sha256: str) -> bytes:
    try:
        return store.kept(sha256)
    except store.UnableToOpen as error:
        raise Http404 from error
