"""Where in this very edition do these words stand?

Superseded editions are out of the search of the site; whoever asks inside one wants its own wording. The plain text
that was frozen with each page is looked through as the site's search reads it, in scripts with and without spaces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from portal.editions.addresses import page_address
from portal.editions.chain import content_of
from portal.editions.models import EditionPage
from portal.editions.opening import Opened
from portal.search import analysis, queries
from portal.search.passages import look, passage
from portal.search.queries import Question

#: Places that are shown; more would be read by nobody.
MOST_PLACES = 40
#: The kind of the block that repeats the title of a page.
TITLE = "title"


@dataclass(frozen=True)
class Place:
    """Where the words stand: a page, or a step or passage on it; `words` is how many different ones of them."""

    page: EditionPage
    url: str
    heading: str
    passage: SafeString
    words: int


def search(opened: Opened, text: str) -> dict[str, Any]:
    """What the page of answers shows: the best places, in reading order, for a question of any length."""
    question = queries.read(text)
    found = [] if question.is_empty else list(_places(opened, question))
    most = max((place.words for place in found), default=0)
    best = [place for place in found if place.words == most]
    return {"question": question, "places": best[:MOST_PLACES], "has_more": len(best) > MOST_PLACES, "words": most}


def _places(opened: Opened, question: Question) -> Iterator[Place]:
    """All places with any of the words, in reading order, of the pages that the reader may see."""
    rows = {each.page.key: each.page for each in opened.pages}
    for page in content_of(opened.edition)["pages"]:
        row = rows.get(UUID(page["key"]))
        version = page["versions"].get(opened.reader.language)
        if row is not None and version is not None:
            yield from _places_on(row, version["blocks"], url=page_address(opened.edition, row), question=question)


def _places_on(
    page: EditionPage, blocks: Sequence[Mapping[str, Any]], *, url: str, question: Question
) -> Iterator[Place]:
    for block in blocks:
        lines = [line for line in block["lines"] if line != block["heading"]]
        text = analysis.legible("\n".join(filter(None, [block["heading"], *lines])))
        if words := _words_in(text, question):
            address = f"{url}#{block['anchor']}" if block["anchor"] else url
            heading = "" if block["kind"] == TITLE else block["heading"]
            yield Place(page, address, heading=heading, passage=passage(text, question), words=words)


def _words_in(text: str, question: Question) -> int:
    """How many different words of the question stand in a text; 0 where nothing of it does."""
    looked = look(text, question)
    found = {term for start, end in looked.spans for token in analysis.tokens(text[start:end]) for term in token.terms}
    return max(len(found & question.words), 1 if looked.spans else 0)
