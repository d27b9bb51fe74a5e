"""What waits for me, where does every text stand, and what was in force when?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.base.audience import Sensitivity, Viewer, viewer_of
from portal.editions.admin.drafts import zone_of
from portal.editions.collecting import roots_of
from portal.editions.models import OPEN_STATES, Edition, Proposal
from portal.editions.pages import EditionedPage
from portal.editions.policies import holds
from portal.editions.proposing import centre_of
from portal.editions.reading import guarded_roots
from portal.editions.seeing import is_admitted, sees_drafts
from portal.editions.states import State, state_of
from portal.editions.waiting import waiting_for
from portal.people.models import User
from portal.people.roles import Role


@dataclass(frozen=True)
class Row:
    """Where one subject stands. `proposal` and `page` are None for those who see no drafts."""

    subject: UUID
    code: str
    title: str
    edition: Edition | None
    state: State | None
    proposal: Proposal | None
    page: Page | None
    review_by: date | None

    @property
    def is_overdue(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    viewer, by = viewer_of(request), person_of(request)
    return TemplateResponse(
        request,
        "portal_editions/admin/index.html",
        {
            "page_title": _("Editions"),
            "header_icon": "doc-full",
            "waiting": waiting_for(by),
            "rows": sorted(rows_for(by, viewer, at=timezone.now()), key=lambda row: (row.code, row.title)),
        },
    )


def person_of(request: HttpRequest) -> User:
    """Whoever asks; only staff of a centre, or whoever runs the site, have come so far."""
    if viewer_of(request).clearance < Sensitivity.STAFF:
        raise Http404
    by: User = request.user  # type: ignore[assignment]
    return by


def rows_for(by: User, viewer: Viewer, *, at: datetime) -> Iterator[Row]:
    newest = {edition.subject: edition for edition in editions().order_by("number")}
    waiting = {each.subject: each for each in Proposal.objects.filter(state__in=OPEN_STATES).defer("content")}
    for subject in {*subjects(), *newest, *waiting}:
        edition = newest.get(subject)
        is_worker = sees_drafts(subject, by, viewer)
        if is_worker or (edition and seen_by([edition], viewer, at=at)):
            yield row_of(subject, edition, waiting.get(subject) if is_worker else None, is_worker=is_worker, at=at)


def row_of(subject: UUID, edition: Edition | None, proposal: Proposal | None, *, is_worker: bool, at: datetime) -> Row:
    root = next(iter(roots_of(subject)), None)
    told = root.get_latest_revision_as_object() if root and is_worker else root
    frozen = edition.pages.filter(parent=None).order_by("language").first() if edition else None
    return Row(
        subject=subject,
        code=edition.code if edition else (told.edition_code() if told else ""),
        title=(told.title if told and is_worker else (frozen.title if frozen else "")),
        edition=edition,
        state=state_of(edition, at=at) if edition else None,
        proposal=proposal,
        page=root if is_worker else None,
        review_by=told.review_due() if told else None,
    )


def editions() -> Any:
    return Edition.objects.exclude(code="").select_related("withdrawal").defer("content")


def subjects() -> set[UUID]:
    """The trees that may be issued, whether they have been or not."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, EditionedPage) and is_root_kind(kind)]
    return {key for kind in kinds for key in kind._default_manager.values_list("translation_key", flat=True)}


def is_root_kind(kind: type[EditionedPage]) -> bool:
    return any(not issubclass(above, EditionedPage) for above in kind.allowed_parent_page_models())


def seen_by(found: Iterable[Edition], viewer: Viewer, *, at: datetime) -> list[Edition]:
    """Those of the editions whose first page this person may know of."""
    listed = list(found)
    open_to = {each.page.edition_id for each in guarded_roots(listed, at=at) if is_admitted(each.limits, viewer)}
    return [edition for edition in listed if edition.pk in open_to]


@require_safe
def history(request: HttpRequest, subject: UUID) -> HttpResponse:
    viewer, by, at = viewer_of(request), person_of(request), timezone.now()
    is_worker = sees_drafts(subject, by, viewer)
    found = editions().filter(subject=subject).order_by("-number").select_related("withdrawal__by", "issued_by")
    shown = seen_by(found.prefetch_related("proposal__signatures__person"), viewer, at=at)
    proposals = Proposal.objects.filter(subject=subject).defer("content") if is_worker else Proposal.objects.none()
    if not shown and not is_worker:
        raise Http404
    row = row_of(subject, shown[0] if shown else None, None, is_worker=is_worker, at=at)
    return TemplateResponse(
        request,
        "portal_editions/admin/history.html",
        {
            "page_title": row.code or _("Editions"),
            "page_subtitle": row.title,
            "header_icon": "doc-full",
            "row": row,
            "is_worker": is_worker,
            "editions": [(edition, state_of(edition, at=at)) for edition in shown],
            "proposals": proposals.select_related("proposed_by"),
            "may_withdraw": may_withdraw(by, subject),
            "zone": zone_of(centre_of(subject)).key,
        },
    )


def may_withdraw(by: User, subject: UUID) -> bool:
    centre = centre_of(subject)
    return holds(Role.APPROVER, by, centre=centre) or holds(Role.CENTRE_MANAGER, by, centre=centre)
