"""What is proposed to somebody who mistyped, and never of words that are hidden?"""

from collections.abc import Callable
from typing import Any

import pytest

from lessons.articles.models import ArticlePage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search.spelling import MOST_PROPOSALS
from tests.factories import house
from tests.portal.search.conftest import Find

Index = Callable[[], int]


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


@pytest.mark.parametrize(
    ("language", "title", "typed", "meant"),
    [
        ("en", "The interpreter spoke", "interpretter", "interpreter"),
        ("en", "The interpreter spoke", "interperter", "interpreter"),
        ("en", "Victim protection", "protecton victim", "protection victim"),
        ("en", "Weaving silk", "Waeving", "weaving"),
        ("vi", "Nạn nhân mua bán người", "nạn nhâm", "nạn nhân"),
        ("vi", "Được hỗ trợ trở về", "hỗ trrợ", "hỗ trợ"),
        ("th", "การคัดแยกผู้เสียหาย", "ผู้เสียหาญ", "ผู้เสียหาย"),
        ("th", "การคัดแยกผู้เสียหายจากการค้ามนุษย์", "การค้ามนุสย์", "การค้ามนุษย์"),
        ("km", "ជនរងគ្រោះនៃអំពើជួញដូរមនុស្ស", "អំពើជួញដូរមនុស្យ", "អំពើជួញដូរមនុស្ស"),
        ("lo", "ການຄ້າມະນຸດໃນລາວ", "ການຄ້າມະນຸສ", "ການຄ້າມະນຸດ"),
    ],
)
def test_a_slip_is_put_right(
    home: HomePage, indexed: Index, find: Find, language: str, title: str, typed: str, meant: str
) -> None:
    article(home if language == "en" else house.home(language), title)
    indexed()
    assert meant in find(f"q={typed}", language=language).did_you_mean
    assert find(f"q={meant}", language=language).count == 1


@pytest.mark.parametrize("text", ["interpreter", "zzzzqqqq", "in", "1234567", "พนักงาน", "ก", "interpreter interpreter"])
def test_what_is_right_or_like_nothing_has_no_proposal(home: HomePage, indexed: Index, find: Find, text: str) -> None:
    article(home, "The interpreter, 1234568")
    indexed()
    assert find(f"q={text}").did_you_mean == ()


def test_the_nearest_and_most_frequent_comes_first_and_not_many(home: HomePage, indexed: Index, find: Find) -> None:
    for title in ("Weaver", "Weaver here", "Weaves", "Weaved", "Beaver", "Leaver"):
        article(home, title)
    indexed()
    proposals = find("q=weavert").did_you_mean
    assert proposals[0] == "weaver"
    assert len(proposals) <= MOST_PROPOSALS


def test_only_the_wrong_words_are_changed(home: HomePage, indexed: Index, find: Find) -> None:
    article(home, "Raw silk, a loom")
    indexed()
    assert find("q=Silk lomo").did_you_mean == ["Silk loom"]


def test_whoever_finds_enough_is_not_corrected(home: HomePage, indexed: Index, find: Find) -> None:
    for number in range(4):
        article(home, f"Silk and loom {number}")
    indexed()
    assert find("q=silk").did_you_mean == ()


@pytest.mark.parametrize(
    ("title", "typed"), [("Bobbinwinding", "bobbinwindin"), ("ผู้เสียหาย", "ผู้เสียหาญ"), ("Nạn nhân", "nạn nhâm")]
)
def test_no_word_that_is_hidden_is_proposed(home: HomePage, indexed: Index, find: Find, title: str, typed: str) -> None:
    article(home, title, sensitivity=Sensitivity.STAFF)
    indexed()
    assert find(f"q={typed}").did_you_mean == ()
    assert find(f"q={typed}", Role.LEARNER).did_you_mean == ()
    assert title.lower() in find(f"q={typed}", Role.AUTHOR).did_you_mean


def test_a_word_that_only_hidden_pages_hold_is_as_wrong_as_one_that_nobody_wrote(
    home: HomePage, indexed: Index, find: Find
) -> None:
    article(home, "Weaving")
    article(home, "Weavins", sensitivity=Sensitivity.STAFF)
    indexed()
    assert find("q=weavins").did_you_mean == ["weaving"]
