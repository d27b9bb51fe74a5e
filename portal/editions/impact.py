"""What does a new edition touch besides itself? What cites it, and who has to read it again.

Apps above add their own numbers to `IMPACTS`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from portal.base.audience import Viewer, visible_pages
from portal.editions.models import Edition

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Impact:
    """Something that a new edition touches. `page_id` is a page; whoever may not know of it is not told of it."""

    heading: str
    words: str
    page_id: int | None = None


#: Each is asked about the edition that is in force (None before the first), and the content of the one to be.
IMPACTS: list[Callable[[Edition | None, Content], Iterable[Impact]]] = []


def impacts_of(edition: Edition | None, content: Content) -> list[Impact]:
    return [impact for asked in IMPACTS for impact in asked(edition, content)]


def citing(edition: Edition | None, content: Content) -> Iterable[Impact]:
    """The pages that link to pages of this tree or have chosen one of them, such as courses and lessons learned."""
    ours = Page.objects.filter(translation_key__in=[UUID(page["key"]) for page in content["pages"]])
    ids = {str(pk) for pk in ours.values_list("pk", flat=True)}
    of_pages = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(to_content_type=of_pages, to_object_id__in=ids, base_content_type=of_pages)
    found = set(links.exclude(object_id__in=ids).values_list("object_id", flat=True))
    for page in Page.objects.filter(pk__in=found).order_by("title").specific():
        kind = getattr(page, "kind", page.get_verbose_name())
        yield Impact(_("It is cited by"), f"{page.get_admin_display_title()} ({kind})", page_id=page.pk)


IMPACTS.append(citing)


@dataclass(frozen=True)
class ImpactGroup:
    """What stands under one heading, for one person; `hidden` is how much more there is that they may not know of."""

    heading: str
    shown: tuple[Impact, ...]
    hidden: int


def grouped_for(viewer: Viewer, person: Any, impacts: Iterable[Impact]) -> list[ImpactGroup]:
    told = list(impacts)
    known = _known(viewer, person, {impact.page_id for impact in told if impact.page_id})
    groups: dict[str, list[Impact]] = {}
    for impact in told:
        groups.setdefault(impact.heading, []).append(impact)
    return [
        ImpactGroup(heading, shown := tuple(one for one in them if one.page_id in known), len(them) - len(shown))
        for heading, them in groups.items()
    ]


def _known(viewer: Viewer, person: Any, ids: set[int]) -> set[int | None]:
    pages = Page.objects.filter(pk__in=ids)
    editable = {page.pk for page in pages if page.permissions_for_user(person).can_edit()}
    return {None, *editable, *visible_pages(pages, viewer).values_list("pk", flat=True)}
