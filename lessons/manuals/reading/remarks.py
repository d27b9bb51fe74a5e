"""How do readers tell the authors what is unclear or wrong, and what becomes of it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.manuals.models import ProcedurePage
from lessons.manuals.reading.models import Remark, RemarkState
from lessons.manuals.reading.policies import LONGEST_REMARK, UnableToAnswer, check_can_answer, check_can_remark
from portal.audit.recording import record
from portal.base.audience import viewer_for
from portal.editions.models import InForce
from portal.editions.proposing import centre_of
from portal.people.models import User

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Spot:
    """A step that can be remarked on, or the whole section (without an id)."""

    id: str
    title: str
    anchor: str = ""


def spots_of(page: ProcedurePage) -> list[Spot]:
    """The whole section, then its steps as readers see them."""
    sentence = _("Step %(number)d: %(title)s")
    steps = [
        Spot(step.id, sentence % {"number": step.number, "title": step.title}, step.anchor)
        for step in page.steps
        if step.id
    ]
    return [Spot("", _("The whole section")), *steps]


@transaction.atomic
def remark(page: Any, spot: Spot, *, text: str, by: User, at: datetime) -> Remark:
    """Write to the authors about a live page. Raises UnableToRemark."""
    User.objects.select_for_update().get(pk=by.pk)
    so_far = Remark.objects.filter(person=by, at__gt=at - HOUR).count()
    check_can_remark(viewer_for(by), so_far=so_far, text=text)
    written = Remark.objects.create(
        edition=edition_shown_on(page),
        page_key=page.translation_key,
        block_id=spot.id,
        language=page.language_code,
        section_title=page.title,
        step_title=spot.title[:255] if spot.id else "",
        text=text.strip(),
        person=by,
        at=at,
    )
    record("manuals.remarked", by=by, at=at, subject=written)
    return written


def edition_shown_on(page: Any) -> Any:
    """The edition that the live page is part of; None before its manual has one."""
    keys = [page.translation_key]
    keys += page.get_ancestors().values_list("translation_key", flat=True)
    shown = InForce.objects.filter(subject__in=keys).select_related("edition").defer("edition__content").first()
    return shown.edition if shown else None


@transaction.atomic
def answer(remark: Remark, *, text: str, by: User, at: datetime) -> None:
    """Say what was done about it, and close it. Raises UnableToAnswer."""
    check_can_answer(remark, by=by, centre=centre_of(remark.edition.subject))
    text = text.strip()
    if not text or len(text) > LONGEST_REMARK:
        raise UnableToAnswer(_("Say in a sentence what was done, or why nothing was."))
    remark.state, remark.answer, remark.closed_by, remark.closed_at = RemarkState.DONE, text, by, at
    remark.save(update_fields=["state", "answer", "closed_by", "closed_at"])
    record("manuals.remark_closed", by=by, at=at, subject=remark)


def open_remarks(subject: Any) -> Iterable[Remark]:
    """What readers of a manual still wait for; for its authors, reviewers and approvers only."""
    return Remark.objects.open().about(subject).select_related("edition", "person").defer("edition__content")
