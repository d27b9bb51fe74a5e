"""Does SEARCH_URL=database: find words of our languages, and never stand in an editor's way?"""

from typing import Any

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from lessons.articles.models import ArticlePage
from portal.home.models import HomePage
from tests.factories import house

ENGINE = {"default": {"BACKEND": "portal.search.backend.database", "AUTO_UPDATE": True}}
NAUGHTY = [
    '"',
    '"silk',
    "silk\0",
    "silk OR",
    "NEAR(",
    "silk*",
    "-silk",
    "^silk",
    "title:silk",
    "'; DROP",
    "\\",
    "%",
    "()",
]


@pytest.fixture(autouse=True)
def _engine(settings: Any) -> None:
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = ENGINE


@pytest.fixture
def lessons(home: HomePage) -> list[ArticlePage]:
    titles = ["Silk sewing", "Silk weaving", "การคัดแยกผู้เสียหาย", "Nạn nhân của nạn mua bán người"]
    return [house.way_to(ArticlePage, home=home, title=title) for title in titles]


def titles(found: Any) -> list[str]:
    return sorted(one.title for one in found)


def damage() -> None:
    """Scribble over the words that SQLite keeps."""
    table = IndexEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table}_fts_data SET block = x'00'")  # noqa: S608 - the name of a table


only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite keeps words in a table of its own")


def test_words_are_found_in_every_language(lessons: list[ArticlePage]) -> None:
    assert titles(Page.objects.search("silk weaves")) == ["Silk weaving"]
    assert titles(Page.objects.search("silk weaving", operator="or")) == ["Silk sewing", "Silk weaving"]
    assert titles(Page.objects.search("ผู้เสียหาย")) == ["การคัดแยกผู้เสียหาย"]
    assert titles(Page.objects.search("nan nhan")) == ["Nạn nhân của nạn mua bán người"]
    assert titles(Page.objects.search("cotton")) == []


def test_what_was_typed_so_far_finds_pages(lessons: list[ArticlePage]) -> None:
    assert titles(Page.objects.autocomplete("sil")) == ["Silk sewing", "Silk weaving"]
    for typed in ("คัดแ", "คัดแยกผู้", "คัดแยก ผู้เสีย"):
        assert titles(Page.objects.autocomplete(typed)) == ["การคัดแยกผู้เสียหาย"]


def test_queries_can_be_combined(lessons: list[ArticlePage]) -> None:
    silk, sewing, nothing = PlainText("silk"), PlainText("sewing"), PlainText('"')
    search = ArticlePage.objects.search
    assert titles(search(And([silk, Not(sewing)]))) == ["Silk weaving"]
    assert titles(search(Or([Boost(sewing, 3), nothing]))) == ["Silk sewing"]
    assert titles(search(And([silk, nothing]))) == titles(search(Not(MATCH_ALL))) == []
    assert len(search(Or([silk, MATCH_ALL]))) == len(search(Not(nothing))) == len(search(MATCH_ALL)) == 4
    assert titles(search(And([silk, MATCH_ALL]))) == titles(search(Fuzzy("silk"))) == ["Silk sewing", "Silk weaving"]
    assert titles(search(Phrase("silk weaving"))) == ["Silk weaving"]


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_what_is_no_word_is_no_syntax_either(lessons: list[ArticlePage], text: str) -> None:
    with_silk = ["Silk sewing", "Silk weaving"] if "silk" in text and text not in ("silk OR", "title:silk") else []
    assert titles(Page.objects.search(text)) == with_silk
    Page.objects.autocomplete(text).count()


@only_sqlite
def test_a_page_is_published_although_the_table_is_damaged_and_the_table_is_mended(lessons: list[ArticlePage]) -> None:
    damage()
    lesson = lessons[0]
    lesson.title = "Cotton sewing"
    lesson.save_revision().publish()
    assert titles(Page.objects.search("cotton")) == ["Cotton sewing"]
    assert titles(Page.objects.search("ผู้เสียหาย")) == ["การคัดแยกผู้เสียหาย"]


@only_sqlite
def test_a_page_is_deleted_although_the_table_is_damaged(lessons: list[ArticlePage]) -> None:
    damage()
    lessons[0].delete()
    assert titles(Page.objects.search("silk")) == ["Silk weaving"]


@only_sqlite
def test_while_the_table_is_missing_letters_are_compared(lessons: list[ArticlePage]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {IndexEntry._meta.db_table}_fts")
    found = Page.objects.search("silk").annotate_score("score")
    assert (titles(found), found.count()) == (["Silk sewing", "Silk weaving"], 2)
    assert [page.score for page in found] == [0.0, 0.0]
    lessons[0].save_revision().publish()
    assert titles(Page.objects.search("sewing")) == ["Silk sewing"]


def test_it_can_be_built_anew(lessons: list[ArticlePage]) -> None:
    backend = get_search_backend()
    backend.reset_indexes()
    assert titles(Page.objects.search("silk")) == []
    backend.add_bulk(ArticlePage, lessons)
    assert titles(Page.objects.search("silk")) == ["Silk sewing", "Silk weaving"]
