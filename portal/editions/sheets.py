"""What stands on the pages that tell of editions: the history of a code, the cover of an edition, a section of it?

A sheet is made for one kind of reader and kept for all of that kind, so it holds nothing that is personal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base.audience import Viewer
from portal.base.chrome import LanguageLink, Link, home_address
from portal.base.languages import LANGUAGES, Language
from portal.base.page_cache import depends
from portal.editions import addresses
from portal.editions.change_notes import ChangeNote, notes_of
from portal.editions.fragments import fragment_of
from portal.editions.models import Capacity, Edition, EditionFile, EditionPage, Signature
from portal.editions.notices import day_of, hour_of, told_of, zone_of
from portal.editions.opening import Opened, entries, live_page, open_roots, opened
from portal.editions.paper.holding import CHECKLISTS, may_be_printed, title_of
from portal.editions.proposing import centre_of
from portal.editions.qr import square_in_page
from portal.editions.reading import Guarded, Reader, guarded_pages
from portal.editions.serving import pdfs_for
from portal.editions.standing import Standing, editions_of, standings
from portal.editions.states import State


@dataclass(frozen=True)
class Sheet:
    """A page that is no page of the tree, for one audience."""

    template: str
    audience_id: int
    context: dict[str, Any]

    def get_template(self, request: HttpRequest) -> str:
        return self.template

    def context_for(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        return self.context


# --- all editions of a code ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Listed:
    """An edition in the list of all: where it stands, what it is called, in the reader's language or another."""

    standing: Standing
    title: str
    url: str
    language: Language
    begins: str
    ends: str
    notes: Sequence[ChangeNote]
    compare_url: str

    @property
    def edition(self) -> Edition:
        return self.standing.edition


def history(code: str, reader: Reader) -> Sheet:
    subject = Edition.objects.filter(code=code).order_by("-number").values_list("subject", flat=True).first()
    if not code or subject is None:
        raise Http404
    depends(f"editions:{subject}")
    editions = editions_of(subject)
    roots = open_roots(editions, reader)
    listed = _listed(editions, roots, reader)
    if not listed:
        raise Http404
    newest = roots[listed[0].edition.pk]
    live = live_page(subject, reader)
    languages = {each: addresses.history_address(code, language=each) for each in LANGUAGES}
    context = {
        "code": code,
        "title": listed[0].title,
        "title_language": listed[0].language,
        "listed": listed,
        "live": live,
        "compare_url": reverse("edition_compare", args=[code]) if len(listed) > 1 else "",
        "languages": language_links(languages, reader),
        "breadcrumbs": [Link("", home_address(reader.language))],
    }
    return Sheet("portal_editions/history.html", newest[listed[0].language.code].audience_id, context)


def _listed(editions: Sequence[Edition], roots: dict[int, dict[str, Guarded]], reader: Reader) -> list[Listed]:
    readable = [edition for edition in editions if roots[edition.pk]]
    if not readable:
        return []
    guarded = guarded_pages(readable, language=reader.language, at=reader.at)
    notes = notes_of(readable, guarded, reader)
    zone = zone_of(readable[0].subject)
    found: list[Listed] = []
    for standing in standings(editions, at=reader.at):
        edition = standing.edition
        if open_in := roots[edition.pk]:
            language = next(code for code in (reader.language, *LANGUAGES) if code in open_in)
            tell = hour_of if standing.state is State.APPROVED else day_of
            found.append(
                Listed(
                    standing,
                    title=open_in[language].page.title,
                    url=addresses.edition_address(edition, language=language),
                    language=LANGUAGES[language],
                    begins=tell(edition.effective_from, zone=zone),
                    ends=day_of(standing.until, zone=zone) if standing.until else "",
                    notes=notes.get(edition.pk, ()),
                    compare_url=_compare_url(edition, readable),
                )
            )
    return found


def _compare_url(edition: Edition, readable: Sequence[Edition]) -> str:
    """The way to what an edition changed, if the one before it may be read too and has the same code."""
    numbers = {each.number for each in readable if each.code == edition.code}
    before = edition.number - 1
    return reverse("edition_comparison", args=[edition.code, before, edition.number]) if before in numbers else ""


# --- the cover of an edition -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Signed:
    capacity: str
    day: str


def cover(code: str, number: int, reader: Reader) -> Sheet:
    """Its state and signatures, its contents, and the text of its first page."""
    found = opened(code, number, reader)
    edition, root = found.edition, found.root.page
    before = [each for each in found.editions if each.number == number - 1]
    guarded = guarded_pages([edition, *before], language=reader.language, at=reader.at)
    urls = {lang: addresses.edition_address(edition, language=lang) for lang in found.roots}
    context = {
        **frame(found, page=root, urls=urls),
        "facts": facts(found),
        "signed": signed(found),
        "centre": centre_of(edition.subject),
        "notes": notes_of([edition, *before], guarded, reader).get(edition.pk, ()),
        "pdfs": papers(edition, reader),
        "compare_url": _compare_url(edition, [each for each in before if open_roots([each], reader)[each.pk]]),
        "short_address": addresses.short_address(edition),
        "square": square_in_page(addresses.short_address(edition)),
    }
    return Sheet("portal_editions/edition.html", found.root.audience_id, context)


def papers(edition: Edition, reader: Reader) -> list[tuple[EditionFile, str, str]]:
    """The papers of a whole edition that the reader may have, with title and address; in their language first."""
    rows = [row for row in pdfs_for(edition, reader) if row.page_key is None]
    rows.sort(key=lambda row: (row.language != reader.language, row.language, row.name == CHECKLISTS, row.name))
    return [(row, title_of(row), addresses.file_address(edition, row.sha256)) for row in rows]


def facts(opened: Opened) -> dict[str, str]:
    standing, zone = opened.standing, opened.zone
    tell = hour_of if standing.state is State.APPROVED else day_of
    return {
        "begins": tell(standing.edition.effective_from, zone=zone),
        "ends": day_of(standing.until, zone=zone) if standing.until else "",
        "issued": day_of(standing.edition.issued_at, zone=zone),
    }


def signed(opened: Opened) -> list[Signed]:
    """In which capacity somebody signed, and on which day. Who it was stands in a personal place, for staff."""
    signatures = Signature.objects.filter(proposal=opened.edition.proposal_id).order_by("signed_at")
    return [
        Signed(str(Capacity(each.capacity).label), day_of(each.signed_at, zone=opened.zone)) for each in signatures
    ]  # fmt: skip


# --- a section of an edition -----------------------------------------------------------------------------------
def section(code: str, number: int, slug: str, reader: Reader) -> Sheet:
    found = opened(code, number, reader)
    places = [place for place, each in enumerate(found.pages) if each.page.parent and each.page.slug == slug]
    if not places:
        raise Http404
    place = places[0]
    page = found.pages[place].page
    context = {
        **frame(found, page=page, urls=_urls_of(page, found)),
        "print_url": f"{addresses.page_address(found.edition, page)}section.pdf" if may_be_printed(page.limits) else "",
        "previous": _link(found, place - 1),
        "next": _link(found, place + 1) if place + 1 < len(found.pages) else None,
    }
    return Sheet("portal_editions/section.html", found.pages[place].audience_id, context)


def _link(opened: Opened, place: int) -> Link:
    page = opened.pages[place].page
    return Link(page.title, addresses.page_address(opened.edition, page))


def _urls_of(page: EditionPage, opened: Opened) -> dict[str, str]:
    """The addresses of the same section in the languages in which the reader may read it."""
    others = EditionPage.objects.filter(edition=opened.edition, key=page.key).exclude(language=page.language)
    if not others:
        return {page.language: addresses.page_address(opened.edition, page)}
    guarded = guarded_pages([opened.edition], at=opened.reader.at)
    return {
        each.page.language: addresses.page_address(opened.edition, each.page)
        for each in guarded
        if each.page.key == page.key and opened.reader.may(each)
    }


# --- around every page of an edition ---------------------------------------------------------------------------
def frame(opened: Opened, *, page: EditionPage, urls: dict[str, str]) -> dict[str, Any]:
    edition, reader = opened.edition, opened.reader

    def address_of(page: EditionPage) -> str:
        return addresses.page_address(edition, page)

    return {
        "edition": edition,
        "leaf": page,
        "root": opened.root.page,
        "standing": opened.standing,
        "told": told_of(opened.standing, zone=opened.zone),
        "ways_on": ways_on_from(opened.standing, reader),
        "fragment": fragment_of(edition, page),
        "entries": entries(opened, url_of=address_of, current=page),
        "cover_url": addresses.edition_address(edition, language=reader.language),
        "history_url": addresses.history_address(edition.code, language=reader.language),
        "languages": language_links(urls, reader),
        "breadcrumbs": breadcrumbs(opened, page=page),
    }


def breadcrumbs(opened: Opened, *, page: EditionPage) -> list[Link]:
    edition, language = opened.edition, opened.reader.language
    history = _("Editions of %(code)s") % {"code": edition.code}
    links = [
        Link("", home_address(language)),
        Link(history, addresses.history_address(edition.code, language=language)),
    ]
    if page.parent:
        title = _("Edition %(number)d") % {"number": edition.number}
        links.append(Link(title, addresses.edition_address(edition, language=language)))
    return links


def ways_on_from(standing: Standing, reader: Reader) -> list[Link]:
    """From an edition to what holds instead: the edition that superseded it, and the live manual."""
    links = []
    successor = standing.successor
    if successor is not None and (open_in := open_roots([successor], reader)[successor.pk]):
        language = reader.language if reader.language in open_in else next(iter(open_in))
        title = _("Edition %(number)d") % {"number": successor.number}
        links.append(Link(title, addresses.edition_address(successor, language=language)))
    if (live := live_page(standing.edition.subject, reader)) is not None:
        links.append(Link(_("The manual as it is now"), live.get_url() or ""))
    return links


def language_links(urls: dict[str, str], reader: Reader) -> list[LanguageLink]:
    """The same in the other languages; where it is not there, that language's home page, and says so."""
    return [
        LanguageLink(
            code=code,
            name=language.name,
            url=urls.get(code) or home_address(code),
            is_current=code == reader.language,
            is_translated=code in urls,
        )
        for code, language in LANGUAGES.items()
    ]
