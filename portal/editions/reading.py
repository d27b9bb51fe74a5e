"""Who may read which page of which edition?

Whoever the limits admit that were frozen with the page, and those that hold for the same page today: what was made
confidential since is confidential in old editions too. A hidden page hides what is below it. Where the root is not
public any more, and before an edition is in force, only staff of the centres read it. Whatever is hidden answers like
what does not exist.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.base.audience import Audience, Limits, PageAudience, Sensitivity, Surface, Viewer, is_admitted
from portal.base.page_cache import depends, remember
from portal.editions.collecting import read_limits
from portal.editions.models import Edition, EditionPage

STAFF_ONLY = Limits(sensitivity=Sensitivity.STAFF)
NOBODY = Limits(surfaces=frozenset())


@dataclass(frozen=True)
class Guarded:
    """A page of an edition, and all that is asked of its readers now.

    Pages are kept for all who are admitted to the same audiences, so whoever sees it is an audience, too.
    """

    page: EditionPage
    limits: Limits
    audience_id: int

    def is_open_to(self, viewer: Viewer, surface: str) -> bool:
        return is_admitted(self.audience_id, viewer, surface)


@dataclass(frozen=True)
class Reader:
    """Who reads, where, when, and in which language."""

    viewer: Viewer
    surface: str
    language: str
    at: datetime

    def may(self, guarded: Guarded) -> bool:
        return guarded.is_open_to(self.viewer, self.surface)


def audience_of(limits: Limits) -> int:
    """The id of the audience with these limits."""
    return remember(("audience", limits), tags=(), find=lambda: int(Audience.objects.for_limits(limits).pk))


def pages_for(
    edition: Edition, viewer: Viewer, *, surface: str = Surface.WEB, language: str, at: datetime | None = None
) -> list[EditionPage]:
    """The pages of `edition` in one language that `viewer` may know of, in reading order. The number of queries does
    not grow with them. Empty: for this viewer, there is no such edition in this language."""
    guarded = guarded_pages([edition], language=language, at=at or timezone.now())
    return [each.page for each in guarded if each.is_open_to(viewer, surface)]


def languages_for(
    edition: Edition, viewer: Viewer, *, surface: str = Surface.WEB, at: datetime | None = None
) -> list[str]:
    """The languages in which `viewer` may read `edition`, in the order of the site."""
    guarded = guarded_roots([edition], at=at or timezone.now())
    open_to = {each.page.language for each in guarded if each.is_open_to(viewer, surface)}
    return [code for code, _name in settings.LANGUAGES if code in open_to]


def guarded_pages(editions: Sequence[Edition], *, language: str = "", at: datetime) -> list[Guarded]:
    """All pages of some editions, whoever asks; in one language, or in all of them."""
    rows = EditionPage.objects.filter(edition__in=editions).order_by("edition", "language", "position")
    return _guarded(editions, list(rows.filter(language=language) if language else rows), at=at)


def guarded_roots(editions: Sequence[Edition], *, at: datetime) -> list[Guarded]:
    """The first pages of some editions, in all their languages."""
    rows = EditionPage.objects.filter(edition__in=editions, parent=None).order_by("edition", "language")
    return _guarded(editions, list(rows), at=at)


def _guarded(editions: Sequence[Edition], rows: list[EditionPage], *, at: datetime) -> list[Guarded]:
    """`rows`, each behind the row of the page above it."""
    waiting = {edition.pk for edition in editions if edition.effective_from > at}
    today = _today({row.key for row in rows})
    above: dict[tuple[int, str, UUID], Limits] = {}
    for row in rows:
        place = (row.edition_id, row.language)
        if row.parent is None:
            limits = today.get((row.language, row.key), STAFF_ONLY)
            limits = limits & STAFF_ONLY if row.edition_id in waiting else limits
        else:
            limits = above.get((*place, row.parent), NOBODY) & today.get((row.language, row.key), Limits())
        above[*place, row.key] = limits & read_limits(row.limits)
    audiences = {limits: audience_of(limits) for limits in set(above.values())}
    found = ((row, above[row.edition_id, row.language, row.key]) for row in rows)
    return [Guarded(row, limits, audiences[limits]) for row, limits in found]


def _today(keys: Collection[UUID]) -> dict[tuple[str, UUID], Limits]:
    """What holds now for those of the pages that are live. A live page without an audience hangs below one that is not.

    What is made of the answer depends on all of them: a page that is shown or hidden drops the list of its parent.
    """
    live = Page.objects.filter(translation_key__in=list(keys), live=True, alias_of=None)
    kept = PageAudience.objects.filter(page__in=live).select_related("audience")
    limits = {row.page_id: row.audience.limits for row in kept}
    told = list(live.values_list("pk", "path", "locale__language_code", "translation_key"))
    by_path = {path: pk for pk, path, _language, _key in told}
    for pk, path, _language, _key in told:
        parent = by_path.get(path[: -Page.steplen])
        depends(f"children:{parent}" if parent else f"page:{pk}")
    return {(language, key): limits.get(pk, STAFF_ONLY) for pk, _path, language, key in told}
