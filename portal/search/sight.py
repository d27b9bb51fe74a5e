"""What may this viewer find in this state of the index?

A change is noted in its own transaction, and the note is removed after the index was written. So who reads the notes
first and opens the index then knows this of every page: either it is noted, or the index says the truth about its
audience. Pages that are noted are left out until they are written anew, a few seconds as a rule: what the index still
says of them may be what somebody has just taken back. So counts, facets, suggestions and spelling are exact, and what
is shown is asked of the database once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest
from wagtail.models import Page

from portal.base.audience import Surface, Viewer, admitted, viewer_of, visible_pages
from portal.search import feeding
from portal.search.documents import CONCEPT
from portal.search.models import PAGE, Change
from portal.search.part_documents import EVERYBODY, PART
from portal.search.queries import All, AnyOf, Word
from portal.search.scoring import Flags
from portal.search.whoosh_index import Reader


@dataclass(frozen=True)
class Sight:
    """One state of the index, and which of its documents the viewer may find."""

    reader: Reader
    viewer: Viewer
    allowed: Flags
    is_behind: bool
    """Whether changes wait that the index does not know of."""

    def visible(self, groups: Iterable[int]) -> set[int]:
        """Those of the groups that the viewer may see now, as the database knows; what is no page, everybody may."""
        asked = set(groups)
        pages = visible_pages(Page.objects.all(), self.viewer, Surface.WEB)
        seen = set(pages.filter(pk__in=[group for group in asked if group > 0]).values_list("pk", flat=True))
        return seen | {group for group in asked if group < 0}


def sight_of(request: HttpRequest) -> Sight:
    """Raises IndexIsUnusable."""
    waiting = list(Change.objects.waiting().order_by().values_list("owner", flat=True).distinct())
    if waiting:
        feeding.ask_for_drain()
    # Only now: what was noted after this is noted, and what was written before this is written.
    reader = feeding.index().reader()
    viewer = viewer_of(request)
    # In this order: making the queryset also notices audiences that another process added.
    visible_pages(Page.objects.all(), viewer, Surface.WEB)
    audiences = (EVERYBODY, *(f"audience:{pk}" for pk in sorted(admitted(viewer, Surface.WEB))))
    among = All((Word("labels", PART), AnyOf(tuple(Word("labels", one) for one in audiences))))
    allowed = reader.matches(among).held
    if behind := _groups_of(waiting):
        allowed &= ~np.isin(reader.groups, behind)
    return Sight(reader, viewer, allowed, is_behind=bool(waiting))


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
