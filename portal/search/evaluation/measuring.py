"""How good is a list of what was found?

The measures are those of trec_eval, each looked at down to the tenth place: the reciprocal rank of the first relevant
document; nDCG with the grade itself as gain (Järvelin and Kekäläinen, 2002); the share of the relevant documents that
were found. A question without a relevant document counts only for how often nothing was found.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from portal.search.evaluation.folders import Collection

PLACES = 10
Grades = Mapping[str, int]


@dataclass(frozen=True)
class Figures:
    """Means over all judged questions; CPU time in milliseconds for one question, all questions counted."""

    mrr: float
    ndcg: float
    recall: float
    found_nothing: int
    found_nothing_share: float
    cpu_milliseconds: float


def reciprocal_rank(found: Sequence[str], grades: Grades) -> float:
    return next((1 / rank for rank, key in enumerate(found[:PLACES], 1) if key in grades), 0.0)


def ndcg(found: Sequence[str], grades: Grades) -> float:
    """Between 0 and 1: what was gained, of what the best order would have gained."""
    best = _gained(sorted(grades.values(), reverse=True)[:PLACES])
    return _gained([grades.get(key, 0) for key in found[:PLACES]]) / best


def _gained(grades: Sequence[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def recall(found: Sequence[str], grades: Grades) -> float:
    return len(grades.keys() & set(found[:PLACES])) / len(grades)


def measured(collection: Collection, find: Callable[[str], Sequence[str]]) -> Figures:
    """Ask all questions; `find` answers ids of documents, the best first."""
    begun_at = time.process_time()
    answers = {key: find(text) for key, text in collection.questions.items()}
    took = time.process_time() - begun_at
    judged = [(answers[key], collection.grades[key]) for key in answers if key in collection.grades]
    nothing = sum(not found for found in answers.values())
    return Figures(
        mrr=fmean(reciprocal_rank(found, grades) for found, grades in judged),
        ndcg=fmean(ndcg(found, grades) for found, grades in judged),
        recall=fmean(recall(found, grades) for found, grades in judged),
        found_nothing=nothing,
        found_nothing_share=nothing / len(answers),
        cpu_milliseconds=1000 * took / len(answers),
    )
