"""Do the numbers beside a search say what is found, and nothing of what is hidden?"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.base.audience import Sensitivity
from portal.base.models import Topic
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search.finding import Findings
from tests.factories import house
from tests.portal.search.conftest import Find, titles

Index = Callable[[], int]


def article(home: HomePage, title: str, *, topics: list[Topic] | None = None, **fields: Any) -> ArticlePage:
    made = house.way_to(ArticlePage, home=home, title=title, **fields)
    if topics:
        made.topics.set(topics)
        made.save()
    return made


def topic(name: str, *, language: str = "en", **fields: Any) -> Topic:
    return Topic.objects.create(name=name, slug=name.lower(), locale=house.locale(language), **fields)


def counts(findings: Findings, name: str) -> dict[str, int]:
    """What the facet shows, by the names that readers see, in its order."""
    return {choice.name: choice.count for facet in findings.facets if facet.name == name for choice in facet.choices}


@pytest.fixture
def weaving() -> Topic:
    return topic("Weaving")


@pytest.fixture
def house_of_silk(home: HomePage, thai_home: HomePage, weaving: Topic) -> HomePage:
    article(home, "Silk one", topics=[weaving], happened_on=date(2020, 5, 1), happened="Silk. Silk.", learnt="Silk.")
    article(home, "Silk two", topics=[weaving, topic("Dyeing")], happened_on=date(2021, 5, 1))
    article(home, "Silk three", happened_on=date(2021, 6, 1))
    article(thai_home, "ผ้าไหม silk", happened_on=date(2021, 5, 1))
    house.way_to(SectionPage, home=home, title="Sewing silk")
    return home


def test_each_facet_counts_pages_and_not_their_parts(house_of_silk: HomePage, indexed: Index, find: Find) -> None:
    indexed()
    found = find("q=silk")
    assert found.count == 5
    assert counts(found, "kind") == {"Lesson learned": 4, "Section of a manual": 1}
    assert counts(found, "language") == {"English": 4, "ไทย": 1}
    assert counts(found, "topic") == {"Weaving": 2, "Dyeing": 1}
    assert list(counts(found, "year").items()) == [("2021", 3), ("2020", 1)]
    assert counts(found, "audience") == {}


def test_the_choices_of_other_facets_hold_and_the_own_does_not(
    house_of_silk: HomePage, weaving: Topic, indexed: Index, find: Find
) -> None:
    indexed()
    found = find(f"q=silk&year=2021&topic={weaving.translation_key}")
    assert (titles(found), found.count) == (["Silk two"], 1)
    assert counts(found, "year") == {"2021": 1, "2020": 1}
    assert counts(found, "topic") == {"Weaving": 1, "Dyeing": 1}
    assert counts(found, "kind") == {}
    english = find("q=silk&language=en")
    assert counts(english, "language") == {"English": 4, "ไทย": 1}
    assert counts(english, "year") == {"2021": 2, "2020": 1}


def test_every_count_is_what_one_finds_who_takes_the_choice(
    house_of_silk: HomePage, indexed: Index, find: Find
) -> None:
    indexed()
    for start in ("q=silk", "q=silk&kind=article", "q=silk&language=en&year=2021"):
        for facet in find(start).facets:
            for choice in facet.choices:
                others = "&".join(part for part in start.split("&") if not part.startswith(f"{facet.name}="))
                assert find(f"{others}&{facet.name}={choice.value}").count == choice.count, (start, choice)


def test_a_choice_that_is_left_with_nothing_can_be_taken_back(
    house_of_silk: HomePage, weaving: Topic, indexed: Index, find: Find
) -> None:
    indexed()
    found = find(f"q=silk&topic={weaving.translation_key}&kind=section")
    assert found.count == 0
    chosen = {choice.name: choice.count for facet in found.facets for choice in facet.choices if choice.is_chosen}
    assert chosen == {"Weaving": 0, "Section of a manual": 0}


def test_topics_have_their_name_in_the_readers_language(
    house_of_silk: HomePage, weaving: Topic, indexed: Index, find: Find
) -> None:
    topic("การทอ", language="th", translation_key=weaving.translation_key)
    indexed()
    assert counts(find("q=silk", language="th"), "topic") == {"การทอ": 2, "Dyeing": 1}


def test_a_language_has_its_own_name_and_says_which_it_is(house_of_silk: HomePage, indexed: Index, find: Find) -> None:
    indexed()
    [languages] = [facet for facet in find("q=silk").facets if facet.name == "language"]
    assert {choice.value: choice.language for choice in languages.choices} == {"en": "", "th": "th"}


# --- the outsider --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "narrowing", ["", "&kind=article", "&year=1987", "&audience=2", "&language=th", "&topic={key}"]
)
def test_a_visitor_learns_nothing_of_a_hidden_page_from_facets(
    house_of_silk: HomePage, thai_home: HomePage, indexed: Index, find: Find, narrowing: str
) -> None:
    secret = topic("Confidential reorganisation")
    address = f"q=silk{narrowing.format(key=secret.translation_key)}"
    indexed()
    before = find(address)
    article(
        house_of_silk, "Silk for staff", topics=[secret], happened_on=date(1987, 1, 1), sensitivity=Sensitivity.STAFF
    )
    indexed()
    after = find(address)
    assert after.facets == before.facets
    assert after.count == before.count
    staff = find("q=silk", Role.AUTHOR)
    assert counts(staff, "year")["1987"] == 1
    assert counts(staff, "topic")["Confidential reorganisation"] == 1
    assert counts(staff, "audience") == {"Everybody": 5, "Staff": 1}
    assert titles(find(f"q=silk&topic={secret.translation_key}", Role.AUTHOR)) == ["Silk for staff"]
