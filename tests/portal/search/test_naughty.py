"""Does search survive a storm of addresses that nobody can mean, and does none of them come back as markup?"""

import re
from collections.abc import Callable
from time import process_time

import pytest
from django.test import Client

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from portal.search import passages, queries
from tests.factories import house
from tests.portal.search.naughty import FREQUENT, KINDS, storm

Index = Callable[[], int]

A_KIND = 28
#: What the page of results is made of, whatever was found; a string of the storm brings none of its own.
FORBIDDEN = re.compile(
    r"<(?:script>|b zq|i zq|img src=x|svg onload|style|iframe)|\son[a-z]+\s*=\s*[\"']?(?:alert|x\b)", re.IGNORECASE
)


@pytest.fixture
def frequent(home: HomePage, thai_home: HomePage) -> HomePage:
    """Pages that have what is asked most often, so that the storm finds something."""
    for language, words in FREQUENT.items():
        at = thai_home if language == "th" else home
        house.way_to(ArticlePage, home=at, title=words[:60], summary=words, happened=f"{words} " * 20)
    return home


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_of_the_storm_is_an_error_or_comes_back_as_markup(
    kind: str, frequent: HomePage, section: SectionPage, indexed: Index
) -> None:
    indexed()
    browser = Client(raise_request_exception=False)
    sent = [one for one in storm(A_KIND * len(KINDS)) if one.kind == kind]
    assert len(sent) == A_KIND
    for one in sent:
        for place in ("/en/search/", "/th/search/suggestions/"):
            response = browser.get(f"{place}?{one.query}", headers={"accept": "text/html"})
            assert response.status_code in {200, 400}, one.query[:200]
            assert not FORBIDDEN.search(_outside_attributes(response.content.decode())), one.query[:200]


def _outside_attributes(page: str) -> str:
    """The page without the values of its attributes and without its own scripts, which have an address or a nonce."""
    return re.sub(r'"[^"]*"', '""', page.split("<main", 1)[-1])


def test_the_storm_finds_something_and_nothing(frequent: HomePage, indexed: Index) -> None:
    indexed()
    answers = [Client().get(f"/en/search/?{one.query}") for one in storm(3 * len(KINDS))]
    counts = {answer.context["findings"].count > 0 for answer in answers if answer.status_code == 200}
    assert counts == {True, False}


# --- what would cost too much ------------------------------------------------------------------------------------
def test_a_text_in_which_every_word_was_asked_is_marked_in_linear_time() -> None:
    question = queries.read(FREQUENT["my"])

    def spent(times: int) -> float:
        text = f"{FREQUENT['my']} " * times
        begun_at = process_time()
        for _again in range(5):
            passages.passage(text, question)
        return process_time() - begun_at

    spent(1)
    assert spent(160) < 6 * spent(40)


def test_of_many_phrases_the_first_are_looked_for_and_of_the_others_the_words() -> None:
    question = queries.read(" ".join(f'"silk loom{number}"' for number in range(9)))
    assert [run.words for run in question.phrases] == [
        ("silk", f"loom{number}") for number in range(queries.MOST_PHRASES)
    ]
    assert "loom8" in question.words
    assert (
        len(queries.read("silk " + " ".join(f'-"a b{number}"' for number in range(9))).unwanted)
        == queries.MOST_UNWANTED
    )
