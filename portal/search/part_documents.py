"""What may visitors find of a page or of the glossary? A document for each part that can be found on its own.

The title of a page counts twice in its opening and once in each other part, so that somebody who asks for words of
both finds the place, and somebody who asks for the title alone finds the top of the page.
Nothing that is not classified public is in here: pages tell their parts (`portal.base.findable`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from portal.base.audience import PageAudience
from portal.base.findable import Part
from portal.base.models import PortalPage
from portal.glossary.findable import Entry
from portal.search import analysis
from portal.search.dictionary import Dictionary
from portal.search.document import Document

PART = "part"
#: What everybody may find: the glossary has no audience.
EVERYBODY = "audience:everybody"
GLOSSARY = "glossary"
#: Enough for the longest part; an answer is given from the index alone.
LONGEST_TEXT = 20_000
LONGEST_HEADING = 300
#: No phrase goes on from the title to the heading, or from the heading to the text.
GAP = 10
TITLE_COUNTS = 2


@dataclass(frozen=True)
class Surroundings:
    """What is looked up once for many pages."""

    audiences: Mapping[int, tuple[int, int]]
    """By page, its audience and how sensitive that is; of pages that visitors may find only."""
    languages: Mapping[int, str]
    ancestors: Mapping[str, int]
    """By path in the tree, the page that stands there."""
    dictionary: Dictionary


@dataclass
class Words:
    """The words of a document as they are counted, with their places."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    pairs: Counter[str] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    """The words of spaced scripts as they are written, without stems: another spelling is proposed from these."""
    _place: int = 0

    def add(self, text: str, *, count: int = 1) -> None:
        """The words of a legible text, each counted so often; what is added next does not follow upon it."""
        for token in analysis.tokens(text):
            for term in token.terms:
                self.counts[term] += count
                self.places[term].append(self._place)
            self._place += 1
            if token.terms[0].isalpha() and not analysis.UNSPACED_RUN.match(token.terms[0]):
                self.written.add(analysis.folded(text[token.start : token.end]))
        self._place += GAP
        self.pairs.update(analysis.pairs(text))
        self.pairs.update(analysis.neighbours(text))


def audiences_of(pages: Iterable[int]) -> dict[int, tuple[int, int]]:
    rows = PageAudience.objects.filter(page_id__in=list(pages))
    return {page: (audience, level) for page, audience, level in rows.values_list("page_id", "audience_id", LEVEL)}


LEVEL = "audience__sensitivity"


def of_page(page: PortalPage, owner: str, known: Surroundings) -> Iterator[Document]:
    """The documents of a live page, its opening first."""
    audience, sensitivity = known.audiences[page.pk]
    language = known.languages[page.locale_id]
    steps = range(page.steplen, len(page.path) + 1, page.steplen)
    above = [known.ancestors[page.path[:end]] for end in steps if page.path[:end] in known.ancestors]
    labels = {
        PART,
        f"audience:{audience}",
        f"sensitivity:{sensitivity}",
        f"type:{page._meta.label_lower}",
        f"page:{page.pk}",
        *(f"below:{pk}" for pk in above),
        *(f"topic:{key}" for key in page.findable_topics()),
        *(f"year:{year}" for year in [page.findable_year()] if year),
    }
    written_at = page.last_published_at or page.first_published_at
    for nth, part in enumerate(page.findable_parts()):
        if nth and not part.text.strip():
            # A heading over nothing but smaller headings.
            continue
        yield _document(
            part,
            title=page.title,
            owner=owner,
            pk=str(page.pk),
            labels=labels,
            kind=_kind(page, part),
            language=part.language or language,
            group=page.pk,
            day=localtime(written_at).toordinal() if written_at else 0,
            is_opening=nth == 0,
            dictionary=known.dictionary,
        )


def _kind(page: PortalPage, part: Part) -> str:
    """Steps are found as what their page is; films and leaflets are kinds of their own."""
    return part.kind if part.kind in OWN_KINDS else kind_of(type(page))


OWN_KINDS = ("transcript", "leaflet")


def kind_of(page_class: type) -> str:
    """What addresses call a kind of page."""
    return str(page_class.__name__.removesuffix("Page").lower())


def of_entry(entry: Entry, owner: str, dictionary: Dictionary) -> Document:
    """The document of a concept in one language."""
    return _document(
        Part(text=entry.text, anchor=entry.anchor),
        title=entry.title,
        owner=owner,
        pk=str(entry.pk),
        labels={PART, EVERYBODY, "sensitivity:0"},
        kind=GLOSSARY,
        language=entry.language,
        group=-entry.pk,
        dictionary=dictionary,
        url=entry.url,
    )


def of_passage(title: str, text: str, *, pk: str, language: str, dictionary: Dictionary) -> Document:
    """A text that is no page of ours, as visitors would find it: for judging how well is found."""
    return _document(
        Part(text=text),
        title=title,
        owner=f"passage:{pk}",
        pk=pk,
        labels={PART, EVERYBODY},
        kind="passage",
        language=language,
        dictionary=dictionary,
    )


def _document(
    part: Part,
    *,
    title: str,
    owner: str,
    pk: str,
    labels: Iterable[str],
    kind: str,
    language: str,
    dictionary: Dictionary,
    group: int = 0,
    day: int = 0,
    is_opening: bool = True,
    url: str = "",
) -> Document:
    title = analysis.legible(title)
    heading = _on_one_line(analysis.legible(part.heading))[:LONGEST_HEADING]
    text = _without_blanks(analysis.legible(part.text))[:LONGEST_TEXT]
    words = Words()
    words.add(title, count=TITLE_COUNTS if is_opening else 1)
    words.add(heading)
    words.add(text)
    named = dictionary.concepts_in("\n".join((title, heading, text)))
    return Document(
        owner=owner,
        pk=pk,
        labels=frozenset({*labels, f"kind:{kind}", f"language:{language}"}),
        terms={
            "all": words.counts,
            "title": analysis.words_counted(title if is_opening else heading),
            "pairs": words.pairs,
            "written": dict.fromkeys(words.written, 1.0),
            "concepts": {str(concept): 1.0 for concept in named},
            "typed": dict.fromkeys(analysis.beginnings(title if is_opening else heading), 1.0),
        },
        places={"all": words.places},
        shown={
            "title": title,
            "heading": heading,
            "text": text,
            "anchor": part.anchor,
            "url": url,
            "kind": kind,
            "part": part.kind,
            "language": language,
        },
        group=group,
        day=day,
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _without_blanks(text: str) -> str:
    return "\n".join(filter(None, map(_on_one_line, text.splitlines())))
