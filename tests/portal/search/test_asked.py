"""Can the address of a search be shared, and does nothing in it do harm?"""

from typing import Any

import pytest
from django.http import QueryDict

from portal.search import asked
from portal.search.asked import Asked

# Words are looked up in the glossary while they are read.
pytestmark = pytest.mark.django_db
WHOLE = "q=silk&kind=section&language=th&topic=a1-b2&audience=3&year=2026&within=12&sort=date&page=3"


def read(query: str) -> Asked:
    return asked.read(QueryDict(query))


def test_an_address_says_all_that_was_asked() -> None:
    found = read(WHOLE)
    assert (found.question.text, found.kind, found.language, found.topic) == ("silk", "section", "th", "a1-b2")
    assert (found.audience, found.year, found.within, found.sort, found.number) == ("3", "2026", 12, "date", 3)


def test_what_was_asked_is_written_back_as_the_same_address() -> None:
    assert read(WHOLE).address() == f"/en/search/?{WHOLE}"
    assert read(read(WHOLE).address().partition("?")[2]) == read(WHOLE)


def test_an_address_holds_nothing_that_says_nothing() -> None:
    assert read("q=silk&kind=&sort=relevance&page=1&within=&csrf=x").address() == "/en/search/?q=silk"
    assert read("").address() == "/en/search/"


def test_words_in_other_scripts_and_signs_come_back_as_they_were() -> None:
    for text in ("ผู้เสียหาย", '"temporary shelter" -children', "a&b=c#d", "100 %"):
        again = read(read("").put(text).address().partition("?")[2])
        assert again.question.text == text


@pytest.mark.parametrize(
    ("query", "field", "meant"),
    [
        ("kind=<script>", "kind", ""), ("kind=A", "kind", ""), (f"kind={'a' * 61}", "kind", ""),
        ("language=xx", "language", ""), ("language=TH", "language", ""), ("topic=a b", "topic", ""),
        ("year=26", "year", ""), ("year=20266", "year", ""), ("year=%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99", "year", ""),
        ("within=-1", "within", None), ("within=0", "within", None), ("within=1e3", "within", None),
        ("within=99999999999999999999", "within", None), ("within=%E0%B9%91", "within", None),
        ("sort=random", "sort", "relevance"), ("page=0", "number", 1), ("page=-2", "number", 1),
        ("page=999999999", "number", asked.MOST_PAGES), ("page=99999999999", "number", 1), ("page=%00", "number", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_left_out(query: str, field: str, meant: Any) -> None:
    assert getattr(read(query), field) == meant


def test_another_choice_begins_at_the_first_page_again() -> None:
    assert read(WHOLE).but(kind="").number == 1
    assert read(WHOLE).but(number=4).number == 4


def test_a_search_that_is_widened_keeps_its_words_and_its_order_only() -> None:
    found = read(WHOLE)
    assert found.is_narrowed
    assert found.widened().address() == "/en/search/?q=silk&sort=date"
    assert not found.widened().is_narrowed
