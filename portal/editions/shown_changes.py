"""What may this viewer learn of the changes between two editions?

Only what may be read in both: a section that one of them hides is left out of the comparison, of its counts and of the
notes, as if neither had it. An edition that is hidden as a whole does not exist.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wagtail.models import Page

from portal.base.audience import Viewer, visible_pages
from portal.editions.chain import content_of
from portal.editions.collecting import read_limits
from portal.editions.comparing import ComparedPage, Content, Summary, compare, summary
from portal.editions.models import Edition, EditionPage
from portal.editions.reading import guarded_roots, pages_for

A_KEY = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Reader:
    """Who reads, where, when, and in which language."""

    viewer: Viewer
    surface: str
    language: str
    at: datetime


@dataclass(frozen=True)
class ToldNote:
    """What an edition says of a section's change; `lesson` is the page that it came from, if the reader may see it."""

    number: int
    what: str
    why: str
    lesson: Page | None


@dataclass(frozen=True)
class ShownPage:
    compared: ComparedPage
    notes: Sequence[ToldNote]


@dataclass(frozen=True)
class ShownChanges:
    """The sections that changed, then those that did not, as far as the reader may know of them."""

    pages: Sequence[ShownPage]
    unchanged: Sequence[ComparedPage]
    summary: Summary


@dataclass(frozen=True)
class Readable:
    """An edition that a reader may know of, and what it is called, by the languages that it may be read in."""

    edition: Edition
    titles: dict[str, str] = field(default_factory=dict)


def readable(code: str, reader: Reader) -> dict[int, Readable]:
    """The editions with this code that `reader` may know of, by number, the oldest first."""
    editions = Edition.objects.filter(code=code).select_related("withdrawal").defer("content").order_by("number")
    known = {edition.pk: edition for edition in editions} if code else {}
    found: dict[int, Readable] = {}
    for root in guarded_roots(list(known.values()), at=reader.at):
        if root.limits.admits(reader.viewer, reader.surface):
            edition = known[root.page.edition_id]
            found.setdefault(edition.number, Readable(edition)).titles[root.page.language] = root.page.title
    return dict(sorted(found.items()))


def in_common(before: Readable, after: Readable, *, wanted: str) -> str:
    """The language to compare in: the one that is wanted, or the first that both have; empty if they have none."""
    both = [code for code in after.titles if code in before.titles]
    return wanted if wanted in both else next(iter(both), "")


def changes_between(before: Edition, after: Edition, reader: Reader, *, told_by: Sequence[Edition]) -> ShownChanges:
    """`told_by`: the editions whose notes may be quoted, the newest first; those after `before`, up to `after`."""
    ours, theirs = seen_in_both(
        content_of(before), content_of(after), seen=(_seen(before, reader), _seen(after, reader)), reader=reader
    )
    compared = compare(ours, theirs, language=reader.language)
    return _shown(compared, notes=_notes(told_by, keys={page.key for page in compared}, reader=reader))


def changes_proposed(
    before: Content | None, after: Content, reader: Reader, *, without: Collection[str] = ()
) -> ShownChanges:
    """What a proposal changes, for those who work on it, but for the pages `without`, which they may not see."""
    ours, theirs = (
        _only(content, language=reader.language, without=without) for content in (before or {"pages": ()}, after)
    )
    written = [(after["number"], note) for note in after["change"]["notes"]]
    return _shown(compare(ours, theirs, language=reader.language), notes=_told(written, reader=reader))


def _shown(compared: Sequence[ComparedPage], *, notes: Mapping[str, Sequence[ToldNote]]) -> ShownChanges:
    return ShownChanges(
        pages=[ShownPage(page, notes.get(page.key, ())) for page in compared if page.is_changed],
        unchanged=[page for page in compared if not page.is_changed],
        summary=summary(compared),
    )


def _seen(edition: Edition, reader: Reader) -> frozenset[str]:
    pages = pages_for(edition, reader.viewer, surface=reader.surface, language=reader.language, at=reader.at)
    return frozenset(str(page.key) for page in pages)


def seen_in_both(
    before: Content, after: Content, *, seen: tuple[frozenset[str], frozenset[str]], reader: Reader
) -> tuple[Content, Content]:
    """Both contents in one language, without the pages that the reader may not see in one of them."""
    hidden = {
        page["key"]
        for content, keys in zip((before, after), seen, strict=True)
        for page in content["pages"]
        if reader.language in page["versions"] and page["key"] not in keys
    }
    ours, theirs = (_only(content, language=reader.language, without=hidden) for content in (before, after))
    return ours, theirs


def _only(content: Content, *, language: str, without: Collection[str]) -> Content:
    pages = [
        {**page, "versions": {language: page["versions"][language]}}
        for page in content["pages"]
        if language in page["versions"] and page["key"] not in without
    ]
    return {"pages": pages}


# --- notes -----------------------------------------------------------------------------------------------------
def _notes(editions: Sequence[Edition], *, keys: set[str], reader: Reader) -> dict[str, list[ToldNote]]:
    """What these editions say of these pages, by key; nothing of a page that the edition hides from the reader."""
    open_to = _open_in(editions, keys=keys, reader=reader)
    written = [
        (edition.number, note)
        for edition in editions
        for note in content_of(edition).get("change", {}).get("notes", ())
        if (edition.number, note["key"]) in open_to
    ]
    return _told(written, reader=reader)


def _told(written: Iterable[tuple[int, Mapping[str, str]]], *, reader: Reader) -> dict[str, list[ToldNote]]:
    """Notes as editions hold them, with their numbers, by key."""
    notes = list(written)
    lessons = _lessons((note["lesson"] for _number, note in notes), reader=reader)
    told: dict[str, list[ToldNote]] = {}
    for number, note in notes:
        lesson = lessons.get(note["lesson"])
        told.setdefault(note["key"], []).append(ToldNote(number, note["what"], note["why"], lesson))
    return told


def _open_in(editions: Sequence[Edition], *, keys: set[str], reader: Reader) -> set[tuple[int, str]]:
    """Which of the pages may be read in which edition, or are not in it any more."""
    rows = EditionPage.objects.filter(edition__in=editions, language=reader.language)
    hidden = {
        (number, str(key))
        for number, key, limits in rows.values_list("edition__number", "key", "limits")
        if not read_limits(limits).admits(reader.viewer, reader.surface)
    }
    return {(edition.number, key) for edition in editions for key in keys} - hidden


def _lessons(keys: Iterable[str], *, reader: Reader) -> dict[str, Page]:
    """The pages that notes name, in the reader's language, if they may be seen."""
    wanted = {key for key in keys if A_KEY.fullmatch(key)}
    named = Page.objects.filter(locale__language_code=reader.language, translation_key__in=wanted, live=True)
    return {str(page.translation_key): page for page in visible_pages(named, reader.viewer, reader.surface)}
