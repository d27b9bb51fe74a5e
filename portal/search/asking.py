"""Which parts answer a question best? The ladder, without anything that concerns people or pages.

The rungs are tried in turn until one finds something that may be found.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.search import queries
from portal.search.queries import Query, Question, Word
from portal.search.scoring import Flags, Matches
from portal.search.whoosh_index import MOST_HITS, Hit, Reader

#: More than any score; in 64 bits, so that small differences of scores survive beside it.
FAR_BEHIND = np.float64(1_000_000)


@dataclass(frozen=True)
class Climbed:
    """What the rung `name` found; `direct` is what the words of the question find without the glossary."""

    name: str
    found: Matches
    direct: Flags


def climb(question: Question, reader: Reader, *, allowed: Flags) -> Climbed | None:
    """The first rung that finds anything among what is allowed; None if none does. Raises IndexIsUnusable."""
    for name, query in queries.ladder(question):
        found = reader.matches(query).among(allowed)
        if found.any():
            return Climbed(name, found, _direct(name, question, reader, found))
    return None


def _direct(name: str, question: Question, reader: Reader, found: Matches) -> Flags:
    if not question.concepts:
        return found.held
    return reader.matches(queries.LADDER[name](question.without_concepts())).held


def ranked(reader: Reader, question: Question, *, among: Query, language: str = "", most: int = MOST_HITS) -> list[Hit]:
    """The best hits for a question; what has its words in `language` comes before what has not."""
    climbed = climb(question, reader, allowed=reader.matches(among).held)
    if climbed is None:
        return []
    numbers = in_order(climbed, reader, language=language)[:most].tolist()
    return [Hit(reader.pk(number), float(climbed.found.scores[number]), number) for number in numbers]


def in_order(climbed: Climbed, reader: Reader, *, language: str, flags: Flags | None = None) -> NDArray[np.intp]:
    """The numbers of what was found, best first: the reader's own language before others, then by score."""
    numbers = np.flatnonzero(climbed.found.held if flags is None else flags)
    own = reader.matches(Word("labels", f"language:{language}")).held
    is_near = own[numbers] & climbed.direct[numbers]
    # Numbers rise, and the sort is stable: equals stay in the order in which they were indexed.
    return numbers[np.argsort(-(climbed.found.scores[numbers] + FAR_BEHIND * is_near), kind="stable")]
