"""Do Wagtail's admin, its choosers and `queryset.search()` find what they should?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from media.models import Picture, Recording
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import feeding
from tests.conftest import SignedIn
from tests.factories import house, people

Index = Callable[[], int]


@pytest.fixture
def lessons(home: HomePage, indexed: Index) -> list[ArticlePage]:
    titles = {"Silk sewing": "2024-01-01", "Silk weaving": "2025-01-01", "การคัดแยกผู้เสียหาย": "2026-01-01"}
    made = [house.way_to(ArticlePage, home=home, title=title, happened_on=day) for title, day in titles.items()]
    indexed()
    return made


def titles(found: Any) -> list[str]:
    return sorted(one.title for one in found)


def test_pages_are_found_by_any_or_by_all_words(lessons: list[ArticlePage]) -> None:
    assert titles(Page.objects.search("silk sewing", operator="or")) == ["Silk sewing", "Silk weaving"]
    assert titles(Page.objects.search("silk sewing", operator="and")) == ["Silk sewing"]
    assert titles(ArticlePage.objects.search("คัดแยก", operator="and")) == ["การคัดแยกผู้เสียหาย"]


def test_what_was_typed_so_far_finds_pages(lessons: list[ArticlePage]) -> None:
    assert titles(Page.objects.autocomplete("sil")) == ["Silk sewing", "Silk weaving"]
    assert titles(Page.objects.autocomplete("คัดแ")) == ["การคัดแยกผู้เสียหาย"]
    assert titles(Page.objects.autocomplete("ilk")) == []


def test_a_field_can_be_named(lessons: list[ArticlePage]) -> None:
    lesson = lessons[0]
    lesson.happened = "Thread broke."
    lesson.save()
    feeding.drain()
    assert titles(ArticlePage.objects.search("thread", fields=["happened"])) == ["Silk sewing"]
    assert titles(ArticlePage.objects.search("thread", fields=["title"])) == []


def test_the_queryset_keeps_its_filters_order_and_slices(lessons: list[ArticlePage]) -> None:
    newest = ArticlePage.objects.order_by("-happened_on").search("silk", order_by_relevance=False)
    assert [lesson.title for lesson in newest] == ["Silk weaving", "Silk sewing"]
    assert [lesson.title for lesson in newest[1:]] == ["Silk sewing"]
    old = ArticlePage.objects.filter(happened_on__lt="2024-06-01").search("silk")
    assert titles(old) == ["Silk sewing"]
    assert (old.count(), newest.count(), newest[:1].count()) == (1, 2, 1)


def test_queries_can_be_combined(lessons: list[ArticlePage]) -> None:
    silk, sewing = PlainText("silk"), PlainText("sewing")
    assert titles(ArticlePage.objects.search(And([silk, Not(sewing)]))) == ["Silk weaving"]
    assert titles(ArticlePage.objects.search(Or([sewing, Boost(PlainText("weaving"), 3)]))) == [
        "Silk sewing",
        "Silk weaving",
    ]
    assert titles(ArticlePage.objects.search(Phrase("silk weaving"))) == ["Silk weaving"]
    assert len(ArticlePage.objects.search(MATCH_ALL)) == 3
    assert len(ArticlePage.objects.search(Not(MATCH_ALL))) == 0


def test_phrases_know_where_words_stand(lessons: list[ArticlePage]) -> None:
    assert titles(ArticlePage.objects.search(Phrase("weaving silk"))) == []
    assert titles(ArticlePage.objects.search(Phrase("คัดแยกผู้เสียหาย"))) == ["การคัดแยกผู้เสียหาย"]
    assert titles(ArticlePage.objects.search(Phrase("ผู้เสียหายคัดแยก"))) == []
    # The last word of the title and the first of the summary follow each other only on the page.
    lessons[0].summary = "Threads."
    lessons[0].save()
    feeding.drain()
    assert titles(ArticlePage.objects.search("threads")) == ["Silk sewing"]
    assert titles(ArticlePage.objects.search(Phrase("sewing threads"))) == []
    assert titles(ArticlePage.objects.search(Phrase("silk sewing"), fields=["title"])) == ["Silk sewing"]
    assert titles(ArticlePage.objects.search(Phrase("silk sewing"), fields=["summary"])) == []
    assert titles(ArticlePage.objects.search(Phrase('"'))) == []


def test_a_misspelt_word_finds_what_was_meant(lessons: list[ArticlePage]) -> None:
    assert titles(ArticlePage.objects.search(Fuzzy("weavin sulk", operator="and"))) == ["Silk weaving"]
    assert titles(ArticlePage.objects.search(Fuzzy("sulk"), fields=["title"])) == ["Silk sewing", "Silk weaving"]
    assert titles(ArticlePage.objects.search(Fuzzy("sulk"), fields=["summary"])) == []
    assert titles(ArticlePage.objects.search(Fuzzy("zzzzzz"))) == []


def test_a_field_is_searched_to_its_end(lessons: list[ArticlePage]) -> None:
    lessons[0].happened = " ".join(f"word{number}" for number in range(500)) + " thread"
    lessons[0].save()
    feeding.drain()
    assert titles(ArticlePage.objects.search("thread", fields=["happened"])) == ["Silk sewing"]


def test_results_are_counted_by_a_field_each_once(lessons: list[ArticlePage]) -> None:
    lessons[0].unpublish()
    feeding.drain()
    assert dict(Page.objects.search("silk").facet("live")) == {True: 1, False: 1}


def test_the_pages_of_an_answer_ask_the_index_once(lessons: list[ArticlePage], django_assert_num_queries: Any) -> None:
    found = ArticlePage.objects.search("silk")
    with django_assert_num_queries(3):
        assert (found.count(), len(found[:1]), len(found[1:2])) == (2, 1, 1)


def test_drafts_are_found_by_editors(lessons: list[ArticlePage]) -> None:
    lessons[0].unpublish()
    feeding.drain()
    assert titles(Page.objects.search("sewing")) == ["Silk sewing"]


def test_pictures_and_recordings_are_found(db: None, indexed: Index) -> None:
    picture = Picture.objects.create(title="A loom in the yard", file=get_test_image_file())
    # Its file is another test's concern.
    recording = Recording(title="You may say no", file="welcome.mp3")
    Recording.objects.bulk_create([recording])
    feeding.note(recording)
    indexed()
    assert list(Picture.objects.search("loom")) == [picture]  # type: ignore[attr-defined]
    assert list(Picture.objects.autocomplete("loo")) == [picture]  # type: ignore[attr-defined]
    assert list(get_search_backend().search("say no", Recording, operator="and")) == [recording]
    picture.delete()
    indexed()
    assert list(Picture.objects.search("loom")) == []  # type: ignore[attr-defined]


def test_the_admin_finds_pages(lessons: list[ArticlePage], client: Client) -> None:
    client.force_login(people.administrator())
    answer = client.get("/admin/pages/search/results/", {"q": "weaving"})
    assert "Silk weaving" in answer.content.decode()
    chooser = client.get("/admin/choose-page/search/", {"q": "weav"})
    assert "Silk weaving" in chooser.content.decode()


def test_while_the_index_is_missing_letters_are_compared_and_it_is_built(section: SectionPage, at_once: None) -> None:
    search = Page.objects.search
    # The first one asks for the index and does not wait for it. The letters of "victims" do not stand there.
    assert titles(search("victims")) == []
    assert titles(search("victims")) == ["Victim identification"]


@pytest.mark.parametrize("damage", ["missing", "not a number"])
def test_without_the_index_the_database_answers(
    section: SectionPage, thai_section: SectionPage, index_folder: Path, damage: str
) -> None:
    if damage != "missing":
        index_folder.mkdir()
        (index_folder / "current").write_text(damage)
    assert titles(Page.objects.search("IDENTIFICATION")) == ["Victim identification"]
    assert titles(Page.objects.search("ผู้เสียหาย")) == ["การคัดแยกผู้เสียหาย"]
    assert titles(Page.objects.autocomplete("identif")) == ["Victim identification"]
    found = SectionPage.objects.search(Boost(Or([PlainText("victim"), PlainText('"')]), 2)).annotate_score("score")
    assert [(one.title, one.score) for one in found] == [("Victim identification", 0.0)]
    assert SectionPage.objects.search(And([PlainText('"'), MATCH_ALL])).count() == 0
    assert SectionPage.objects.filter(live=False).search(Phrase("victim identification")).count() == 0


def test_wagtails_own_command_builds_the_index(section: SectionPage) -> None:
    call_command("update_index", verbosity=0)
    assert titles(Page.objects.search("identification")) == ["Victim identification"]


def test_our_command_builds_the_index_and_says_how_long_it_took(section: SectionPage, capsys: Any) -> None:
    call_command("rebuild_index")
    assert "documents are indexed" in capsys.readouterr().out
    assert titles(Page.objects.search("identification")) == ["Victim identification"]
    call_command("rebuild_index", "--if-needed", verbosity=0)


def test_somebody_without_rights_does_not_reach_the_admins_search(signed_in: SignedIn, home: HomePage) -> None:
    assert signed_in(Role.LEARNER).get("/admin/pages/search/", {"q": "silk"}).status_code != 200
