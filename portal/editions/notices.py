"""What is a reader told about an edition, and, on the page in force, about the editions behind it?

The same sentences stand on every page of an edition, behind the square on a printed copy, and above a live manual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.base.audience import Surface, Viewer, is_admitted
from portal.base.dates import written
from portal.base.page_cache import depends
from portal.editions.addresses import edition_address
from portal.editions.collecting import read_limits
from portal.editions.models import Edition, EditionPage
from portal.editions.notice import Notice
from portal.editions.pages import EditionedPage
from portal.editions.proposing import centre_of
from portal.editions.reading import audience_of, guarded_roots
from portal.editions.standing import Standing, editions_of, standings
from portal.editions.states import State


def zone_of(subject: UUID) -> ZoneInfo:
    """The time zone of the centre, in which hours are told; the site's own where no centre is named."""
    centre = centre_of(subject)
    return ZoneInfo(centre.time_zone) if centre else ZoneInfo(timezone.get_default_timezone_name())


def day_of(hour: datetime, *, zone: ZoneInfo) -> str:
    return written(timezone.localtime(hour, zone).date())


def hour_of(hour: datetime, *, zone: ZoneInfo) -> str:
    local = timezone.localtime(hour, zone)
    return _("%(day)s, %(hour)s") % {"day": written(local.date()), "hour": f"{local:%H:%M}"}


def told_of(standing: Standing, *, zone: ZoneInfo) -> Notice:
    """What every page of an edition says first. Whoever shows it adds the way on."""
    number = {"number": standing.edition.number}
    begins = standing.edition.effective_from
    if standing.state is State.APPROVED:
        told = _("Edition %(number)d is approved but not yet in force. It will be from %(hour)s.")
        return Notice(told % {**number, "hour": hour_of(begins, zone=zone)}, kind="key")
    if standing.state is State.WITHDRAWN:
        told = _("Edition %(number)d was withdrawn on %(day)s. Do not work by it.")
        day = day_of(standing.edition.withdrawal.at, zone=zone)
        return Notice(told % {**number, "day": day}, kind="warning", quotation=standing.reason)
    if standing.successor is not None:
        told = _("Edition %(number)d is not in force any more: edition %(next)d superseded it on %(day)s.")
        day = day_of(standing.successor.effective_from, zone=zone)
        return Notice(told % {**number, "next": standing.successor.number, "day": day}, kind="warning")
    told = _("Edition %(number)d, in force since %(day)s.")
    return Notice(told % {**number, "day": day_of(begins, zone=zone)}, kind="done")


# --- above a live page -----------------------------------------------------------------------------------------
def editions_behind(subject: UUID) -> list[Edition]:
    """All editions of a tree, the newest first, for a live page that is made anew when there is one more. One query."""
    depends(f"editions:{subject}")
    return editions_of(subject)


def notices_of(
    page: EditionedPage, viewer: Viewer, *, editions: Sequence[Edition], at: datetime, surface: str = Surface.WEB
) -> list[Notice]:
    """What the live page of a manual or a section says of the editions behind it; no query where there are none."""
    if not editions:
        return []
    zone = zone_of(editions[0].subject)
    reader = _Reader(viewer, surface=surface, language=page.language_code, at=at, zone=zone)
    return [notice for standing in standings(editions, at=at) for notice in reader.told(standing)]


@dataclass(frozen=True)
class _Reader:
    viewer: Viewer
    surface: str
    language: str
    at: datetime
    zone: ZoneInfo

    def told(self, standing: Standing) -> list[Notice]:
        """Nothing of what was superseded: that is what the history is for."""
        edition = standing.edition
        if standing.state is State.IN_FORCE:
            told = _("Edition %(number)d, in force since %(day)s. Three people have signed it.")
            day = day_of(edition.effective_from, zone=self.zone)
            link = self.way_to(edition, _("Cover, signatures and older editions"))
            return [Notice(told % {"number": edition.number, "day": day}, "plain", *link)]
        if standing.state is State.APPROVED and self.may_know(edition):
            told = _("Edition %(number)d is approved and will be in force from %(hour)s. Until then, this one holds.")
            hour = hour_of(edition.effective_from, zone=self.zone)
            link = self.way_to(edition, _("Read it now"))
            return [Notice(told % {"number": edition.number, "hour": hour}, "key", *link)]
        if standing.state is State.WITHDRAWN and standing.successor is None and edition.effective_from <= self.at:
            told = _("Edition %(number)d was withdrawn on %(day)s. No edition is in force now.")
            day = day_of(edition.withdrawal.at, zone=self.zone)
            link = self.way_to(edition, _("Read what was withdrawn"))
            return [Notice(told % {"number": edition.number, "day": day}, "warning", *link, quotation=standing.reason)]
        return []

    def may_know(self, edition: Edition) -> bool:
        """Whoever will read a coming edition may know that it comes."""
        roots = EditionPage.objects.filter(edition=edition, parent=None, language=self.language)
        return any(is_admitted(audience_of(read_limits(root.limits)), self.viewer, self.surface) for root in roots)

    def way_to(self, edition: Edition, text: str) -> tuple[str, str]:
        """An address and its words, for those who may go there."""
        roots = guarded_roots([edition], at=self.at)
        open_in = {root.page.language for root in roots if root.is_open_to(self.viewer, self.surface)}
        language = self.language if self.language in open_in else next(iter(sorted(open_in)), "")
        return (edition_address(edition, language=language), text) if language else ("", "")


@dataclass(frozen=True)
class Told:
    """A line of the history on a live page."""

    number: int
    state: str
    day: datetime
    url: str
    note: str


def history_of(
    page: EditionedPage, viewer: Viewer, *, editions: Sequence[Edition], at: datetime, surface: str = Surface.WEB
) -> list[Told]:
    """The editions behind a live page that the reader may open, the newest first."""
    open_in: dict[int, str] = {}
    for each in guarded_roots(editions, at=at):
        if each.is_open_to(viewer, surface) and open_in.get(each.page.edition_id) != page.language_code:
            open_in[each.page.edition_id] = each.page.language
    return [
        Told(
            standing.edition.number,
            state=standing.state.label,
            day=standing.edition.effective_from,
            url=edition_address(standing.edition, language=open_in[standing.edition.pk]),
            note=standing.edition.note,
        )
        for standing in standings(editions, at=at)
        if standing.edition.pk in open_in
    ]
