"""What is new for this reader, section by section, step by step?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

from lessons.manuals.reading.duties import touched_steps, touches
from lessons.manuals.reading.who_must_read import Outstanding
from portal.base.audience import Viewer, visible_pages
from portal.editions.chain import content_of
from portal.editions.comparing import Change
from portal.editions.models import Edition

#: Whose notes are told to somebody who has missed several editions.
MOST_NOTES = 5


@dataclass(frozen=True)
class NewStep:
    heading: str
    url: str
    change: str
    """What happened to it: a value of `portal.editions.comparing.Change`."""


@dataclass
class NewSection:
    title: str
    url: str
    language: str
    notes: list[Mapping[str, Any]] = field(default_factory=list)
    steps: list[NewStep] = field(default_factory=list)


def new_sections(outstanding: Outstanding, viewer: Viewer, *, discipline: str) -> list[NewSection]:
    """The sections to read: all, to whom has read none; else those with changed steps that touch this reader. What the
    viewer may not see is left out, as if it were not there."""
    pages = _pages_for(outstanding, viewer)
    contents = _contents(outstanding)
    after = contents[-1]
    if not outstanding.acknowledged:
        return [_section(page) for key, page in pages.items() if key != str(outstanding.manual.subject)]
    found: dict[str, NewSection] = {}
    blocks = {(page["key"], block["id"]): block for page in after["pages"] for block in _blocks_of(page)}
    for step, disciplines in touched_steps(contents[0], after):
        page = pages.get(step.page_key)
        if page is not None and touches(disciplines, discipline):
            section = found.setdefault(step.page_key, _section(page))
            section.steps.append(_step(blocks.get((step.page_key, step.block_id)), step.changes, section))
    for key, section in found.items():
        section.notes += [note for content in contents[1:] for note in content["change"]["notes"] if note["key"] == key]
    return list(found.values())


def _contents(outstanding: Outstanding) -> list[dict[str, Any]]:
    """What was read last, the newest editions that asked since, and what is in force; each once, the oldest first."""
    manual = outstanding.manual
    asked = [each.number for each in manual.required if each.number > outstanding.acknowledged][-MOST_NOTES:]
    numbers = {outstanding.acknowledged, *asked, manual.number}
    editions = Edition.objects.filter(subject=manual.subject, number__in=numbers).order_by("number")
    return [content_of(edition) for edition in editions]


def _pages_for(outstanding: Outstanding, viewer: Viewer) -> dict[str, Page]:
    """The live pages that the viewer may know of, in their language where there is one, in reading order."""
    keys = _keys_of(outstanding)
    pages = visible_pages(Page.objects.filter(translation_key__in=keys, alias_of=None), viewer)
    found: dict[str, Page] = {}
    for page in sorted(pages.select_related("locale").order_by("path"), key=_foreignness):
        found.setdefault(str(page.translation_key), page)
    return {str(key): found[str(key)] for key in keys if str(key) in found}


def _keys_of(outstanding: Outstanding) -> list[UUID]:
    from portal.editions.models import EditionPage

    rows = EditionPage.objects.filter(edition=outstanding.manual.edition_id).order_by("position")
    return list(dict.fromkeys(rows.values_list("key", flat=True)))


def _foreignness(page: Page) -> tuple[bool, bool]:
    code = page.locale.language_code
    return code != translation.get_language(), code != settings.LANGUAGE_CODE


def _section(page: Page) -> NewSection:
    return NewSection(page.title, page.get_url() or "", page.locale.language_code)


def _blocks_of(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The blocks of a page in the reader's language, behind those of its other languages."""
    versions = dict(page["versions"])
    mine = versions.pop(translation.get_language(), None)
    ordered = [*versions.values(), *([mine] if mine else [])]
    return [block for version in ordered for block in version["blocks"]]


def _step(block: Mapping[str, Any] | None, changes: frozenset[Change], section: NewSection) -> NewStep:
    if block is None:
        return NewStep("", section.url, str(Change.REMOVED))
    change = next((each for each in (Change.ADDED, Change.REMOVED, Change.MOVED) if {each} == changes), Change.REWORDED)
    heading = block["heading"] or next(iter(block["lines"]), "")
    return NewStep(heading, f"{section.url}#{block['anchor']}" if block["anchor"] else section.url, str(change))
