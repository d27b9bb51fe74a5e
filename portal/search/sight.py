"""What may this viewer find in this state of the index?

A change is noted in its own transaction, and the note is removed after the index was written. So who reads the notes
first and opens the index then knows this of every page: either it is noted, or the index says the truth about its
audience. Pages that are noted are left out until they are written anew, a few seconds as a rule: what the index still
says of them may be what somebody has just taken back. So counts, facets, suggestions and spelling are exact, and what
is shown is asked of the database once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Page

from portal.base.audience import Surface, admitted, viewer_of, visible_pages
from portal.search import feeding
from portal.search.documents import CONCEPT
from portal.search.models import PAGE, Change
from portal.search.part_documents import EVERYBODY, PART
from portal.search.queries import All, AnyOf, Word
from portal.search.scoring import Flags
from portal.search.whoosh_index import Reader

#: A queryset of pages, with Wagtail's own methods, which have no types.
Pages = Any
#: What is shown of a page in a list, and what its address is made of.
LISTED = ("path", "depth", "title", "url_path", "locale", "content_type", "last_published_at", "translation_key")


def listed(pages: Pages) -> Pages:
    return pages.only(*LISTED).annotate(language=F("locale__language_code"))


@dataclass(frozen=True)
class Sight:
    """One state of the index, and which of its documents the viewer may find."""

    reader: Reader
    allowed: Flags
    readable: Pages

    def pages(self, groups: Iterable[int]) -> dict[int, Page]:
        """Those of the groups that are pages which the viewer may see now, as the database knows; one query.

        Each has what is shown of it in a list, and `language`.
        """
        keys = [group for group in groups if group > 0]
        return {page.pk: page for page in self.readable.filter(pk__in=keys)} if keys else {}


def sight_of(request: HttpRequest) -> Sight:
    """Raises IndexIsUnusable."""
    waiting = list(Change.objects.waiting().order_by().values_list("owner", flat=True).distinct())
    if waiting:
        feeding.ask_for_drain()
    # Only now: what was noted after this is noted, and what was written before this is written.
    reader = feeding.index().reader()
    viewer = viewer_of(request)
    # In this order: making the queryset also notices audiences that another process added.
    readable = visible_pages(listed(Page.objects.all()), viewer, Surface.WEB)
    audiences = (EVERYBODY, *(f"audience:{pk}" for pk in sorted(admitted(viewer, Surface.WEB))))
    among = All((Word("labels", PART), AnyOf(tuple(Word("labels", one) for one in audiences))))
    allowed = reader.matches(among).held
    if behind := _groups_of(waiting):
        allowed &= ~np.isin(reader.groups, behind)
    return Sight(reader, allowed, readable)


def _groups_of(owners: Iterable[str]) -> list[int]:
    """Under which groups the documents of these owners are found."""
    groups: list[int] = []
    for owner in owners:
        label, _colon, pk = owner.rpartition(":")
        if f"{label}:" == PAGE:
            groups.append(int(pk))
        elif label == CONCEPT:
            groups.append(-int(pk))
    return groups
