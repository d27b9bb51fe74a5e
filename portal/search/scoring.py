"""Which documents does a query find, and how well? Worked out with numpy over the postings that an engine gives.

The score of a word is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with Lucene's
inverse document frequency, which is never negative. Everything here counts documents by their number in one state of
the index; nothing knows Whoosh, people or pages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.search import queries
from portal.search.queries import (
    All,
    AnyOf,
    AtLeast,
    Everything,
    Fuzzy,
    Phrase,
    Prefix,
    Query,
    Scaled,
    Without,
    Word,
)

Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

#: The usual constants of BM25: how soon a word that is repeated counts no more, and how much long texts are held back.
K1, B = 0.9, 0.6
#: Of a beginning or of a misspelt word, so many words are looked for at most.
MOST_TERMS = 200
MOST_FUZZY_TERMS = 50
#: Documents of which we look at the places of words, best first: a phrase of common words stands in many.
MOST_PHRASES_LOOKED_AT = 2_000
#: A document has no place beyond 65,535, and none is so far before its beginning as to be another document's.
MORE_THAN_ALL_PLACES = 2 * 65_536


class Postings(NamedTuple):
    """In which documents a term stands, in rising order, and with what weight."""

    numbers: Numbers
    weights: Floats


class Shelf(Protocol):
    """What is asked of an engine."""

    size: int
    alive: Flags
    living: int
    """How many documents are alive."""

    def scored(self, field: str, term: str) -> Postings:
        """In which documents a term stands, and its `bm25` in each instead of its weight."""
        ...

    def places(self, field: str, term: str, numbers: Numbers) -> list[NDArray[np.uint16]]:
        """Where the term stands in each of the documents `numbers`, all of which hold it."""
        ...

    def terms(self, field: str, beginning: str) -> Sequence[str]: ...

    def damping(self, field: str) -> Floats | None:
        """`damping()` of all documents; None for fields whose words all count the same."""
        ...


@dataclass(frozen=True)
class Matches:
    """Which documents were found, and how well; `scores` means something only where `held` is set."""

    held: Flags
    scores: Floats

    def among(self, allowed: Flags) -> "Matches":
        return Matches(self.held & allowed, self.scores)

    def any(self) -> bool:
        return bool(self.held.any())

    def best_first(self, most: int | None = None) -> Numbers:
        """The numbers of what was found; equals in the order in which they were indexed."""
        numbers = np.flatnonzero(self.held).astype(np.int32)
        order = np.argsort(-self.scores[numbers], kind="stable")
        return numbers[order[:most]]


def damping(lengths: Floats, alive: Flags) -> Floats:
    """What BM25 divides by, for documents of these lengths (in words)."""
    mean = float(lengths[alive].mean()) if alive.any() else 0.0
    return np.asarray(K1 * (1 - B + B * lengths / (mean or 1.0)), np.float32)


def matches(query: Query, shelf: Shelf) -> Matches:
    """All living documents that a query finds."""
    found = _of(query, shelf)
    return Matches(found.held & shelf.alive, found.scores)


def flags(query: Query, shelf: Shelf) -> Flags:
    """The same without scores."""
    return matches(query, shelf).held


def _of(query: Query, shelf: Shelf) -> Matches:
    return BY_TYPE[type(query)](query, shelf)


def nothing(shelf: Shelf) -> Matches:
    return Matches(np.zeros(shelf.size, np.bool_), np.zeros(shelf.size, np.float32))


def _word(query: Word, shelf: Shelf) -> Matches:
    found = nothing(shelf)
    _add(found, query, shelf)
    return found


def _add(found: Matches, query: Word, shelf: Shelf) -> None:
    """Add one word to what was found; most of the time of a question is spent here."""
    numbers, scores = shelf.scored(query.field, query.term)
    if len(numbers):
        found.held[numbers] = True
        found.scores[numbers] += scores if query.weight == 1.0 else scores * np.float32(query.weight)


def bm25(postings: Postings, shelf: Shelf, field: str) -> Postings:
    """The same documents with the score of the term in each; 1 in fields whose words all count the same."""
    numbers, weights = postings
    damping = shelf.damping(field)
    if damping is None:
        return Postings(numbers, np.ones(len(numbers), np.float32))
    rarity = np.float32(np.log1p((shelf.living - len(numbers) + 0.5) / (len(numbers) + 0.5)))
    return Postings(numbers, rarity * weights * np.float32(K1 + 1) / (weights + damping[numbers]))


def _all(query: All, shelf: Shelf) -> Matches:
    if not query.parts:
        return nothing(shelf)
    words = [part for part in query.parts if isinstance(part, Word)]
    parts = [_of(part, shelf) for part in query.parts if not isinstance(part, Word)]
    if words:
        parts.append(_all_words(words, shelf))
    return Matches(
        reduce(np.logical_and, (part.held for part in parts)), reduce(np.add, (part.scores for part in parts))
    )


def _all_words(words: Sequence[Word], shelf: Shelf) -> Matches:
    """Documents with all of the words: only those of the rarest are looked at."""
    asked = [(shelf.scored(word.field, word.term), word.weight) for word in words]
    known = sorted(asked, key=lambda one: len(one[0].numbers))
    found = nothing(shelf)
    (numbers, scores), weight = known[0]
    scores = scores * np.float32(weight)
    for (others, more), weight in known[1:]:
        if not len(numbers):
            return found
        places = np.minimum(np.searchsorted(others, numbers), len(others) - 1)
        both = others[places] == numbers
        numbers, scores = numbers[both], scores[both] + more[places[both]] * np.float32(weight)
    found.held[numbers] = True
    found.scores[numbers] = scores
    return found


def _any_of(query: AnyOf, shelf: Shelf) -> Matches:
    found = nothing(shelf)
    for part in query.parts:
        if isinstance(part, Word):
            _add(found, part, shelf)
        else:
            more = _of(part, shelf)
            np.logical_or(found.held, more.held, out=found.held)
            np.add(found.scores, more.scores, out=found.scores, where=more.held)
    return found


def _at_least(query: AtLeast, shelf: Shelf) -> Matches:
    counts = np.zeros(shelf.size, np.int32)
    scores = np.zeros(shelf.size, np.float32)
    for part in query.parts:
        found = _of(part, shelf)
        counts += found.held
        np.add(scores, found.scores, out=scores, where=found.held)
    return Matches(counts >= max(1, query.count), scores)


def _without(query: Without, shelf: Shelf) -> Matches:
    return Matches(~_of(query.unwanted, shelf).held, np.zeros(shelf.size, np.float32))


def _everything(query: Everything, shelf: Shelf) -> Matches:
    return Matches(np.ones(shelf.size, np.bool_), np.zeros(shelf.size, np.float32))


def _scaled(query: Scaled, shelf: Shelf) -> Matches:
    found = _of(query.part, shelf)
    return Matches(found.held, found.scores * np.float32(query.weight))


def _phrase(query: Phrase, shelf: Shelf) -> Matches:
    """Documents in which the terms follow each other; they count as their words do."""
    loose = _all(All(tuple(Word(query.field, term) for term in query.terms)), shelf)
    if len(query.terms) < 2 or not loose.any():
        return loose
    numbers = np.sort(loose.best_first(MOST_PHRASES_LOOKED_AT))
    held = np.zeros(shelf.size, np.bool_)
    held[numbers[_where_in_order(query, shelf, numbers)]] = True
    return Matches(held, loose.scores)


def _where_in_order(query: Phrase, shelf: Shelf, numbers: Numbers) -> NDArray[np.int64]:
    """Which of the documents, counted in `numbers`, have a place of the first term from which each of the others is
    one further on? A place is one number for all documents together."""
    begun: NDArray[np.int64] | None = None
    for step, term in enumerate(query.terms):
        places = shelf.places(query.field, term, numbers)
        within = np.repeat(np.arange(len(numbers)), [len(of_document) for of_document in places])
        begins = within * MORE_THAN_ALL_PLACES + np.concatenate(places) - step
        begun = begins if begun is None else np.intersect1d(begun, begins)
        if not len(begun):
            break
    return np.unique(begun // MORE_THAN_ALL_PLACES) if begun is not None else np.empty(0, np.int64)


def _prefix(query: Prefix, shelf: Shelf) -> Matches:
    terms = shelf.terms(query.field, query.beginning)[:MOST_TERMS]
    return _any_of(AnyOf(tuple(Word(query.field, term) for term in terms)), shelf)


def _fuzzy(query: Fuzzy, shelf: Shelf) -> Matches:
    """Words that differ by one letter, or by two where the word is long; they must begin alike."""
    typos = 0 if len(query.term) < 3 else 1 if len(query.term) < 6 else 2
    known = shelf.terms(query.field, query.beginning)
    wanted = query.beginning + query.term.removeprefix(query.beginning)
    close = process.extract(wanted, known, scorer=OSA.distance, score_cutoff=typos, limit=MOST_FUZZY_TERMS)
    words = (Word(query.field, term, 1.0 / (1 + distance)) for term, distance, _place in close)
    return _any_of(AnyOf(tuple(words)), shelf)


BY_TYPE: dict[type, Callable[[Any, Shelf], Matches]] = {
    queries.Word: _word,
    queries.All: _all,
    queries.AnyOf: _any_of,
    queries.AtLeast: _at_least,
    queries.Without: _without,
    queries.Everything: _everything,
    queries.Scaled: _scaled,
    queries.Phrase: _phrase,
    queries.Prefix: _prefix,
    queries.Fuzzy: _fuzzy,
}
