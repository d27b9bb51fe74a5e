"""What does the index hold of a page and of a term, and nothing else?"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import PageAudience, Sensitivity
from portal.base.findable import LEAFLET, STEP, TRANSCRIPT, Part
from portal.base.models import Topic
from portal.home.models import HomePage
from portal.search import analysis, part_documents
from portal.search.dictionary import Dictionary, Wording
from portal.search.document import Document
from portal.search.documents import all_owners, documents_of, owner_of
from portal.search.part_documents import LONGEST_TEXT, PART, Surroundings
from tests.factories import house
from tests.factories.glossary import make_concept

VICTIM = 7
GLOSSARY = Dictionary.of([Wording(VICTIM, "en", "trafficked person"), Wording(VICTIM, "th", "ผู้เสียหาย")])


def parts(page: Any) -> list[Document]:
    """What visitors may find of it, the opening first."""
    return [document for document in documents_of([owner_of(page)]) if PART in document.labels]


def labels(document: Document, beginning: str) -> set[str]:
    return {label.partition(":")[2] for label in document.labels if label.startswith(f"{beginning}:")}


@pytest.fixture
def lesson(home: HomePage) -> ArticlePage:
    made = house.way_to(
        ArticlePage,
        home=home,
        title="Raw silk",
        summary="On trust.",
        happened="The interpreter was a relative.",
        learnt="Ask for silk twice.",
        happened_on=date(2021, 5, 3),
        last_published_at=datetime(2024, 2, 29, 20, tzinfo=UTC),
    )
    made.topics.set([Topic.objects.create(name="Trust", slug="trust", locale=home.locale)])
    made.save()
    return made


# --- the parts of a page --------------------------------------------------------------------------------------
def test_a_page_has_a_document_for_each_of_its_parts(lesson: ArticlePage) -> None:
    shown = [(one.shown["heading"], one.shown["anchor"], one.shown["text"]) for one in parts(lesson)]
    assert shown == [
        ("", "", "On trust."),
        ("What happened", "happened", "The interpreter was a relative."),
        ("What we learned", "learnt", "Ask for silk twice."),
    ]
    assert {one.shown["title"] for one in parts(lesson)} == {"Raw silk"}
    assert {(one.owner, one.pk, one.group) for one in parts(lesson)} == {
        (f"wagtailcore.page:{lesson.pk}", str(lesson.pk), lesson.pk)
    }


def test_all_that_narrows_a_search_stands_on_every_part(lesson: ArticlePage, home: HomePage) -> None:
    audience = PageAudience.objects.get(page=lesson).audience_id
    [topic] = lesson.topics.all()
    for part in parts(lesson):
        assert part.labels == {
            PART, f"audience:{audience}", "sensitivity:0", "type:articles.articlepage", "kind:article", "language:en",
            "year:2021", f"topic:{topic.translation_key}", f"page:{lesson.pk}",
            *(f"below:{page.pk}" for page in lesson.get_ancestors(inclusive=True)),
        }  # fmt: skip
        # In Bangkok it was the first of March already.
        assert date.fromordinal(part.day) == date(2024, 3, 1)


def test_what_nobody_published_has_no_day(home: HomePage) -> None:
    made = house.way_to(ArticlePage, home=home, title="Silk")
    ArticlePage.objects.filter(pk=made.pk).update(last_published_at=None, first_published_at=None)
    assert {part.day for part in parts(made)} == {0}


def test_the_title_counts_twice_in_the_opening_and_once_elsewhere(lesson: ArticlePage) -> None:
    opening, happened, learnt = parts(lesson)
    assert [one.terms["all"]["raw"] for one in (opening, happened, learnt)] == [2, 1, 1]
    assert [one.terms["all"]["silk"] for one in (opening, happened, learnt)] == [2, 1, 2]
    assert set(opening.terms["title"]) == {"raw", "silk"}
    assert set(happened.terms["title"]) == {"what", "happen"}
    assert "raw" in opening.terms["typed"]
    assert "raw" not in happened.terms["typed"]


def test_no_phrase_goes_on_from_the_title_to_the_text(lesson: ArticlePage) -> None:
    opening, happened, _learnt = parts(lesson)
    assert opening.places["all"]["raw"] == [0]
    assert opening.places["all"]["silk"] == [1]
    assert opening.places["all"]["on"][0] > 2
    assert happened.places["all"]["the"][0] > happened.places["all"]["happen"][0] + 1


def test_words_are_kept_as_they_are_written_for_spelling(lesson: ArticlePage) -> None:
    _opening, happened, _learnt = parts(lesson)
    assert set(happened.terms["written"]) == {
        "raw", "silk", "what", "happened", "the", "interpreter", "was", "a", "relative"
    }  # fmt: skip


# --- what is not public ---------------------------------------------------------------------------------------
def test_nothing_that_is_not_public_stands_in_a_part(home: HomePage) -> None:
    made = house.way_to(
        SectionPage, home=home, title="Interviews", summary="Public.", search_description="zzsearchdescription"
    )
    secret = "zzsecret"
    for field in made._meta.concrete_fields:
        is_text = field.get_internal_type() in {"CharField", "TextField"} and not field.choices
        if is_text and made.classification.get(field.name) not in {None, "public"} and field.model is SectionPage:
            setattr(made, field.name, secret)
    made.save()
    for part in parts(made):
        told = str((part.terms, part.shown))
        assert secret not in told
        assert "zzsearchdescription" not in told


@pytest.mark.parametrize("live", [True, False])
def test_a_draft_has_no_parts_and_no_draft_of_a_page_is_in_them(home: HomePage, live: bool) -> None:
    made = house.way_to(ArticlePage, home=home, title="Silk", live=live)
    made.title = "Confidential reorganisation"
    made.save_revision()
    found = parts(made)
    assert bool(found) is live
    assert all(one.shown["title"] == "Silk" for one in found)


def test_a_page_without_an_audience_has_no_parts(lesson: ArticlePage) -> None:
    PageAudience.objects.filter(page=lesson).delete()
    assert parts(lesson) == []
    assert documents_of([owner_of(lesson)]) != []


def test_the_audience_of_a_part_is_the_strictest_of_the_pages_above(home: HomePage) -> None:
    manual = house.way_to(ManualPage, home=home, sensitivity=Sensitivity.STAFF)
    made = house.page(SectionPage, below=manual, title="Silk")
    assert {sensitivity for part in parts(made) for sensitivity in labels(part, "sensitivity")} == {"2"}


# --- parts of every kind --------------------------------------------------------------------------------------
def of_every_kind() -> list[Part]:
    return [
        Part(text=""),
        Part(text="", heading="Only a heading", anchor="h"),
        Part(text="Sit  down.\n\n\n Listen.", heading="One\nstep", anchor="s", kind=STEP),
        Part(text="สวัสดี", anchor="t", kind=TRANSCRIPT, language="th"),
        Part(text="silk " * LONGEST_TEXT, anchor="l", kind=LEAFLET),
    ]


@pytest.fixture
def told(lesson: ArticlePage) -> list[Document]:
    """A page that tells parts of every kind."""
    page = ArticlePage.objects.get(pk=lesson.pk)
    page.findable_parts = of_every_kind
    known = Surroundings(
        audiences={page.pk: (1, 0)}, languages={page.locale_id: "en"}, ancestors={}, dictionary=GLOSSARY
    )
    return list(part_documents.of_page(page, owner_of(page), known))


def test_an_empty_opening_is_found_by_its_title_and_a_bare_heading_is_not_found(told: list[Document]) -> None:
    assert [one.shown["anchor"] for one in told] == ["", "s", "t", "l"]
    assert told[0].terms["all"]["silk"] == 2


def test_films_and_leaflets_are_kinds_of_their_own_and_steps_are_not(told: list[Document]) -> None:
    assert [labels(one, "kind") for one in told] == [{"article"}, {"article"}, {"transcript"}, {"leaflet"}]
    assert [one.shown["part"] for one in told] == ["", "step", "transcript", "leaflet"]


def test_a_part_may_have_a_language_of_its_own(told: list[Document]) -> None:
    assert [labels(one, "language") for one in told] == [{"en"}, {"en"}, {"th"}, {"en"}]
    assert told[2].shown["language"] == "th"


def test_what_is_shown_is_tidy_and_not_endless(told: list[Document]) -> None:
    assert told[1].shown["text"] == "Sit down.\nListen."
    assert told[1].shown["heading"] == "One step"
    assert len(told[3].shown["text"]) <= LONGEST_TEXT
    assert max(place for places in told[3].places["all"].values() for place in places) < 65_535


# --- the glossary ---------------------------------------------------------------------------------------------
def test_a_part_knows_which_concepts_it_names(told: list[Document]) -> None:
    assert told[0].terms["concepts"] == {}
    one = part_documents.of_passage("Trafficked persons", "ช่วยผู้เสียหาย", pk="1", language="en", dictionary=GLOSSARY)
    assert one.terms["concepts"] == {str(VICTIM): 1.0}


def test_a_term_has_a_document_in_every_language_that_names_it(db: None) -> None:
    concept = make_concept(en="silk|raw silk", th="ไหม", meanings={"en": "A thread.", "lo": "ບໍ່ມີຊື່"})
    english, thai = documents_of([owner_of(concept)])
    assert {(one.owner, one.group, one.pk) for one in (english, thai)} == {
        (owner_of(concept), -concept.pk, str(concept.pk))
    }
    assert english.shown["title"] == "silk"
    assert english.shown["text"] == "silk\nraw silk\nA thread."
    assert english.labels == {PART, "audience:everybody", "sensitivity:0", "kind:glossary", "language:en"}
    assert labels(thai, "language") == {"th"}
    assert thai.shown["url"].startswith("/th/glossary/#")
    assert english.terms["concepts"] == thai.terms["concepts"] == {str(concept.pk): 1.0}


def test_the_note_for_staff_on_a_term_is_not_told(db: None) -> None:
    concept = make_concept(en="silk")
    concept.note = "zzsecret"
    concept.save()
    assert "zzsecret" not in str(documents_of([owner_of(concept)]))


# --- every page there is --------------------------------------------------------------------------------------
def test_every_kind_of_page_is_found_by_its_title(home: HomePage) -> None:
    pages = house.one_of_each(home)
    owners: dict[str, list[Document]] = {}
    for document in documents_of(all_owners()):
        if PART in document.labels:
            owners.setdefault(document.owner, []).append(document)
    assert set(owners) == {owner_of(page) for page in pages.values()}
    for kind, page in pages.items():
        opening = owners[owner_of(page)][0]
        assert labels(opening, "kind") == {part_documents.kind_of(kind)}
        assert set(analysis.words_counted(page.title)) <= set(opening.terms["title"])
    assert ArticleIndexPage in pages


def test_many_pages_cost_no_more_queries_than_one(
    home: HomePage, indexed: Callable[[], int], django_assert_max_num_queries: Any
) -> None:
    made = [house.way_to(ArticlePage, home=home, title=f"Silk {number}") for number in range(6)]
    documents_of([owner_of(made[0])])
    with django_assert_max_num_queries(12 + 2 * len(made)):
        documents_of([owner_of(page) for page in made])
