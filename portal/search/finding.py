"""What may this viewer find?

The index is asked with the viewer's audiences, so that what is hidden is neither found nor counted. Then the database
is asked once which of the hits are visible now: an index that is behind never tells what has been hidden since.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.base.audience import Surface, Viewer, admitted, viewer_of, visible_pages
from portal.base.languages import LANGUAGES, Language
from portal.search import documents, feeding, passages, queries
from portal.search.models import Change
from portal.search.queries import All, AnyOf, Query, Question, Word
from portal.search.whoosh_index import Hit, IndexIsUnusable, Reader

MOST_OF_A_KIND = 5
RESULTS_A_PAGE = 10


@dataclass(frozen=True)
class Sighting:
    """A hit that the viewer may see now."""

    hit: Hit
    page_class: type[Page]
    language: str


@dataclass(frozen=True)
class Kind:
    """A kind of page, and how many of it were found. `slug` is what addresses call it."""

    slug: str
    name: str
    count: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Result:
    """One result, ready to be shown by `template`."""

    page: Page
    title: SafeString
    passage: SafeString
    kind: str
    language: Language
    url: str
    template: str


@dataclass(frozen=True)
class Group:
    """The results of one kind that are shown."""

    kind: Kind
    results: Sequence[Result]

    @property
    def has_more(self) -> bool:
        return self.kind.count > len(self.results)


@dataclass(frozen=True)
class Findings:
    """The answer to a question.

    Each of `groups` holds the best results of a kind. When a kind was asked for, or only one was found, there is one
    group, and `leaf` is the page of it that is shown. `holds_all_words` is False when no text has all words of the
    question, and some words had to do. `is_ready` is False while the index is being built.
    """

    question: Question
    count: int = 0
    kinds: Sequence[Kind] = ()
    groups: Sequence[Group] = ()
    leaf: Leaf[Sighting] | None = None
    holds_all_words: bool = True
    is_ready: bool = True


def find(question: Question, *, request: HttpRequest, language: str, kind: str = "", number: int = 1) -> Findings:
    """Find what the viewer behind `request` may see; what is written in `language` comes first."""
    if not question.runs:
        return Findings(question)
    if Change.objects.exists():
        feeding.ask_for_drain()
    try:
        reader = feeding.index().reader()
        sightings, holds_all_words = _climb(question, reader, viewer_of(request))
        ranked = sorted(sightings, key=lambda seen: (seen.language != language, -seen.hit.score))
        arranged = _arranged(ranked, kind=kind, number=number)
        groups = _groups(arranged, question, reader, request)
    except IndexIsUnusable as unusable:
        feeding.ask_for_rebuild(str(unusable))
        return Findings(question, is_ready=False)
    return Findings(question, len(ranked), arranged.kinds, groups, arranged.leaf, holds_all_words)


def _climb(question: Question, reader: Reader, viewer: Viewer) -> tuple[list[Sighting], bool]:
    """What the first rung of the ladder finds that finds anything, and whether it was the first of all."""
    for rung in queries.LADDER:
        if sightings := _seen(reader, rung(question), viewer):
            return sightings, rung is queries.LADDER[0]
    return [], True


def _seen(reader: Reader, query: Query, viewer: Viewer) -> list[Sighting]:
    """The hits that the viewer may see, by what the index knows and by what the database knows now."""
    # In this order: making the queryset also notices audiences that another process added.
    allowed = visible_pages(Page.objects.all(), viewer, Surface.WEB)
    audiences = AnyOf(tuple(Word("labels", f"audience:{pk}") for pk in admitted(viewer, Surface.WEB)))
    hits = reader.find(query, among=All((Word("labels", documents.PART), audiences)))
    rows = allowed.filter(pk__in=[hit.pk for hit in hits]).values_list("pk", "content_type_id", "locale__language_code")
    seen = {str(pk): (ContentType.objects.get_for_id(kind).model_class(), language) for pk, kind, language in rows}
    known = ((hit, *seen[hit.pk]) for hit in hits if hit.pk in seen)
    return [Sighting(hit, page_class, language) for hit, page_class, language in known if page_class]


@dataclass(frozen=True)
class Arranged:
    kinds: Sequence[Kind]
    shown: Sequence[tuple[Kind, Sequence[Sighting]]]
    leaf: Leaf[Sighting] | None = None


def _arranged(ranked: Sequence[Sighting], *, kind: str, number: int) -> Arranged:
    """The best of each kind or, of one kind, a page full; kinds in the order of their best."""
    of_kinds: dict[type[Page], list[Sighting]] = {}
    for seen in ranked:
        of_kinds.setdefault(seen.page_class, []).append(seen)
    by_kind = [(_kind(page_class, len(sightings)), sightings) for page_class, sightings in of_kinds.items()]
    kinds = [one for one, _sightings in by_kind]
    chosen = [(one, sightings) for one, sightings in by_kind if one.slug == kind or len(by_kind) == 1]
    if not chosen:
        return Arranged(kinds, [(one, sightings[:MOST_OF_A_KIND]) for one, sightings in by_kind])
    leaf = Paginator(chosen[0][1], RESULTS_A_PAGE).get_page(number)
    return Arranged(kinds, [(chosen[0][0], list(leaf.object_list))], leaf)


def _kind(page_class: type[Page], count: int) -> Kind:
    return Kind(page_class._meta.model_name.removesuffix("page"), str(page_class.kind), count)


def _groups(arranged: Arranged, question: Question, reader: Reader, request: HttpRequest) -> list[Group]:
    """What is shown of each kind; one query for all pages."""
    keys = [int(seen.hit.pk) for _kind, sightings in arranged.shown for seen in sightings]
    pages = Page.objects.in_bulk(keys)
    groups: list[Group] = []
    for kind, sightings in arranged.shown:
        there = [(seen, pages[int(seen.hit.pk)]) for seen in sightings if int(seen.hit.pk) in pages]
        groups.append(Group(kind, [_result(seen, page, question, reader, request) for seen, page in there]))
    return groups


def _result(seen: Sighting, page: Page, question: Question, reader: Reader, request: HttpRequest) -> Result:
    shown = reader.shown(seen.hit)
    return Result(
        page=page,
        title=passages.marked(shown["title"], question),
        passage=passages.passage(shown["text"], question),
        kind=str(seen.page_class.kind),
        language=LANGUAGES[seen.language],
        url=page.get_url(request) or "",
        template=seen.page_class.result_template,
    )
