"""What does a visitor find without the index: while it is built again, or where SEARCH_URL names another engine?

Another engine is asked for words only. Its entries also hold what is not public, so a page counts as found only if
what its reader may see holds the words, too. Where no engine answers, titles and summaries are compared, letter by
letter. Whoever asks, and whatever an engine says: only pages that the database calls visible now are answered.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from modelsearch.backends import get_search_backend
from modelsearch.query import PlainText
from wagtail.models import Page

from portal.base.audience import Surface, viewer_of, visible_pages
from portal.base.models import PortalPage
from portal.search import analysis, feeding
from portal.search.backend import plain
from portal.search.queries import Question

logger = logging.getLogger(__name__)

#: A queryset of pages with Wagtail's own methods, which have no types.
Pages = Any

#: An engine's hits are looked at in windows, because some of them may be hidden from who asks.
WINDOW = 100
MOST_HITS = 500
#: Of a larger site the newest pages are compared.
MOST_COMPARED = 5_000
#: Every form of an English word shares at least so many letters with its stem; it may differ in the last one.
LETTERS_OF_A_STEM = 3


@dataclass(frozen=True)
class Found:
    """A page that the viewer may see; `text` is legible plain text in which the answer may stand."""

    page_id: int
    title: str
    text: str


@dataclass(frozen=True)
class Compared:
    """A page whose words were compared with the question."""

    found: Found
    language: str
    count: int
    in_title: int


def answer(question: Question, *, request: HttpRequest, language: str, most: int = 50) -> list[Found]:
    """Pages that hold all telling words of the question or, if there are none, some; those in `language` first."""
    if not question.telling_words:
        return []
    readable = visible_pages(Page.objects.all(), viewer_of(request), Surface.WEB)
    by_engine = _by_engine(question, readable, most) if not feeding.has_index() else []
    compared = by_engine or list(_by_letters(question, readable))
    compared.sort(key=lambda one: one.language != language)
    return [one.found for one in compared[:most]]


# --- another engine --------------------------------------------------------------------------------------------------
def _by_engine(question: Question, readable: Pages, most: int) -> list[Compared]:
    """What the engine of SEARCH_URL finds, in its order."""
    for operator in ("and", "or"):
        found = list(islice(_checked(_hits(question, operator), question, readable, operator), most))
        if found:
            return found
    return []


def _hits(question: Question, operator: str) -> Iterator[Sequence[int]]:
    """The keys of pages that the engine finds, window by window; none where it does not answer."""
    query = PlainText(" ".join(_telling_pieces(question)), operator=operator)
    for start in range(0, MOST_HITS, WINDOW):
        try:
            # A savepoint: after an error PostgreSQL would refuse everything else in the same transaction.
            with transaction.atomic():
                found = get_search_backend().search(query, Page.objects.all())[start : start + WINDOW]
                keys = [page.pk for page in found]
        except Exception as error:
            # Each engine has errors of its own, and their sentences may hold the question.
            logger.warning("The search engine did not answer: %s", type(error).__name__)
            return
        yield keys
        if len(keys) < WINDOW:
            return


def _telling_pieces(question: Question) -> list[str]:
    """The words as they were typed: an engine stems them itself."""
    pieces = plain.pieces(question.text)
    telling = [piece for piece in pieces if not question.telling_words.isdisjoint(analysis.terms_of(piece))]
    return telling or pieces


def _checked(
    windows: Iterable[Sequence[int]], question: Question, readable: Pages, operator: str
) -> Iterator[Compared]:
    needed = len(question.telling_words) if operator == "and" else 1
    for keys in windows:
        pages = {page.pk: page for page in readable.filter(pk__in=keys).select_related("locale").specific()}
        for page in (pages[key] for key in keys if key in pages):
            text = _readable_text(page)
            compared = _compared(question, page.pk, page.title, text, page.locale.language_code)
            if compared and compared.count >= needed:
                yield compared


def _readable_text(page: Page) -> str:
    """What a reader of the page sees of it."""
    parts = page.findable_parts() if isinstance(page, PortalPage) else []
    return "\n".join(filter(None, (line for part in parts for line in (part.heading, part.text))))


# --- titles and summaries --------------------------------------------------------------------------------------------
def _by_letters(question: Question, readable: Pages) -> list[Compared]:
    """Pages whose titles and summaries hold all words of the question, else the most of them."""
    rows = islice(_titles_and_summaries(readable), MOST_COMPARED)
    found = [compared for row in rows if (compared := _compared(question, *row))]
    complete = [one for one in found if one.count == len(question.telling_words)]
    return sorted(complete or found, key=lambda one: (-one.count, -one.in_title))


def _titles_and_summaries(readable: Pages) -> Iterator[tuple[int, str, str, str]]:
    """As (key, title, summary, language), as many queries as there are kinds of pages."""
    for kind in readable.order_by().values_list("content_type", flat=True).distinct():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model and issubclass(model, PortalPage):
            rows = model._default_manager.filter(pk__in=readable.values("pk")).order_by("-pk")
            yield from rows.values_list("pk", "title", "summary", "locale__language_code")[:MOST_COMPARED]


def _compared(question: Question, pk: int, title: str, text: str, language: str) -> Compared | None:
    """How many words of the question a page holds; None for none, and for what was not wanted."""
    found = Found(pk, analysis.legible(title), analysis.legible(text))
    in_title, in_text = _letters(found.title), _letters(found.text)
    titled = [word for word in question.telling_words if _stem(word) in in_title]
    held = [word for word in question.telling_words if word in titled or _stem(word) in in_text]
    is_unwanted = any(all(_stem(word) in in_title + in_text for word in run.words) for run in question.unwanted)
    return Compared(found, language, len(held), len(titled)) if held and not is_unwanted else None


def _letters(text: str) -> str:
    """A text in which a question's words can be looked for, also those that were typed without their marks."""
    folded = analysis.folded(text)
    return (
        f"{folded}\n{analysis.bare(folded)}\n"
        if analysis.LATIN.search(folded) and not folded.isascii()
        else f"{folded}\n"
    )


def _stem(word: str) -> str:
    """What every form of a word begins with."""
    return word[: max(LETTERS_OF_A_STEM, len(word) - 1)] if word.isascii() and word.isalpha() else word
