"""Does SEARCH_URL=database: do the same on PostgreSQL? The tests are those for any database, run on another one."""

import pytest
from django.db import connection
from django.test import Client

from lessons.manuals.models import SectionPage
from tests.portal.search import test_database_answers as of_visitors
from tests.portal.search.backend import test_wagtails_admin as of_the_admin
from tests.portal.search.backend.test_database import (  # noqa: F401
    _engine,
    lessons,
    test_it_can_be_built_anew,
    test_queries_can_be_combined,
    test_what_is_no_word_is_no_syntax_either,
    test_what_was_typed_so_far_finds_pages,
    test_words_are_found_in_every_language,
)
from tests.portal.search.backend.test_wagtails_admin import admin, found_by  # noqa: F401
from tests.portal.search.test_database_answers import (  # noqa: F401
    answers,
    test_all_words_come_before_any_word_and_the_own_language_comes_first,
    test_an_outsider_finds_nothing_of_staff_pages_and_drafts,
    test_the_database_finds_what_stands_inside_a_page,
    test_titles_and_summaries_are_found_in_every_language,
    test_what_only_staff_may_know_of_a_public_page_is_not_found_by_visitors,
)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="elsewhere the same tests run by their own name"),
]


@pytest.fixture
def engine(_engine: None) -> str:  # noqa: F811
    return of_visitors.DATABASE


@pytest.mark.parametrize("found_by", ["database"], indirect=True)
def test_the_admin_finds_thai_and_answers_whatever_is_typed(found_by: str, admin: Client) -> None:  # noqa: F811
    for place in of_the_admin.ADDRESSES:
        of_the_admin.test_what_is_asked_in_thai_is_found(found_by, admin, place)
        of_the_admin.test_whatever_is_typed_is_answered(found_by, admin, place)


def test_whatever_visitors_ask_is_answered(engine: str, section: SectionPage, answers: of_visitors.Answers) -> None:  # noqa: F811
    of_visitors.test_whatever_is_asked_is_answered(engine, section, answers)
