"""Which lessons learned and courses belong to a manual, as far as its reader may know of them?"""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from portal.base.audience import Viewer, visible_pages
from portal.base.page_cache import depends


@dataclass(frozen=True)
class Related:
    page: Page
    why: str


def related_to(manual: Any, viewer: Viewer, *, surface: str) -> list[Related]:
    """In the order in which they were chosen; two queries, or none."""
    wanted = [(child.value["page"], child.value["why"]) for child in manual.related]
    keys = [page.pk for page, _why in wanted if page is not None]
    if not keys:
        return []
    depends(*(f"page:{key}" for key in keys))
    known = {page.pk: page for page in visible_pages(Page.objects.filter(pk__in=keys), viewer, surface)}
    return [Related(known[page.pk], why or "") for page, why in wanted if page is not None and page.pk in known]
