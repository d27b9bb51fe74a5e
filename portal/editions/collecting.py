"""What do the drafts of a whole tree say now, in all its languages?

What is collected is enough to publish the pages again (`fields`), to compare, search and set them (`blocks`), and to
decide who may read them (`limits`). Where pages stand in the tree, who owns them and which draft is the newest is left
out: it is no text, and Wagtail changes it for reasons of its own.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from portal.base.audience import ANYBODY, Limits, Surface
from portal.base.findable import lines_of, one_text
from portal.base.models import PortalPage
from portal.base.reading import reading
from portal.editions.pages import EditionedPage

#: What Wagtail keeps in a page besides its text, except these.
TEXT_OF_WAGTAIL = {"title", "slug", "seo_title", "search_description", "show_in_menus"}
NO_TEXT = {field.name for field in Page._meta.get_fields()} - TEXT_OF_WAGTAIL | {
    "page_ptr",
    "wagtail_admin_comments",
    "pk",
}


#: What a draft has from the page itself, whatever its newest revision says.
OF_THE_PAGE = [field.attname for field in Page._meta.concrete_fields if field.name in NO_TEXT]


def roots_of(subject: UUID) -> list[EditionedPage]:
    """The roots of a tree, one for each language, that of the site's first language first."""
    pages = Page.objects.filter(translation_key=subject, alias_of=None).select_related("locale").specific()
    roots = [page for page in pages if isinstance(page, EditionedPage)]
    order = [code for code, _name in settings.LANGUAGES]
    return sorted(
        roots, key=lambda root: (root.language_code != settings.LANGUAGE_CODE, order.index(root.language_code))
    )


@dataclass(frozen=True)
class Draft:
    """The newest draft of a page, the page above it in the tree, and what all of them together ask of readers.

    `besides` are the ids of the pages of the tree that whoever may read this one may read, too: it may point at them,
    although none is live yet.
    """

    page: EditionedPage
    parent: UUID | None
    limits: Limits
    besides: frozenset[int] = frozenset()


def collected(subject: UUID, *, leaving_out: Collection[UUID] = ()) -> list[dict[str, Any]]:
    """The pages of a tree in reading order, as the content of an edition holds them, but for their HTML."""
    pages: dict[str, dict[str, Any]] = {}
    for draft in drafts_of(subject, leaving_out=leaving_out):
        key = str(draft.page.translation_key)
        new = {"key": key, "parent": str(draft.parent or ""), "type": draft.page._meta.label, "versions": {}}
        pages.setdefault(key, new)["versions"][draft.page.language_code] = version_of(draft)
    return list(pages.values())


def drafts_of(subject: UUID, *, leaving_out: Collection[UUID] = ()) -> Iterator[Draft]:
    """The newest draft of every page of a tree, one language after the other."""
    for root in roots_of(subject):
        yield from _that_know_each_other(list(_drafts_below(root, leaving_out=leaving_out)))


def _drafts_below(root: EditionedPage, *, leaving_out: Collection[UUID]) -> Iterator[Draft]:
    above: dict[str, Draft] = {}
    known = Known()
    for page in pages_below(root):
        parent = above.get(page.path[: -page.steplen])
        is_part = parent is not None or page.pk == root.pk
        if is_part and isinstance(page, EditionedPage) and page.translation_key not in leaving_out:
            page.locale = root.locale
            above[page.path] = _draft_of(page, parent=parent, known=known)
            yield above[page.path]


def _that_know_each_other(drafts: list[Draft]) -> Iterator[Draft]:
    """A tree has few different limits, however many pages."""
    besides: dict[Limits, frozenset[int]] = {}
    for draft in drafts:
        if draft.limits not in besides:
            open_too = (other.page.pk for other in drafts if draft.limits & other.limits == draft.limits)
            besides[draft.limits] = frozenset(open_too)
        yield replace(draft, besides=besides[draft.limits])


def pages_below(root: Page) -> Iterator[Page]:
    """A root and all below it, in reading order, with their newest revisions, in a few queries."""
    pages = Page.objects.descendant_of(root, inclusive=True).filter(alias_of=None).order_by("path")
    yield from pages.prefetch_related("latest_revision").specific()


class Known:
    """Which rows that drafts name are still there; each is looked up once."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[models.Model], Any], bool] = {}

    def is_there(self, field: Any, pk: Any) -> bool:
        model = field.related_model
        if (model, pk) not in self._rows:
            self._rows[model, pk] = model._default_manager.filter(pk=pk).exists()
        return self._rows[model, pk]


def _draft_of(page: EditionedPage, *, parent: Draft | None, known: Known) -> Draft:
    draft = newest_draft(page, known=known)
    limits = parent.limits if parent else _limits_over(page)
    return Draft(draft, parent.page.translation_key if parent else None, limits & draft.own_limits())


def newest_draft(page: EditionedPage, *, known: Known) -> EditionedPage:
    """As `get_latest_revision_as_object`, which asks the database a dozen things that are known here."""
    if not page.has_unpublished_changes or page.latest_revision is None:
        return page
    said = {name: value for name, value in page.latest_revision.content.items() if name not in NO_TEXT}
    draft: EditionedPage = type(page).from_serializable_data({**said, "pk": page.pk}, check_fks=False)
    for name in OF_THE_PAGE:
        setattr(draft, name, getattr(page, name))
    draft.locale = page.locale
    draft._state.adding, draft._state.db = False, page._state.db
    _forget_what_is_gone(draft, known=known)
    return draft


def _forget_what_is_gone(draft: EditionedPage, *, known: Known) -> None:
    for field in draft._meta.concrete_fields:
        pk = getattr(draft, field.attname) if field.is_relation and field.name not in NO_TEXT else None
        if pk is not None and not known.is_there(field, pk):
            setattr(draft, field.attname, None)


def _limits_over(root: EditionedPage) -> Limits:
    limits = Limits()
    for page in Page.objects.ancestor_of(root).filter(depth__gte=2).specific():
        if isinstance(page, PortalPage):
            limits &= page.own_limits()
    return limits


def version_of(draft: Draft) -> dict[str, Any]:
    page = draft.page
    # First: lists that were stored without ids get new ones each time that somebody looks into them.
    fields = fields_of(page)
    with reading(ANYBODY, surface=Surface.WEB, besides=draft.besides):
        blocks = list(blocks_of(page))
    return {
        "title": page.title,
        "slug": page.slug,
        "unchecked": page.is_unchecked,
        "limits": written_limits(draft.limits),
        "fields": fields,
        "blocks": blocks,
    }


def fields_of(page: EditionedPage) -> dict[str, Any]:
    """What is needed to publish this text again; days and times as text, as Wagtail's revisions have them."""
    written = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    return {name: value for name, value in written.items() if name not in NO_TEXT}


def written_limits(limits: Limits) -> dict[str, Any]:
    return {
        "sensitivity": int(limits.sensitivity),
        "roles": None if limits.roles is None else sorted(limits.roles),
        "centres": None if limits.centres is None else sorted(limits.centres),
        "surfaces": sorted(limits.surfaces),
    }


def read_limits(written: dict[str, Any]) -> Limits:
    return Limits(
        sensitivity=written["sensitivity"],
        roles=None if written["roles"] is None else frozenset(written["roles"]),
        centres=None if written["centres"] is None else frozenset(written["centres"]),
        surfaces=frozenset(written["surfaces"]),
    )


def blocks_of(draft: EditionedPage) -> Iterator[dict[str, Any]]:
    """Title, plain fields, then what stands in the streams, each with its plain text."""
    yield block(id="field:title", kind="title", lines=[draft.title])
    public = [name for name, level in type(draft).classification.items() if level == "public"]
    streams = []
    for name in public:
        value = getattr(draft, name, None)
        if isinstance(value, StreamValue):
            streams.append(value)
        elif isinstance(value, str) and value.strip():
            yield block(id=f"field:{name}", kind="field", lines=lines_in(value))
    for stream in streams:
        for child in stream:
            yield block_of_child(child, page=draft)


def block_of_child(child: Any, *, page: EditionedPage) -> dict[str, Any]:
    language = page.language_code
    tells = getattr(child.block, "findable_lines", None)
    words = tells(child.value, language=language) if tells else lines_of(child.block, child.value)
    parts = getattr(child.block, "findable_parts", None)
    first = next(iter(parts(child.value, language=language, block_id=child.id or "")), None) if parts else None
    roles = child.value.get("roles") if isinstance(child.value, StructValue) else None
    return block(
        id=child.id or "",
        kind=child.block_type,
        anchor=first.anchor if first else "",
        heading=first.heading if first else "",
        lines=lines_in("\n".join([*words, *page.lines_beside(child)])),
        roles=sorted(roles or []),
    )


def block(
    *, id: str, kind: str, lines: list[str], anchor: str = "", heading: str = "", roles: list[str] | None = None
) -> dict[str, Any]:
    return {"id": id, "kind": kind, "anchor": anchor, "heading": heading, "lines": lines, "roles": roles or []}


def lines_in(text: str) -> list[str]:
    return one_text([text]).splitlines()
