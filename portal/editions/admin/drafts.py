"""What would be proposed, if somebody proposed now?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.base.audience import viewer_of
from portal.editions.chain import content_of, newest
from portal.editions.collecting import collected, roots_of
from portal.editions.models import Edition
from portal.editions.pages import EditionedPage
from portal.editions.policies import UnableToPropose, check_can_propose
from portal.editions.proposing import changed_keys, open_proposal
from portal.editions.seeing import sees_drafts
from portal.people.models import Centre, User

Pages = list[dict[str, Any]]


@dataclass(frozen=True)
class Drafts:
    """The drafts of a whole tree as they are now, beside the edition before."""

    root: EditionedPage
    before: Edition | None

    @property
    def subject(self) -> UUID:
        key: UUID = self.root.translation_key
        return key

    @property
    def centre(self) -> Centre | None:
        return self.root.edition_centre()

    @cached_property
    def pages(self) -> Pages:
        return collected(self.subject)

    @cached_property
    def content_before(self) -> dict[str, Any] | None:
        return content_of(self.before) if self.before else None

    @property
    def content_before_bare(self) -> dict[str, Any] | None:
        """The edition before, without what was made of it when it was frozen: drafts have none of that to compare."""
        return {"pages": [_bare(page) for page in self.content_before["pages"]]} if self.content_before else None

    @cached_property
    def titles(self) -> dict[UUID, str]:
        """What each page is called: as now, or as in the edition before if it is gone."""
        known = [*(self.content_before or {"pages": ()})["pages"], *self.pages]
        return {UUID(page["key"]): title_of(page, language=self.root.language_code) for page in known}

    @property
    def sections(self) -> list[tuple[str, str]]:
        """What may be left out: everything but the root."""
        return [(page["key"], self.titles[UUID(page["key"])]) for page in self.pages if page["parent"]]

    def without(self, leaving_out: Collection[UUID]) -> Pages:
        """The pages that are proposed; what hangs below a page that is left out is left out with it."""
        kept: Pages = []
        keys = {""}
        for page in self.pages:
            if page["parent"] in keys and UUID(page["key"]) not in leaving_out:
                keys.add(page["key"])
                kept.append(page)
        return kept

    def changed(self, leaving_out: Collection[UUID] = ()) -> list[UUID]:
        """What differs from the edition before, in reading order; what is gone stands at the end."""
        changed = changed_keys(self.content_before, self.without(leaving_out))
        order = {UUID(page["key"]): position for position, page in enumerate(self.pages)}
        return sorted(changed, key=lambda key: (order.get(key, len(order)), str(key)))

    def reasons_against(self, *, by: User) -> list[str]:
        """All that is in the way of proposing, but for what the form asks."""
        try:
            check_can_propose(
                by=by, centre=self.centre, open_proposal=open_proposal(self.subject), code=self.root.edition_code(),
                lacks=self.root.lacks(),
            )  # fmt: skip
        except UnableToPropose as stopped:
            return list(stopped.reasons)
        return []


def _bare(page: Mapping[str, Any]) -> dict[str, Any]:
    versions = {
        code: {name: value for name, value in version.items() if name not in ("html", "files")}
        for code, version in page["versions"].items()
    }
    return {**page, "versions": versions}


def title_of(page: Mapping[str, Any], *, language: str) -> str:
    versions = page["versions"]
    return str((versions.get(language) or next(iter(versions.values())))["title"])


def root_above(page: Page) -> EditionedPage | None:
    """The root of the tree that a page belongs to; None for a page of another kind."""
    found = None
    specific = page.specific
    while isinstance(specific, EditionedPage):
        found, specific = specific, specific.get_parent().specific
    return found


def drafts_for(request: HttpRequest, page_id: int) -> Drafts:
    """The drafts of the tree that a page belongs to, for whoever may see them; for others there are none."""
    page = Page.objects.filter(pk=page_id).first()
    root = root_above(page) if page else None
    if root is None or not sees_drafts(root.translation_key, request.user, viewer_of(request)):  # type: ignore[arg-type]
        raise Http404
    # The first language's draft speaks for the tree, as in `proposing`.
    first = roots_of(root.translation_key)[0]
    return Drafts(first.get_latest_revision_as_object(), newest(root.translation_key))


def zone_of(centre: Centre | None) -> ZoneInfo:
    """The time zone in which a centre says from when something holds."""
    try:
        return ZoneInfo(centre.time_zone if centre else settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
