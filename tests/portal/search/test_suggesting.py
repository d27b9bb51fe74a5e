"""What is somebody told who has typed a few letters?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.articles.models import ArticlePage
from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import queries, suggesting
from portal.search.suggesting import MOST_SUGGESTIONS, Suggestion, suggest
from tests.factories import house
from tests.factories.glossary import make_concept
from tests.portal.search.conftest import Asking
from tests.portal.search.indexes import remove_index

Index = Callable[[], int]
Suggest = Callable[..., list[Suggestion]]


@pytest.fixture
def suggested(asking: Asking) -> Suggest:
    def answer(text: str, *roles: Role, language: str = "en", within: int | None = None) -> list[Suggestion]:
        return suggest(text, request=asking(*roles), language=language, within=within)

    return answer


def texts(found: list[Suggestion]) -> list[str]:
    return [one.text for one in found]


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


@pytest.mark.parametrize(
    ("language", "title", "typed"),
    [
        ("en", "Victim identification", ["v", "vic", "VICTIM", "victim id", "ident", "identification vic"]),
        ("th", "การคัดแยกผู้เสียหาย", ["ก", "การคั", "คัดแยก", "ผู้เสีย", "แยกผู้", "แย"]),
        ("lo", "ຜູ້ຖືກເຄາະຮ້າຍ", ["ຜູ້ຖ", "ເຄາະ"]),
        ("km", "ជនរងគ្រោះ", ["ជន", "ជនរងគ"]),
        ("my", "လူကုန်ကူးမှု", ["လူ", "လူကုန်"]),
        ("vi", "Nạn nhân mua bán người", ["nạn", "nan", "nan nh", "ngươ", "nguoi", "người mua"]),
    ],
)
def test_a_title_is_suggested_from_its_first_letters_on(
    home: HomePage, indexed: Index, suggested: Suggest, language: str, title: str, typed: list[str]
) -> None:
    article(home if language == "en" else house.home(language), title)
    article(home, "Nothing of the kind")
    indexed()
    for beginning in typed:
        assert texts(suggested(beginning, language=language)) == [title], beginning


@pytest.mark.parametrize("text", ["", " ", "-", "😀", "\x00", "zzz", "ictim", "victim zzz"])
def test_what_begins_nothing_suggests_nothing(
    section: SectionPage, indexed: Index, suggested: Suggest, text: str
) -> None:
    indexed()
    assert suggested(text) == []


def test_the_readers_language_comes_first(
    home: HomePage, thai_home: HomePage, indexed: Index, suggested: Suggest
) -> None:
    article(home, "Silk")
    article(thai_home, "Silk ผ้าไหม")
    indexed()
    assert texts(suggested("sil")) == ["Silk", "Silk ผ้าไหม"]
    found = suggested("sil", language="th")
    assert texts(found) == ["Silk ผ้าไหม", "Silk"]
    assert [one.language.code for one in found] == ["th", "en"]


def test_a_section_is_suggested_with_the_page_that_it_stands_in_and_opens_there(
    home: HomePage, indexed: Index, suggested: Suggest
) -> None:
    page = article(home, "Silk", learnt="Bobbins break.")
    indexed()
    [place] = suggested("what we learned")
    assert (place.under, place.kind_name) == ("Silk", "Lesson learned")
    assert place.url.startswith(f"{page.get_url()}#")


def test_terms_of_the_glossary_are_suggested(home: HomePage, indexed: Index, suggested: Suggest) -> None:
    make_concept(en="Silk reeling", th="การสาวไหม")
    indexed()
    [term] = suggested("reel")
    assert (term.text, term.kind_name, term.under) == ("Silk reeling", "Glossary", "")
    assert term.url.startswith("/en/glossary/#")


def test_not_more_than_one_can_read_and_each_text_once(home: HomePage, indexed: Index, suggested: Suggest) -> None:
    for number in range(MOST_SUGGESTIONS + 4):
        article(home, f"Silk {number}")
    article(home, "Wool")
    article(home, "Wool")
    indexed()
    assert len(suggested("silk")) == MOST_SUGGESTIONS
    assert texts(suggested("wool")) == ["Wool"]


def test_below_a_page_only_what_stands_there_is_suggested(home: HomePage, indexed: Index, suggested: Suggest) -> None:
    inside = house.way_to(SectionPage, home=home, title="Silk inside")
    article(home, "Silk outside")
    manual = inside.get_parent()
    hidden = house.way_to(ManualPage, home=home, title="Hidden", sensitivity=Sensitivity.STAFF, number="KP-SOP-999")
    indexed()
    assert texts(suggested("silk", within=manual.pk)) == ["Silk inside"]
    assert set(texts(suggested("silk", within=hidden.pk))) == {"Silk inside", "Silk outside"}
    assert set(texts(suggested("silk", within=99_999))) == {"Silk inside", "Silk outside"}


def test_an_outsider_is_not_told_of_what_is_hidden(home: HomePage, indexed: Index, suggested: Suggest) -> None:
    article(home, "Reorganisation", sensitivity=Sensitivity.STAFF)
    article(home, "Redundancies", live=False)
    indexed()
    assert suggested("re") == suggested("re", Role.LEARNER) == []
    assert texts(suggested("re", Role.AUTHOR)) == ["Reorganisation"]


def test_what_the_database_hides_is_not_suggested_though_the_index_does_not_know(
    section: SectionPage, indexed: Index, suggested: Suggest
) -> None:
    indexed()
    assert suggested("victim")
    SectionPage.objects.filter(pk=section.pk).update(live=False)
    assert suggested("victim") == []


def test_without_an_index_nothing_is_suggested(
    section: SectionPage, indexed: Index, suggested: Suggest, index_folder: Path
) -> None:
    indexed()
    remove_index(index_folder)
    assert suggested("victim") == []


def test_the_number_of_queries_does_not_grow(home: HomePage, indexed: Index, asking: Asking) -> None:
    def count() -> int:
        request = asking()
        suggest("silk", request=request, language="en")
        with CaptureQueriesContext(connection) as asked:
            suggest("silk", request=request, language="en")
        return len(asked)

    article(home, "Silk 0")
    indexed()
    few = count()
    for number in range(1, 7):
        article(home, f"Silk {number}")
    indexed()
    assert count() == few


def test_the_beginning_of_a_question_is_bounded() -> None:
    for text in ("a " * 10_000, "ก" * 10_000, "การคัดแยก" * 2_000, '"' * 10_000):
        begun = suggesting.beginning_of(text)
        assert begun is None or len(begun.parts) <= queries.MOST_WORDS
