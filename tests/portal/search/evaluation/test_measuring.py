"""Every figure here was worked out by hand."""

from math import log2

import pytest

from portal.search.evaluation.folders import Collection
from portal.search.evaluation.measuring import measured, ndcg, recall, reciprocal_rank

TEN_OTHERS = [f"other-{number}" for number in range(10)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a"], 1.0),
        (["x", "b", "a"], 1 / 2),
        (["x", "y", "z", "a"], 1 / 4),
        ([*TEN_OTHERS[:9], "a"], 1 / 10),
        ([*TEN_OTHERS, "a"], 0.0),
        ([], 0.0),
    ],
)
def test_the_reciprocal_rank_is_that_of_the_first_relevant_document(found: list[str], expected: float) -> None:
    assert reciprocal_rank(found, {"a": 1, "b": 1}) == expected


def test_the_best_order_gains_everything() -> None:
    assert ndcg(["best", "good", "x"], {"good": 1, "best": 3}) == 1.0


def test_a_better_document_below_a_worse_one_gains_less() -> None:
    gained, best = 1 / log2(2) + 3 / log2(3), 3 / log2(2) + 1 / log2(3)
    assert ndcg(["good", "best"], {"good": 1, "best": 3}) == pytest.approx(gained / best)
    assert gained / best == pytest.approx(0.7967, abs=0.0001)


def test_a_relevant_document_in_the_second_place_gains_by_its_logarithm() -> None:
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(0.6309, abs=0.0001)


def test_more_relevant_documents_than_places_can_still_gain_everything() -> None:
    assert ndcg(TEN_OTHERS, dict.fromkeys([*TEN_OTHERS, "eleventh"], 1)) == 1.0


def test_recall_is_the_share_of_the_relevant_documents_among_the_first_ten() -> None:
    assert recall(["a", "x", "b"], dict.fromkeys("abcd", 1)) == 0.5
    assert recall([*TEN_OTHERS, "a"], {"a": 1}) == 0.0


def test_figures_are_means_over_the_judged_questions_and_nothing_found_is_counted_over_all() -> None:
    questions = {"first": "1", "second": "2", "unjudged": "3", "unanswered": "4"}
    grades = {"first": {"a": 1}, "second": {"a": 1, "b": 2}, "unanswered": {"a": 1}}
    answers = {"1": ["a"], "2": ["x", "a"], "3": ["x"], "4": []}
    figures = measured(Collection("tiny", (), questions, grades), lambda text: answers[text])
    assert figures.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert figures.recall == pytest.approx((1 + 1 / 2 + 0) / 3)
    second = (1 / log2(3)) / (2 / log2(2) + 1 / log2(3))
    assert figures.ndcg == pytest.approx((1 + second + 0) / 3)
    assert (figures.found_nothing, figures.found_nothing_share) == (1, 0.25)
    assert figures.cpu_milliseconds >= 0
