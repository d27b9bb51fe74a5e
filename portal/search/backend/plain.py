"""What is left of a question when only its words count?

Editors type anything into the admin's search: quotation marks, control characters, a whole page. Our index and the
database are asked for words only, and for so many of them at most.
"""

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from portal.search import analysis

LONGEST = 400
MOST_WORDS = 32

Words = Callable[[str], Sequence[str]]


def legible(text: str) -> str:
    return analysis.legible(text[:LONGEST])


def words(text: str) -> list[str]:
    """The words of a question as they stand in the index."""
    return [token.terms[0] for token in analysis.tokens(legible(text))][:MOST_WORDS]


def pieces(text: str) -> list[str]:
    """The words of a question as they were typed, for a database that only compares letters."""
    clean = legible(text)
    return [clean[token.start : token.end] for token in analysis.tokens(clean)][:MOST_WORDS]


def typed(text: str) -> list[str]:
    """What was typed so far of each word; words without gaps between them are one."""
    return ["".join(run)[: analysis.LONGEST_GRAM] for run in analysis.runs(legible(text))][:MOST_WORDS]


@singledispatch
def simplified(query: Any, words_of: Words) -> Any:
    """The same query of plain words, for engines that know no more; nothing and everything stand only alone."""
    raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend")


@simplified.register(PlainText)
@simplified.register(Fuzzy)
def _words(query: PlainText | Fuzzy, words_of: Words) -> Any:
    found = words_of(query.query_string)
    return PlainText(" ".join(found), operator=query.operator) if found else MATCH_NONE


@simplified.register
def _phrase(query: Phrase, words_of: Words) -> Any:
    found = words_of(query.query_string)
    return Phrase(" ".join(found)) if found else MATCH_NONE


@simplified.register
def _boost(query: Boost, words_of: Words) -> Any:
    return simplified(query.subquery, words_of)


@simplified.register
def _match_all(query: MatchAll, words_of: Words) -> Any:
    return MATCH_ALL


@simplified.register
def _not(query: Not, words_of: Words) -> Any:
    return _opposite(simplified(query.subquery, words_of))


def _opposite(query: Any) -> Any:
    return query.subquery if isinstance(query, Not) else Not(query)


@simplified.register
def _and(query: And, words_of: Words) -> Any:
    parts = [simplified(part, words_of) for part in query.subqueries]
    if any(_is_nothing(part) for part in parts):
        return MATCH_NONE
    return _joined(And, [part for part in parts if not isinstance(part, MatchAll)], alone=MATCH_ALL)


@simplified.register
def _or(query: Or, words_of: Words) -> Any:
    parts = [simplified(part, words_of) for part in query.subqueries]
    if any(isinstance(part, MatchAll) for part in parts):
        return MATCH_ALL
    return _joined(Or, [part for part in parts if not _is_nothing(part)], alone=MATCH_NONE)


def _is_nothing(query: Any) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)


def _joined(kind: type[And] | type[Or], parts: list[Any], *, alone: Any) -> Any:
    return alone if not parts else parts[0] if len(parts) == 1 else kind(parts)
