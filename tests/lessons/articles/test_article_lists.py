"""Does a list of many pages turn, whatever number is asked for?"""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.articles.models import ArticleIndexPage, ArticlePage
from portal.home.models import HomePage
from tests.factories import house


@pytest.fixture
def index(home: HomePage) -> ArticleIndexPage:
    """Two screenfuls and one more."""
    index = house.way_to(ArticleIndexPage, home=home)
    for number in range(2 * ArticleIndexPage.page_size + 1):
        house.page(ArticlePage, below=index, title=f"Lesson no. {number:02}")
    return index


def test_each_lesson_is_on_exactly_one_screen(index: ArticleIndexPage) -> None:
    screens = [Client().get(index.get_url(), {"page": number}).content.decode() for number in (1, 2, 3)]
    for number in range(25):
        assert sum(f"Lesson no. {number:02}" in screen for screen in screens) == 1


def test_without_a_number_it_is_the_first_screen(index: ArticleIndexPage) -> None:
    assert "Lesson no. 00" in Client().get(index.get_url()).content.decode()


@pytest.mark.parametrize(
    "wrong", ["0", "4", "9999", "99999999", "-1", "abc", "", "1.0", "1e1", "٣", "๒", "01", " 1", "1\x00", "9" * 5000]
)
def test_a_screen_that_is_not_there_answers_404(index: ArticleIndexPage, wrong: str) -> None:
    assert Client().get(index.get_url(), {"page": wrong}).status_code == 404


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.text(max_size=12))
def test_nothing_that_is_asked_for_breaks_the_list(index: ArticleIndexPage, number: str) -> None:
    assert Client().get(index.get_url(), {"page": number}).status_code in (200, 404)


def test_an_empty_list_says_so_and_has_a_first_screen_only(home: HomePage) -> None:
    empty = house.way_to(ArticleIndexPage, home=home)
    assert Client().get(empty.get_url()).status_code == 200
    assert Client().get(empty.get_url(), {"page": "2"}).status_code == 404
