"""What does somebody get who searches, and does the search survive whatever is typed into it?"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.test import Client

from exhibits.models import ExhibitionPage, RoomPage
from lessons.articles.models import ArticlePage
from lessons.courses.models import CoursePage, LessonPage, ModulePage
from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import Sensitivity
from portal.base.models import PortalPage
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search.finding import Findings
from portal.search.layout import Way
from tests.conftest import SignedIn
from tests.factories import house
from tests.portal.search.conftest import Search
from tests.portal.search.naughty import naughty

Index = Callable[[], int]


@pytest.fixture
def house_of_silk(home: HomePage, thai_home: HomePage) -> HomePage:
    """Three lessons and a section about silk in English, one lesson in Thai, and a lesson for staff only."""
    for title in ("Silk from the village", "Silk and wages", "Silk for brides"):
        house.way_to(ArticlePage, home=home, title=title, summary=f"{title}: what was learned.")
    house.way_to(SectionPage, home=home, title="Sewing silk", summary="How silk is cut and sewn.")
    house.way_to(ArticlePage, home=thai_home, title="ผ้าไหม silk", summary="silk")
    house.way_to(ArticlePage, home=home, title="Silk, confidential", sensitivity=Sensitivity.STAFF)
    return home


@dataclass(frozen=True)
class Leaf:
    """A page of results as its reader finds it."""

    html: str
    context: Any

    @property
    def findings(self) -> Findings:
        found: Findings = self.context["findings"]
        return found

    @property
    def titles(self) -> list[str]:
        leaf = self.findings.leaf
        return [re.sub("<.*?>", "", result.title) for result in leaf.object_list] if leaf else []

    @property
    def chips(self) -> dict[str, str]:
        return {chip.name: chip.address for chip in self.context["chips"]}

    def way(self, name: str) -> Way:
        ways = [way for one in self.context["narrowings"] for way in (*one.shown, *one.folded)]
        return next(way for way in ways if way.name == name)


Look = Callable[..., Leaf]


@pytest.fixture
def look(client: Client) -> Look:
    """Open the search with these words behind the question mark, as a visitor or in somebody's browser."""

    def opened(query: str, *, language: str = "en", browser: Client = client) -> Leaf:
        response = browser.get(query if query.startswith("/") else f"/{language}/search/?{query}")
        assert response.status_code == 200
        return Leaf(html.unescape(response.content.decode()), response.context)

    return opened


# --- the page of results -------------------------------------------------------------------------------------
def test_facets_are_links_with_counts_and_chips_lead_back(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    first = look("q=silk")
    assert (first.findings.count, first.chips) == (5, {})
    assert first.way("Section of a manual").count == 1
    narrowed = look(first.way("Section of a manual").address)
    assert narrowed.titles == ["Sewing silk"]
    assert narrowed.way("Section of a manual").is_chosen
    assert narrowed.chips == {"Section of a manual": "/en/search/?q=silk"}
    assert look(narrowed.chips["Section of a manual"]).titles == first.titles


def test_facets_hold_together(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    lessons = look(look("q=silk&sort=date&page=1").way("Lesson learned").address)
    both = look(lessons.way("ไทย").address)
    assert both.titles == ["ผ้าไหม silk"]
    assert set(both.chips) == {"Lesson learned", "ไทย"}
    assert both.context["asked"].sort == "date"
    assert both.context["everywhere"] == "/en/search/?q=silk&sort=date"
    assert '<span lang="th">ไทย</span>' in both.html


def test_a_new_question_stays_inside_what_was_chosen(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    form = look("q=silk&kind=section&sort=date&page=2").html.split('class="finder"')[1].split("</form>")[0]
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form))
    assert kept == {"kind": "section", "sort": "date"}


def test_what_nobody_can_mean_is_left_out_of_the_question(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    plain = look("q=silk")
    for nonsense in ("year=soon", "language=xx", "kind=<b>", "within=x", "sort=up", "page=many", "topic=' OR 1=1"):
        found = look(f"q=silk&{nonsense}")
        assert (found.titles, found.chips) == (plain.titles, {}), nonsense


def test_a_value_that_nothing_has_finds_nothing_and_offers_the_way_back(
    house_of_silk: HomePage, indexed: Index, look: Look
) -> None:
    indexed()
    for value in ("kind=unheard", "year=1960", "language=km", "topic=0-0-0", "audience=99"):
        found = look(f"q=silk&{value}")
        assert found.findings.count == 0, value
        assert list(found.chips.values()) == ["/en/search/?q=silk"], value
        assert "Search for the same everywhere" in found.html


def test_results_are_leafed_through_by_addresses_that_can_be_shared(home: HomePage, indexed: Index, look: Look) -> None:
    for number in range(23):
        house.way_to(ArticlePage, home=home, title=f"Silk, lesson {number}")
    indexed()
    titles: list[str] = []
    address = "q=silk&sort=date"
    while address:
        leaf = look(address)
        titles += leaf.titles
        address = leaf.context["leaves"]["next"]
    assert len(titles) == len(set(titles)) == 23
    assert "Page 3 of 3" in leaf.html
    assert look(leaf.context["leaves"]["previous"]).titles == titles[10:20]
    assert look("q=silk&sort=date&page=99").titles == titles[20:]


def test_each_result_says_what_it_is_where_it_stands_and_in_which_language(
    house_of_silk: HomePage, indexed: Index, look: Look
) -> None:
    indexed()
    hit = next(hit for hit in look("q=sewn").html.split('<li class="hit">') if "Sewing" in hit)
    assert "Section of a manual" in hit
    manual = SectionPage.objects.get(title="Sewing silk").get_parent()
    assert f"<span>{manual.title}</span>" in hit
    thai = next(hit for hit in look("q=silk").html.split('<li class="hit">') if "ผ้าไหม" in hit)
    assert '<span lang="th">ไทย</span>' in thai
    assert 'lang="th">ผ้าไหม <mark>silk</mark></a>' in thai


def test_the_page_says_in_plain_words_how_it_was_found(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    assert "5 things found" in look("q=silk").html
    some = look("q=silk+zebra").html
    assert "Nothing has all of these words; these have some of them." in some
    assert "some of them" not in look("q=silk").html


def test_where_nothing_is_found_the_page_has_ideas(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    empty = look("q=zzzzqqqq").html
    assert "Nothing was found" in empty
    assert "Look at the spelling." in empty
    assert "All six languages were searched." in empty
    assert "quotation marks and the minus" not in empty
    assert "quotation marks and the minus" in look('q="zzzzqqqq"').html
    assert "All six languages were searched." not in look("q=zzzzqqqq&language=th").html
    assert 'href="/en/glossary/"' in empty


def test_a_slip_of_the_pen_is_answered_by_what_was_meant(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    house.way_to(ArticlePage, home=house_of_silk, title="The interpreter and the interpreter's chair")
    indexed()
    meant = look("q=interpretter").context["did_you_mean"]
    assert [way.name for way in meant] == ["interpreter"]
    assert look(meant[0].address).findings.count == 1


# --- only below a page ---------------------------------------------------------------------------------------
def test_a_manual_is_searched_alone(house_of_silk: HomePage, indexed: Index, look: Look) -> None:
    indexed()
    manual = SectionPage.objects.get(title="Sewing silk").get_parent()
    found = look(f"q=silk&within={manual.pk}")
    assert found.titles == ["Sewing silk"]
    assert found.chips == {f"Only in “{manual.title}”": "/en/search/?q=silk"}
    assert f'name="within" value="{manual.pk}"' in found.html


def test_below_a_hidden_page_is_the_same_as_below_none(
    house_of_silk: HomePage, indexed: Index, look: Look, signed_in: SignedIn
) -> None:
    hidden = house.way_to(
        ManualPage, home=house_of_silk, title="Silk, hidden manual", sensitivity=Sensitivity.STAFF, number="KP-SOP-999"
    )
    house.page(SectionPage, below=hidden, title="Silk, hidden section")
    indexed()
    secret, nowhere = look(f"q=silk&within={hidden.pk}"), look("q=silk&within=99999999")
    assert secret.titles == nowhere.titles == look("q=silk").titles
    assert secret.chips == nowhere.chips == {}
    without_number = partial(re.sub, r"(within=|name=\"within\" value=\")\d+", r"\1")
    assert without_number(secret.html) == without_number(nowhere.html)
    staff = look(f"q=silk&within={hidden.pk}", browser=signed_in(Role.AUTHOR))
    assert set(staff.titles) == {"Silk, hidden manual", "Silk, hidden section"}


@pytest.mark.parametrize(
    "kind", [ManualPage, SectionPage, CoursePage, ModulePage, LessonPage, ExhibitionPage, RoomPage]
)
def test_manuals_courses_and_exhibitions_have_a_box_of_their_own(
    home: HomePage, client: Client, kind: type[PortalPage]
) -> None:
    page = house.way_to(kind, home=home)
    whole = next(
        one for one in (page, *page.get_ancestors(inclusive=False).specific()[::-1])
        if isinstance(one, ManualPage | CoursePage | ExhibitionPage)
    )  # fmt: skip
    shown = client.get(page.get_url()).content.decode()
    box = shown.split('<search class="within')[1].split("</search>")[0]
    assert f'name="within" value="{whole.pk}"' in box
    assert 'action="/en/search/"' in box


# --- suggestions ---------------------------------------------------------------------------------------------
def suggested(client: Client, query: str, *, accept: str = "application/json") -> Any:
    response = client.get(f"/en/search/suggestions/?{query}", headers={"accept": accept})
    assert response.status_code == 200
    return response.json() if accept == "application/json" else html.unescape(response.content.decode())


def test_titles_are_suggested_while_one_types(house_of_silk: HomePage, indexed: Index, client: Client) -> None:
    indexed()
    found = suggested(client, "q=sew")
    section = SectionPage.objects.get(title="Sewing silk")
    first = found[0]
    assert set(first) == {"text", "url", "kind", "language", "under"}
    assert (first["text"], first["kind"]) == ("Sewing silk", "Section of a manual")
    assert first["url"].startswith(section.url)


def test_a_browser_gets_options_for_its_list(house_of_silk: HomePage, indexed: Index, client: Client) -> None:
    indexed()
    fragment = suggested(client, "q=sew", accept="text/html")
    assert fragment.count('role="option"') == len(suggested(client, "q=sew")) > 0
    assert 'role="listbox"' in fragment
    assert "<html" not in fragment
    assert "No suggestions" in suggested(client, "q=zzzzqqqq", accept="text/html")


def test_suggestions_stay_below_the_page_that_was_named(
    house_of_silk: HomePage, indexed: Index, client: Client
) -> None:
    indexed()
    manual = SectionPage.objects.get(title="Sewing silk").get_parent()
    assert {one["text"] for one in suggested(client, f"q=sil&within={manual.pk}")} <= {"Sewing silk"}
    assert suggested(client, f"q=sew&within={manual.pk}")


def test_a_visitor_is_never_suggested_what_is_hidden(
    house_of_silk: HomePage, indexed: Index, client: Client, signed_in: SignedIn
) -> None:
    indexed()
    hidden = ArticlePage.objects.get(title="Silk, confidential")
    for query in ("q=silk", "q=conf", "q=Silk,", f"q=silk&within={hidden.pk}"):
        assert "confidential" not in str(suggested(client, query)), query
    assert "confidential" in str(suggested(signed_in(Role.AUTHOR), "q=conf"))


def test_facets_and_counts_of_a_visitor_leave_out_what_is_hidden(
    house_of_silk: HomePage, indexed: Index, look: Look, signed_in: SignedIn
) -> None:
    indexed()
    visitor, staff = look("q=silk"), look("q=silk", browser=signed_in(Role.AUTHOR))
    assert visitor.way("Lesson learned").count == 4
    assert staff.way("Lesson learned").count == 5
    assert "confidential" not in visitor.html
    assert "Staff" not in [way.name for one in visitor.context["narrowings"] for way in one.shown]


@pytest.mark.parametrize("address", ["/en/search/?q=silk", "/en/search/suggestions/?q=silk", "/en/search/suggestions/"])
def test_no_cache_keeps_an_answer_and_no_engine_lists_it(
    house_of_silk: HomePage, indexed: Index, client: Client, address: str
) -> None:
    indexed()
    response = client.get(address)
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"


# --- what people and machines send ---------------------------------------------------------------------------
def test_no_string_breaks_the_search_or_comes_back_as_markup(
    thai_section: SectionPage, section: SectionPage, indexed: Index, client: Client
) -> None:
    indexed()
    strings = naughty()
    assert len(strings) > 515
    frame = _markup(client.get("/en/search/", {"q": "zzzz"}).content.decode())
    for text in strings:
        response = client.get("/en/search/", {"q": text})
        assert response.status_code == 200, ascii(text)
        answer = response.content.decode()
        assert _markup(answer) - frame <= ALLOWED, ascii(text)


#: What the answers to other questions may have more than the answer to one that finds nothing.
ALLOWED = {"section", "ol", "li", "h2", "h3", "mark", "span", "nav", "ul", "br", "p", "a", "div"}


def _markup(page: str) -> set[str]:
    return set(re.findall(r"<([a-z][a-z0-9-]*)", page)) | set(re.findall(r"\bon[a-z]+(?==)", _tags(page)))


def _tags(page: str) -> str:
    return " ".join(re.sub(r'"[^"]*"', "", tag) for tag in re.findall(r"<[a-z][^>]*>", page))


@pytest.mark.parametrize(
    "query",
    [
        "q=%ed%a0%80", "q=%ff%fe", "q=%00", "q=silk%00&kind=%00", "q=%c0%af", "q=a&q=b", "q[]=a", "q", "=", "%",
        "q=silk&page=%00", "q=silk&page=-1", "q=silk&page=99999999999999999999", "q=silk&page=%E0%B9%91",
        "q=silk&kind=<script>", "q=silk&kind=' OR 1=1",
    ],
)  # fmt: skip
def test_no_address_breaks_the_search(section: SectionPage, indexed: Index, client: Client, query: str) -> None:
    indexed()
    response = client.get(f"/en/search/?{query}")
    assert response.status_code in {200, 400}
    assert "<script>" not in response.content.decode().split("<main", 1)[-1]


def test_what_was_asked_stands_in_the_field_again_and_nowhere_as_markup(
    home: HomePage, indexed: Index, search: Search
) -> None:
    indexed()
    asked = '"><script>alert(1)</script>'
    answer = search(asked)
    assert "<script>alert" not in answer.html
    assert html.escape(asked) in answer.html


def test_nothing_of_a_question_is_kept_or_logged(
    section: SectionPage, indexed: Index, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    indexed()
    with caplog.at_level("DEBUG"):
        response = client.get("/en/search/", {"q": "identification zzsecret"})
    assert "zzsecret" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("portal")
    )
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/en/search/", "/en/search/suggestions/"])
def test_the_search_only_answers_questions(home: HomePage, client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_no_string_breaks_what_narrows_the_search_or_the_suggestions(
    section: SectionPage, indexed: Index, client: Client
) -> None:
    indexed()
    names = ("kind", "language", "topic", "audience", "year", "within", "sort", "page")
    for text in naughty():
        narrowed = client.get("/en/search/", {"q": "identification", **dict.fromkeys(names, text)})
        suggestions = client.get("/en/search/suggestions/", {"q": text, "within": text})
        assert (narrowed.status_code, suggestions.status_code) == (200, 200), ascii(text)
