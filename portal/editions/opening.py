"""What does somebody find who opens an edition: which pages of it, in which language, and where does it stand?

Raises Http404 for what the reader may not know of, and Elsewhere for what they may read in another language.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from wagtail.models import Page

from portal.base.audience import visible_pages
from portal.base.languages import LANGUAGES
from portal.base.page_cache import depends
from portal.editions import notices
from portal.editions.addresses import edition_address
from portal.editions.models import Edition, EditionPage
from portal.editions.reading import Guarded, Reader, guarded_pages, guarded_roots
from portal.editions.standing import Standing, editions_of, standings


class Elsewhere(Exception):
    """The edition is not there in the reader's language, but in another."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Opened:
    """An edition as a reader finds it; `pages` are those that they may read, in their language and in order."""

    reader: Reader
    standing: Standing
    editions: Sequence[Edition]
    pages: Sequence[Guarded]
    roots: dict[str, Guarded]
    zone: ZoneInfo

    @property
    def edition(self) -> Edition:
        return self.standing.edition

    @property
    def root(self) -> Guarded:
        return self.pages[0]


def edition_called(code: str, number: int) -> Edition:
    edition = Edition.objects.filter(code=code, number=number).defer("content").first() if code else None
    if edition is None:
        raise Http404
    return edition


def opened(code: str, number: int, reader: Reader) -> Opened:
    subject = edition_called(code, number).subject
    depends(f"editions:{subject}")
    editions = editions_of(subject)
    standing = next(each for each in standings(editions, at=reader.at) if each.edition.number == number)
    roots = open_roots([standing.edition], reader)[standing.edition.pk]
    if reader.language not in roots:
        raise _elsewhere(standing.edition, roots)
    guarded = guarded_pages([standing.edition], language=reader.language, at=reader.at)
    pages = [each for each in guarded if reader.may(each)]
    return Opened(reader, standing, editions, pages=pages, roots=roots, zone=notices.zone_of(subject))


def _elsewhere(edition: Edition, roots: dict[str, Guarded]) -> Exception:
    language = next((code for code in LANGUAGES if code in roots), "")
    return Elsewhere(edition_address(edition, language=language)) if language else Http404()


def open_roots(editions: Sequence[Edition], reader: Reader) -> dict[int, dict[str, Guarded]]:
    """For each edition, by its id, the languages in which the reader may read it, with its first page there."""
    found: dict[int, dict[str, Guarded]] = {edition.pk: {} for edition in editions}
    for each in guarded_roots(editions, at=reader.at):
        if reader.may(each):
            found[each.page.edition_id][each.page.language] = each
    return found


def live_page(subject: UUID, reader: Reader) -> Page | None:
    """The manual as it is now, in the reader's language or, where there is none, in the first that there is."""
    pages = Page.objects.filter(translation_key=subject, alias_of=None).select_related("locale")
    found = {page.locale.language_code: page for page in visible_pages(pages, reader.viewer, reader.surface)}
    return next((found[code] for code in (reader.language, *LANGUAGES) if code in found), None)


@dataclass(frozen=True)
class Entry:
    """A line of the contents; `depth` is 1 right below the first page."""

    page: EditionPage
    title: str
    url: str
    depth: int
    is_current: bool


def entries(opened: Opened, *, url_of: Callable[[EditionPage], str], current: EditionPage) -> list[Entry]:
    """The contents of an edition, the first page itself left out; what stands on the pages is not looked at."""
    depths: dict[UUID, int] = {}
    for each in opened.pages:
        depths[each.page.key] = depths[each.page.parent] + 1 if each.page.parent else 0
    return [
        Entry(page, page.title, url_of(page), depth=depths[page.key], is_current=page.key == current.key)
        for page in (each.page for each in opened.pages)
        if page.parent
    ]
