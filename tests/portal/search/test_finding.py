"""What does a reader find, and what never?"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.base.audience import Sensitivity, Surface
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import asked, finding
from portal.search.finding import RESULTS_A_PAGE, Findings
from portal.search.results import MOST_PARTS, Result
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.glossary import make_concept
from tests.portal.search.conftest import Asking, Find, Search, titles
from tests.portal.search.indexes import remove_index

pytestmark = pytest.mark.usefixtures("unsigned")

Index = Callable[[], int]


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


def heading_and_text(heading: str) -> list[tuple[str, Any]]:
    return [("heading", {"text": heading, "level": "2"}), ("paragraph", "<p>A bobbin.</p>")]


def shown(findings: Findings) -> Sequence[Result]:
    return list(findings.leaf.object_list) if findings.leaf else []


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


def test_results_say_kind_language_place_and_address(thai_section: SectionPage, indexed: Index, find: Find) -> None:
    indexed()
    [result] = shown(find("q=การคัดแยก", language="th"))
    assert (result.kind, result.language.code) == ("Section of a manual", "th")
    assert (result.url, result.heading, result.reason) == (thai_section.get_url(), "", "")
    assert result.under[-1] == thai_section.get_parent().title
    assert result.page is not None
    assert result.page.pk == thai_section.pk


def test_a_hit_opens_at_the_very_place_and_names_other_places_of_its_page(
    home: HomePage, indexed: Index, find: Find
) -> None:
    page = article(
        home, "A lesson", happened="The bobbin of the bobbin mill, a bobbin.", learnt="A bobbin, bobbin, bobbin breaks."
    )
    indexed()
    found = find("q=bobbin")
    [result] = shown(found)
    assert found.count == 1
    places = {result.url, *(part.url for part in result.parts)}
    assert places == {f"{page.get_url()}#happened", f"{page.get_url()}#learnt"}
    assert "<mark>bobbin</mark>" in result.passage
    assert {result.heading, *(part.heading for part in result.parts)} == {"What happened", "What we learned"}
    [broken] = shown(find("q=breaking bobbin"))
    assert (broken.url, broken.heading) == (f"{page.get_url()}#learnt", "What we learned")


def test_not_more_places_are_named_than_one_can_read(home: HomePage, indexed: Index, find: Find) -> None:
    body = [block for nth in range(MOST_PARTS + 4) for block in heading_and_text(f"Reel {nth}")]
    article(home, "A lesson", body=body)
    indexed()
    [result] = shown(find("q=bobbin"))
    assert len(result.parts) == MOST_PARTS
    assert len({result.url, *(part.url for part in result.parts)}) == MOST_PARTS + 1


def test_who_asks_for_a_title_gets_the_top_of_the_page(home: HomePage, indexed: Index, find: Find) -> None:
    page = article(home, "Silk wages", happened="Silk and wages.", learnt="Wages of silk and silk wages.")
    indexed()
    [result] = shown(find("q=silk wages"))
    assert result.url == page.get_url()


def test_what_only_the_glossary_finds_comes_last_and_says_why(
    home: HomePage, thai_home: HomePage, indexed: Index, find: Find
) -> None:
    article(home, "On referral")
    article(thai_home, "การส่งต่อ")
    make_concept(en="referral", th="การส่งต่อ")
    indexed()
    found = shown(find("q=การส่งต่อ", language="th"))
    reasons = {result.page.title: result.reason for result in found if result.page}
    assert reasons == {"การส่งต่อ": "", "On referral": "The glossary: in English this is called “referral”."}
    order = [(result.language.code, bool(result.reason)) for result in found]
    assert order == sorted(order, key=lambda one: one[1])
    [bridged] = [result for result in found if result.page and result.reason]
    assert "<mark>referral</mark>" in bridged.title
    # Who reads English and asks in Thai still gets first what was asked for.
    assert titles(find("q=การส่งต่อ", language="en"))[0] == "การส่งต่อ"


def test_the_readers_language_comes_first(home: HomePage, thai_home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "Silk, silk and silk")
    article(thai_home, "ผ้าไหม silk")
    indexed()
    assert search("silk", language="en").titles == ["Silk, silk and silk", "ผ้าไหม silk"]
    assert search("silk", language="th").titles == ["ผ้าไหม silk", "Silk, silk and silk"]


def test_the_rung_says_how_it_was_found(home: HomePage, indexed: Index, find: Find) -> None:
    article(home, "Silk sewing")
    article(home, "Silk weaving")
    indexed()
    whole, some, none = find("q=silk sewing"), find("q=silk embroidery"), find("q=zzzz")
    assert (titles(whole), whole.rung) == (["Silk sewing"], "all")
    assert (sorted(titles(some)), some.rung) == (["Silk sewing", "Silk weaving"], "any")
    assert (none.leaf, none.rung, none.count, none.facets) == (None, "", 0, ())
    assert titles(find("q=silk -sewing")) == ["Silk weaving"]
    assert titles(find('q="sewing silk"&sort=date')) != []
    assert find('q="sewing silk"').rung == "any"


def test_the_newest_comes_first_where_that_is_asked_for(home: HomePage, indexed: Index, find: Find) -> None:
    for title, year in (("Silk old", 2019), ("Silk, silk, silk new", 2024), ("Silk middle", 2021)):
        page = article(home, title)
        ArticlePage.objects.filter(pk=page.pk).update(last_published_at=datetime(year, 6, 1, tzinfo=UTC))
    indexed()
    assert titles(find("q=silk&sort=date")) == ["Silk, silk, silk new", "Silk middle", "Silk old"]
    assert [result.date.year for result in shown(find("q=silk&sort=date")) if result.date] == [2024, 2021, 2019]


def test_below_a_page_only_what_stands_there_is_found(
    home: HomePage, section: SectionPage, indexed: Index, find: Find
) -> None:
    article(home, "Identification elsewhere")
    hidden = article(home, "Identification for staff", sensitivity=Sensitivity.STAFF)
    indexed()
    manual = section.get_parent()
    found = find(f"q=identification&within={manual.pk}")
    assert (titles(found), found.count, found.within) == (["Victim identification"], 1, Page(pk=manual.pk))
    assert find(f"q=elsewhere&within={manual.pk}").count == 0
    everywhere = find("q=identification")
    for nowhere in (hidden.pk, 99_999):
        asked_there = find(f"q=identification&within={nowhere}")
        assert (titles(asked_there), asked_there.within) == (titles(everywhere), None)
    assert find(f"q=identification&within={hidden.pk}", Role.AUTHOR).count == 1


def test_one_leafs_to_the_end_and_meets_each_page_once(home: HomePage, indexed: Index, find: Find) -> None:
    for number in range(RESULTS_A_PAGE * 2 + 3):
        article(home, f"Silk {number}")
    indexed()
    leaves = [find(f"q=silk&page={number}") for number in (1, 2, 3)]
    every = [title for leaf in leaves for title in titles(leaf)]
    assert [len(titles(leaf)) for leaf in leaves] == [RESULTS_A_PAGE, RESULTS_A_PAGE, 3]
    assert len(set(every)) == len(every) == leaves[0].count == 23
    assert titles(find("q=silk&page=9999")) == titles(leaves[-1])


@pytest.mark.parametrize("hidden", [1, RESULTS_A_PAGE + 2, RESULTS_A_PAGE * 2 + 5])
def test_leaves_are_filled_where_the_database_hides_what_the_index_still_shows(
    home: HomePage, indexed: Index, find: Find, hidden: int
) -> None:
    for number in range(RESULTS_A_PAGE * 2 + 8):
        article(home, f"Silk {number:02}")
    indexed()
    before = [title for number in (1, 2, 3) for title in titles(find(f"q=silk&page={number}"))]
    # A queryset tells nobody, so there is no change that waits.
    ArticlePage.objects.filter(title__in=before[:hidden]).update(live=False)
    left = before[hidden:]
    first = find("q=silk")
    assert titles(first) == left[:RESULTS_A_PAGE]
    assert titles(find("q=silk&page=2")) == (left[RESULTS_A_PAGE : RESULTS_A_PAGE * 2] or left)
    assert first.count == len(left)


def test_nobody_learns_by_leafing_that_the_database_hides_everything(
    home: HomePage, indexed: Index, find: Find
) -> None:
    for number in range(RESULTS_A_PAGE * 3):
        article(home, f"Silk {number:02}")
    indexed()
    ArticlePage.objects.update(live=False)
    found = find("q=silk")
    assert (titles(found), found.count) == ([], 0)


def test_an_empty_question_finds_nothing_and_asks_nothing(
    section: SectionPage, indexed: Index, asking: Asking, django_assert_num_queries: Any
) -> None:
    indexed()
    request = asking()
    question = asked.read(QueryDict('q="" -'))
    with django_assert_num_queries(0):
        found = finding.find(question, request=request, language="en")
    assert (found.count, found.leaf) == (0, None)


def test_without_an_index_the_database_answers(
    section: SectionPage, indexed: Index, find: Find, index_folder: Path
) -> None:
    indexed()
    remove_index(index_folder)
    found = find("q=identification")
    assert (titles(found), found.answers_from, found.facets) == (["Victim identification"], "database", ())
    indexed()
    assert find("q=identification").answers_from == "index"


def test_every_field_that_readers_see_is_searched(home: HomePage, indexed: Index, search: Search) -> None:
    article(home, "A lesson", happened="The interpreter was a relative.", summary="On trust.")
    indexed()
    assert search("interpreter").titles == search("trust").titles == ["A lesson"]


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
    assert (answer.count, answer.kinds) == (1, {})
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
