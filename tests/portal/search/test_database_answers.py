"""What do visitors find while there is no index, and where SEARCH_URL names another engine?"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from wagtail.search.index import SearchField
from wagtail.search.models import IndexEntry

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from portal.search import queries
from portal.search.database_answers import Found, answer
from tests.factories import house, people
from tests.portal.search.naughty import naughty

pytestmark = pytest.mark.usefixtures("unsigned")

Answers = Callable[..., list[Found]]

WHOOSH = "portal.search.backend"
DATABASE = "portal.search.backend.database"
#: Nobody listens there.
OPENSEARCH = {
    "BACKEND": "modelsearch.backends.opensearch3", "URLS": ["http://127.0.0.1:9"], "OPTIONS": {"max_retries": 0},
}  # fmt: skip


@pytest.fixture(params=[WHOOSH, DATABASE, OPENSEARCH["BACKEND"]])
def engine(request: Any, settings: Any) -> str:
    """The index is missing; or another engine serves, one of them out of reach."""
    chosen = OPENSEARCH if request.param == OPENSEARCH["BACKEND"] else {"BACKEND": request.param, "AUTO_UPDATE": True}
    whole = {"AUTO_UPDATE": False, **settings.MODELSEARCH_BACKENDS["default"], **chosen}
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = {"default": whole}
    name: str = request.param
    return name


@pytest.fixture
def answers() -> Answers:
    def ask(text: str, *roles: Role, language: str = "en", most: int = 50) -> list[Found]:
        asking = RequestFactory().get("/")
        asking.user = people.make_person(*roles) if roles else AnonymousUser()
        return answer(queries.read(text), request=asking, language=language, most=most)

    return ask


def titles(found: list[Found]) -> list[str]:
    return [one.title for one in found]


def test_titles_and_summaries_are_found_in_every_language(
    engine: str, section: SectionPage, thai_section: SectionPage, answers: Answers
) -> None:
    assert titles(answers("victims identified")) == ["Victim identification"]
    assert titles(answers("ผู้เสียหาย", language="th")) == ["การคัดแยกผู้เสียหาย"]
    assert titles(answers("การค้ามนุษย์", language="th")) == ["การคัดแยกผู้เสียหาย"]
    assert titles(answers("cotton")) == []
    [found] = answers("TRAFFICKED")
    assert found.page_id == section.pk
    assert "Who decides whether somebody was trafficked" in found.text


def test_all_words_come_before_any_word_and_the_own_language_comes_first(
    engine: str, home: HomePage, thai_home: HomePage, answers: Answers
) -> None:
    for title in ("Silk sewing", "Silk weaving"):
        house.way_to(ArticlePage, home=home, title=title)
    house.way_to(ArticlePage, home=thai_home, title="ผ้าไหม silk weaving")
    assert titles(answers("silk weaving")) == ["Silk weaving", "ผ้าไหม silk weaving"]
    assert titles(answers("silk weaving", language="th")) == ["ผ้าไหม silk weaving", "Silk weaving"]
    assert titles(answers("cotton weaving", most=1)) == ["Silk weaving"]
    assert set(titles(answers("cotton silk"))) == {"Silk sewing", "Silk weaving", "ผ้าไหม silk weaving"}
    assert titles(answers("silk -weaving")) == ["Silk sewing"]


def test_marks_of_vietnamese_need_not_be_typed(engine: str, home: HomePage, answers: Answers) -> None:
    house.way_to(ArticlePage, home=home, title="Nạn nhân của nạn mua bán người")
    assert len(answers("nan nhan")) == len(answers("nạn nhân")) == 1


def test_an_outsider_finds_nothing_of_staff_pages_and_drafts(engine: str, home: HomePage, answers: Answers) -> None:
    house.way_to(ArticlePage, home=home, title="Sewing for staff", sensitivity=Sensitivity.STAFF)
    house.way_to(ArticlePage, home=home, title="Sewing in a draft", live=False)
    assert titles(answers("sewing")) == []
    assert titles(answers("sewing", Role.LEARNER)) == []
    assert titles(answers("sewing", Role.AUTHOR)) == ["Sewing for staff"]


def test_what_becomes_hidden_is_hidden_at_once(engine: str, section: SectionPage, answers: Answers) -> None:
    section.sensitivity = Sensitivity.STAFF
    section.save()
    assert titles(answers("identification")) == []


def test_hidden_pages_leave_room_for_what_may_be_seen(
    engine: str, home: HomePage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.search.database_answers.WINDOW", 2)
    for _number in range(5):
        house.page(PlainPage, below=home, title="Silk", sensitivity=Sensitivity.STAFF)
    house.page(PlainPage, below=home, title="Silk, sewing and a rather long title after that")
    assert len(answers("silk")) == 1


@pytest.mark.parametrize("engine", [DATABASE], indirect=True)
def test_the_database_finds_what_stands_inside_a_page(
    engine: str, section: SectionPage, home: HomePage, answers: Answers
) -> None:
    article = house.way_to(ArticlePage, home=home, title="Silk", happened="Thread broke at the loom.")
    [found] = answers("threads breaking broke")
    assert (found.page_id, "Thread broke at the loom." in found.text) == (article.pk, True)


@pytest.mark.parametrize("engine", [DATABASE], indirect=True)
def test_what_only_staff_may_know_of_a_public_page_is_not_found_by_visitors(
    engine: str, home: HomePage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticlePage, "search_fields", [*ArticlePage.search_fields, SearchField("seo_title")])
    house.way_to(ArticlePage, home=home, title="Silk", seo_title="Thread broke at the loom.")
    assert ArticlePage.objects.search("thread").count() == 1
    assert answers("thread") == []


@pytest.mark.parametrize("engine", [DATABASE], indirect=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite keeps words in a table of its own")
def test_titles_are_found_although_the_table_of_words_is_missing(
    engine: str, section: SectionPage, answers: Answers
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {IndexEntry._meta.db_table}_fts")
    assert titles(answers("somebody was trafficked")) == ["Victim identification"]


@pytest.mark.parametrize("engine", [WHOOSH, DATABASE], indirect=True)
def test_whatever_is_asked_is_answered(engine: str, section: SectionPage, answers: Answers) -> None:
    answers("identification")
    for text in naughty():
        before = time.process_time()
        answers(text)
        assert time.process_time() - before < 1, ascii(text)


def test_nothing_that_was_asked_is_logged(
    engine: str, section: SectionPage, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    answers("verysecretword")
    assert "verysecretword" not in caplog.text
