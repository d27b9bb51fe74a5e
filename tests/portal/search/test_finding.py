"""What does a reader find, and what never?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.base.audience import Sensitivity, Surface
from portal.home.models import HomePage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.portal.search.conftest import Search

Index = Callable[[], int]


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


def test_identification_finds_the_section_in_english(section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    assert search("identification").titles[0] == "Victim identification"


def test_a_thai_word_finds_the_longer_thai_title(thai_section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    answer = search("การคัดแยก", language="th")
    assert answer.titles == ["การคัดแยกผู้เสียหาย"]
    assert "<mark>การคัดแยก</mark>ผู้เสียหาย" in answer.html


def test_a_piece_of_a_thai_word_is_found_by_its_clusters(
    thai_section: SectionPage, indexed: Index, search: Search
) -> None:
    indexed()
    assert search("ดแยกผู้เสี", language="th").titles == ["การคัดแยกผู้เสียหาย"]


def test_results_say_kind_language_and_address(thai_section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    (group,) = search("การคัดแยก").context["groups"]
    (result,) = group.results
    assert (result.kind, result.language.code, result.url) == ("Section of a manual", "th", thai_section.url)


def test_the_readers_language_comes_first(home: HomePage, thai_home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "Silk, silk and silk")
    article(thai_home, "ผ้าไหม silk")
    indexed()
    assert search("silk", language="en").titles == ["Silk, silk and silk", "ผ้าไหม silk"]
    assert search("silk", language="th").titles == ["ผ้าไหม silk", "Silk, silk and silk"]


def test_all_words_come_before_any_word(home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "Silk sewing")
    article(home, "Silk weaving")
    indexed()
    assert search("silk sewing").titles == ["Silk sewing"]
    some = search("silk embroidery")
    assert sorted(some.titles) == ["Silk sewing", "Silk weaving"]
    assert not some.context["holds_all_words"]


def test_every_field_that_readers_see_is_searched(home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "A lesson", happened="The interpreter was a relative.", summary="On trust.")
    indexed()
    assert search("interpreter").titles == search("trust").titles == ["A lesson"]


def test_kinds_are_grouped_and_counted(home: HomePage, section: SectionPage, indexed: Index, search: Search) -> None:
    for number in range(12):
        article(home, f"Identification, lesson {number}")
    indexed()
    answer = search("identification")
    assert answer.kinds == {"article": 12, "section": 1}
    assert [len(group.results) for group in answer.context["groups"] if group.kind.slug == "article"] == [5]
    assert answer.count == 13


def test_one_kind_is_leafed_through(home: HomePage, section: SectionPage, indexed: Index, search: Search) -> None:
    for number in range(12):
        article(home, f"Identification, lesson {number}")
    indexed()
    first, second = (search("identification", kind="article", page=number) for number in (1, 2))
    assert (len(first.titles), len(second.titles)) == (10, 2)
    assert not set(first.titles) & set(second.titles)
    assert search("identification", kind="article", page=99).titles == second.titles


def test_nothing_is_found_kindly(home: HomePage, indexed: Index, search: Search) -> None:
    indexed()
    assert "Nothing was found" in search("zzzz").html
    assert "Type a word" in search("").html


# --- the outsider --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hidden", [{"sensitivity": Sensitivity.STAFF}, {"surfaces": [Surface.KIOSK]}, {"live": False}])
def test_a_visitor_never_learns_that_a_hidden_page_exists(
    home: HomePage, indexed: Index, search: Search, hidden: dict[str, Any]
) -> None:
    article(home, "Identification for all")
    article(home, "Identification for staff", **hidden)
    indexed()
    answer = search("identification")
    assert answer.titles == ["Identification for all"]
    assert answer.kinds == {"article": 1}
    assert "for staff" not in answer.html


def test_staff_find_what_is_for_staff(home: HomePage, indexed: Index, search: Search, signed_in: SignedIn) -> None:
    article(home, "Identification for staff", sensitivity=Sensitivity.STAFF)
    indexed()
    assert search("identification", browser=signed_in(Role.AUTHOR)).titles == ["Identification for staff"]
    assert search("identification", browser=signed_in(Role.LEARNER)).titles == []
    assert search("identification", browser=signed_in()).titles == []


def test_below_a_hidden_page_everything_is_hidden_at_once(section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    manual = section.get_parent().specific
    manual.sensitivity = Sensitivity.STAFF
    manual.save()
    # Before the index knows:
    assert search("identification").count == 0
    indexed()
    assert search("identification").count == 0
    manual.sensitivity = Sensitivity.PUBLIC
    manual.save()
    indexed()
    assert search("identification").titles == ["Victim identification"]


def test_what_is_unpublished_is_gone_before_the_index_knows(
    section: SectionPage, indexed: Index, search: Search
) -> None:
    indexed()
    section.unpublish()
    assert search("identification").count == 0
    indexed()
    assert search("identification").count == 0
    section.save_revision().publish()
    indexed()
    assert search("identification").titles == ["Victim identification"]


def test_what_is_restricted_in_the_admin_is_gone(section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert search("identification").count == 0
    indexed()
    assert search("identification").count == 0


def test_what_is_deleted_is_gone(section: SectionPage, indexed: Index, search: Search) -> None:
    indexed()
    section.delete()
    assert search("identification").count == 0
    indexed()
    assert search("identification").count == 0


def test_what_is_written_anew_is_found_by_its_new_words_only(
    section: SectionPage, indexed: Index, search: Search
) -> None:
    indexed()
    section.title, section.summary, section.purpose = "Orientation", "", ""
    section.save()
    indexed()
    assert search("identification").titles == []
    assert search("orientation").titles == ["Orientation"]


def test_drafts_are_not_found(section: SectionPage, indexed: Index, search: Search) -> None:
    section.title = "Confidential reorganisation"
    section.save_revision()
    indexed()
    assert search("reorganisation").count == 0


# --- what it costs -------------------------------------------------------------------------------------------
def test_the_number_of_queries_does_not_grow_with_the_results(home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "Identification")
    indexed()

    def queries() -> int:
        search("identification")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            search("identification")
        return len(asked)

    few = queries()
    for number in range(8):
        article(home, f"Identification {number}")
    house.one_of_each(home)
    indexed()
    assert queries() == few
    assert few <= 11
