"""What does Wagtail's admin find things by, and what of a thing that is gone?"""

from itertools import pairwise
from typing import Any

import pytest
from wagtail.models import Page

from lessons.articles.models import ArticlePage
from portal.home.models import HomePage
from portal.search.document import Document
from portal.search.documents import THING, all_owners, documents_of, owner_of, text_of
from portal.search.part_documents import PART
from tests.factories import house
from tests.factories.glossary import make_concept


@pytest.fixture
def lesson(home: HomePage) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title="Raw silk", happened="The interpreter.", source_reference="ZZ-17")


def thing(page: Any) -> Document:
    [found] = [document for document in documents_of([owner_of(page)]) if THING in document.labels]
    return found


def test_a_page_has_one_owner_whatever_it_is_asked_as(lesson: ArticlePage) -> None:
    assert owner_of(lesson) == owner_of(Page.objects.get(pk=lesson.pk)) == f"wagtailcore.page:{lesson.pk}"


def test_the_admin_finds_a_thing_by_all_its_fields_and_by_one_of_them(lesson: ArticlePage) -> None:
    found = thing(lesson)
    assert {"raw", "silk", "interpreter", "zz", "17"} <= set(found.terms["thing"])
    assert {"title/silk", "title/raw", "happened/interpreter"} <= set(found.terms["thing"])
    assert "title/interpreter" not in found.terms["thing"]
    assert PART not in found.labels
    assert {THING, "type:wagtailcore.page", "type:articles.articlepage"} <= found.labels
    assert not any(label.startswith("audience:") for label in found.labels)


def test_no_phrase_goes_on_from_one_field_to_the_next(lesson: ArticlePage) -> None:
    places = sorted(place for found in thing(lesson).places["thing"].values() for place in found)
    gaps = [later - earlier for earlier, later in pairwise(places)]
    assert max(gaps) >= 100
    assert max(places) <= 65_535


def test_a_draft_is_a_thing_and_no_part(home: HomePage) -> None:
    draft = house.way_to(ArticlePage, home=home, title="Silk", live=False)
    [found] = documents_of([owner_of(draft)])
    assert THING in found.labels


def test_what_is_gone_has_no_documents(lesson: ArticlePage) -> None:
    owner = owner_of(lesson)
    concept = make_concept(en="silk")
    gone = [owner, owner_of(concept)]
    assert len(documents_of(gone)) > 2
    lesson.delete()
    concept.delete()
    assert documents_of(gone) == documents_of([]) == []


def test_each_thing_that_there_is_has_one_owner(lesson: ArticlePage) -> None:
    concept = make_concept(en="silk")
    owners = all_owners()
    assert len(owners) == len(set(owners))
    assert {owner_of(lesson), owner_of(concept)} <= set(owners)
    assert set(owners) >= {document.owner for document in documents_of(owners)}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("silk", "silk"), (17, "17"), (["silk", None, ["loom", 3]], "silk\nloom\n3"), ([], ""), ((), "")],
)
def test_the_words_of_whatever_a_field_holds(value: Any, text: str) -> None:
    assert text_of(value) == text
