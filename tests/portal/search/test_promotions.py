"""What do editors put first, for which words, and who is shown it?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.articles.models import ArticlePage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import promotions, queries
from portal.search.models import Promotion, UnfoundWords
from tests.conftest import SignedIn
from tests.factories import house
from tests.portal.search.conftest import Answer, Search

Index = Callable[[], int]
pytestmark = pytest.mark.django_db


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


def promote(page: ArticlePage, words: str, **fields: Any) -> Promotion:
    return Promotion.objects.create(page=page, words=words, **fields)


def promoted(answer: Answer) -> list[str]:
    return [result.page.title for result in answer.context["findings"].promoted]


@pytest.fixture
def chosen(home: HomePage) -> ArticlePage:
    return article(home, "How we listen", summary="What a first talk is for.")


# --- which words ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "question", "fits"),
    [
        ("interview", "Interviews", True),
        ("interview", "“interview”!", True),
        ("interview", "interview with a child", False),
        ("first talk", "first talks", True),
        ("first talk", "talk first", False),
        ("silk\ninterview", "interview", True),
        ("การสัมภาษณ์", "การสัมภาษณ์", True),
        ("การสัมภาษณ์", "การ สัมภาษณ์", True),
        ("การสัมภาษณ์", "สัมภาษณ์", False),
        ("nạn nhân", "nan nhan", True),
        ("nạn nhân", "Nạn Nhân", True),
        ("มาตรา 33", "มาตรา ๓๓", True),
        ("interview", "interview -child", False),
    ],
)
def test_the_whole_question_must_equal_the_words(
    words: str, question: str, fits: bool, chosen: ArticlePage, indexed: Index, search: Search
) -> None:
    promote(chosen, words)
    indexed()
    assert promoted(search(question)) == ["How we listen"] * fits


@pytest.mark.parametrize(
    ("words", "question", "fits"),
    [
        ("interview", "an interview with a child", True),
        ("view", "an interview with a child", False),
        ("สัมภาษณ์", "การสัมภาษณ์เด็ก", True),
        ("เสี", "ผู้เสียหาย", False),
        ("silk", "ไหม silk", True),
        ("silk weaving", "weaving silk", False),
        ("nạn nhân", "ho tro nan nhan", True),
    ],
)
def test_inside_longer_questions_whole_words_stand_one_after_the_other(
    words: str, question: str, fits: bool, chosen: ArticlePage, indexed: Index, search: Search
) -> None:
    promote(chosen, words, is_for_longer=True)
    indexed()
    assert promoted(search(question)) == ["How we listen"] * fits


# --- the outsider -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hidden", [{"sensitivity": Sensitivity.STAFF}, {"live": False}], ids=["staff", "draft"])
def test_a_visitor_never_learns_of_a_hidden_page_that_is_promoted(
    hidden: dict[str, Any], home: HomePage, indexed: Index, search: Search
) -> None:
    promote(article(home, "For staff alone", **hidden), "listening")
    indexed()
    answer = search("listening")
    assert (promoted(answer), answer.count) == ([], 0)
    assert "For staff alone" not in answer.html
    assert "Chosen by the editors" not in answer.html


def test_staff_are_shown_what_is_promoted_for_staff(
    home: HomePage, indexed: Index, search: Search, signed_in: SignedIn
) -> None:
    promote(article(home, "For staff alone", sensitivity=Sensitivity.STAFF), "listening")
    indexed()
    assert promoted(search("listening", browser=signed_in(Role.AUTHOR))) == ["For staff alone"]
    assert promoted(search("listening", browser=signed_in(Role.LEARNER))) == []


def test_hidden_pages_take_no_place_of_those_that_are_shown(home: HomePage, indexed: Index, search: Search) -> None:
    for number in range(4):
        promote(article(home, f"Hidden {number}", sensitivity=Sensitivity.STAFF), "listening")
    for number in range(4):
        promote(article(home, f"Shown {number}"), "listening")
    indexed()
    assert promoted(search("listening")) == ["Shown 0", "Shown 1", "Shown 2"]


# --- translations -----------------------------------------------------------------------------------------------
def test_a_reader_gets_the_translation_in_their_language(
    chosen: ArticlePage, thai_home: HomePage, indexed: Index, search: Search
) -> None:
    article(thai_home, "เรารับฟังอย่างไร", translation_key=chosen.translation_key)
    promote(chosen, "talk")
    indexed()
    assert promoted(search("talk", language="th")) == ["เรารับฟังอย่างไร"]
    assert promoted(search("talk", language="en")) == promoted(search("talk", language="lo")) == ["How we listen"]


def test_a_translation_that_is_hidden_is_no_translation(
    chosen: ArticlePage, thai_home: HomePage, indexed: Index, search: Search
) -> None:
    article(thai_home, "เรารับฟังอย่างไร", translation_key=chosen.translation_key, live=False)
    promote(chosen, "talk")
    indexed()
    assert promoted(search("talk", language="th")) == ["How we listen"]


def test_two_promotions_of_one_page_show_it_once(
    chosen: ArticlePage, thai_home: HomePage, indexed: Index, search: Search
) -> None:
    translation = article(thai_home, "เรารับฟังอย่างไร", translation_key=chosen.translation_key)
    promote(chosen, "talk")
    promote(translation, "talk")
    indexed()
    assert promoted(search("talk", language="th")) == ["เรารับฟังอย่างไร"]


# --- what is shown ----------------------------------------------------------------------------------------------
def test_what_is_promoted_does_not_stand_there_twice(
    home: HomePage, chosen: ArticlePage, indexed: Index, search: Search
) -> None:
    article(home, "Listen to the river")
    promote(chosen, "listen")
    indexed()
    answer = search("listen")
    assert (promoted(answer), answer.titles, answer.count) == (["How we listen"], ["Listen to the river"], 2)
    (result,) = answer.context["findings"].promoted
    assert (result.is_promoted, result.url, result.passage) == (True, chosen.url, "What a first talk is for.")
    assert answer.html.count(f'href="{chosen.url}"') == 1


def test_what_is_promoted_is_shown_where_nothing_else_is_found(
    chosen: ArticlePage, indexed: Index, search: Search
) -> None:
    promote(chosen, "anhören")
    indexed()
    answer = search("anhören")
    assert (promoted(answer), answer.count) == (["How we listen"], 1)
    assert "Nothing was found" not in answer.html
    assert not UnfoundWords.objects.exists()


def test_nothing_is_promoted_in_a_narrowed_search_or_on_later_pages(
    home: HomePage, chosen: ArticlePage, indexed: Index, search: Search
) -> None:
    for number in range(12):
        article(home, f"Silk {number}")
    promote(chosen, "silk")
    indexed()
    assert promoted(search("silk")) == ["How we listen"]
    assert promoted(search("silk", kind="article")) == promoted(search("silk", page=2)) == []


def test_it_is_shown_until_its_last_day(chosen: ArticlePage, indexed: Index, search: Search) -> None:
    today = timezone.localdate()
    promotion = promote(chosen, "talk", until=today)
    indexed()
    assert promoted(search("talk")) == ["How we listen"]
    promotion.until = today - timedelta(days=1)
    promotion.save()
    assert promoted(search("talk")) == []


def test_without_the_index_editors_are_still_heard(
    chosen: ArticlePage, indexed: Index, search: Search, settings: Any
) -> None:
    promote(chosen, "anhören")
    assert promoted(search("anhören")) == ["How we listen"]


# --- what it costs ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_questions_without_a_promotion_cost_no_query(chosen: ArticlePage, client: Client, rf: Any) -> None:
    request = rf.get("/")
    promote(chosen, "talk")

    def cost(text: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            promotions.promoted_for(queries.read(text), request=request, language="en")
        return len(asked)

    cost("talk")
    assert cost("silk") == 0
    assert 0 < cost("talk") <= 5
    Promotion.objects.all().delete()
    cost("talk")
    assert cost("talk") == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once(chosen: ArticlePage, rf: Any) -> None:
    def shown() -> int:
        return len(promotions.promoted_for(queries.read("talk"), request=rf.get("/"), language="en"))

    assert shown() == 0
    promotion = promote(chosen, "talk")
    assert shown() == 1
    promotion.words = "silk"
    promotion.save()
    assert shown() == 0
    promotion.words = "talk"
    promotion.save()
    chosen.delete()
    assert (shown(), Promotion.objects.count()) == (0, 0)
