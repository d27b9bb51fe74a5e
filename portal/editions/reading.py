"""Who may read which page of which edition?

Whoever the limits admit that were frozen with the page, and those that hold for the same page today: what was made
confidential since is confidential in old editions too. A hidden page hides what is below it. Where the root is not
public any more, and before an edition is in force, only staff of the centres read it. Whatever is hidden answers like
what does not exist.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.base.audience import Limits, PageAudience, Sensitivity, Surface, Viewer
from portal.editions.collecting import read_limits
from portal.editions.models import Edition, EditionPage

STAFF_ONLY = Limits(sensitivity=Sensitivity.STAFF)
NOBODY = Limits(surfaces=frozenset())
#: What holds today for the live pages of one language, by translation key.
Today = Mapping[UUID, Limits]


@dataclass(frozen=True)
class Guarded:
    """A page of an edition, and all that is asked of its readers now."""

    page: EditionPage
    limits: Limits


def pages_for(
    edition: Edition, viewer: Viewer, *, surface: str = Surface.WEB, language: str, at: datetime | None = None
) -> list[EditionPage]:
    """The pages of `edition` in one language that `viewer` may know of, in reading order; three queries, however many
    pages there are. Empty: for this viewer, there is no such edition in this language."""
    guarded = guarded_pages(edition, language=language, at=at or timezone.now())
    return [each.page for each in guarded if each.limits.admits(viewer, surface)]


def languages_for(
    edition: Edition, viewer: Viewer, *, surface: str = Surface.WEB, at: datetime | None = None
) -> list[str]:
    """The languages in which `viewer` may read `edition`, in the order of the site."""
    guarded = guarded_roots([edition], at=at or timezone.now())
    open_to = {each.page.language for each in guarded if each.limits.admits(viewer, surface)}
    return [code for code, _name in settings.LANGUAGES if code in open_to]


def guarded_pages(edition: Edition, *, language: str, at: datetime) -> list[Guarded]:
    """All pages of an edition in one language, whoever asks."""
    rows = list(EditionPage.objects.filter(edition=edition, language=language).order_by("position"))
    return list(_guarded(edition, rows, today=_today([row.key for row in rows]).get(language, {}), at=at))


def guarded_roots(editions: Sequence[Edition], *, at: datetime) -> list[Guarded]:
    """The first pages of some editions, in all their languages."""
    rows = EditionPage.objects.filter(edition__in=editions, parent=None).order_by("edition", "language")
    known, today = {edition.pk: edition for edition in editions}, _today({row.key for row in rows})
    found = (_guarded(known[row.edition_id], [row], today=today.get(row.language, {}), at=at) for row in rows)
    return [guarded for roots in found for guarded in roots]


def _guarded(edition: Edition, rows: Iterable[EditionPage], *, today: Today, at: datetime) -> Iterator[Guarded]:
    above: dict[UUID, Limits] = {}
    over_all = STAFF_ONLY if edition.effective_from > at else Limits()
    for row in rows:
        if row.parent is None:
            limits = over_all & today.get(row.key, STAFF_ONLY)
        else:
            limits = above.get(row.parent, NOBODY) & today.get(row.key, Limits())
        above[row.key] = limits & read_limits(row.limits)
        yield Guarded(row, above[row.key])


def _today(keys: Iterable[UUID]) -> dict[str, dict[UUID, Limits]]:
    """What holds now for those of the pages that are live, by language.

    A live page without an audience hangs below one that is not live.
    """
    live = Page.objects.filter(translation_key__in=list(keys), live=True, alias_of=None)
    told = live.values_list("locale__language_code", "translation_key", "pk")
    kept = PageAudience.objects.filter(page__in=live).select_related("audience")
    limits = {row.page_id: row.audience.limits for row in kept}
    found: dict[str, dict[UUID, Limits]] = {}
    for language, key, pk in told:
        found.setdefault(language, {})[key] = limits.get(pk, STAFF_ONLY)
    return found
