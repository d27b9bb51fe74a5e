"""In which order do readers meet the live pages of a tree, and which of them?

Those of the edition in force. Authors move, add and copy drafts meanwhile; readers see it with the next edition.
"""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from wagtail.models import Page

from portal.editions.models import EditionPage, InForce

AnyPage = TypeVar("AnyPage", bound=Page)


def in_order(pages: Iterable[AnyPage], *, subject: UUID, language: str) -> list[AnyPage]:
    """Those of `pages` that the edition in force holds, in its order; all of them, as they are, before the first
    edition. One query."""
    held = EditionPage.objects.filter(edition__in=InForce.objects.filter(subject=subject).values("edition"))
    positions = dict(held.filter(language=language).values_list("key", "position"))
    if not positions:
        return list(pages)
    return sorted(
        (page for page in pages if page.translation_key in positions), key=lambda page: positions[page.translation_key]
    )
