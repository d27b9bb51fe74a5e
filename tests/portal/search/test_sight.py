"""Is what the index says of a page told only to those who may see the page now?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from lessons.articles.models import ArticlePage
from portal.base.audience import Audience, PageAudience, Sensitivity, Surface
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import asked, feeding, finding, suggesting
from portal.search.sight import sight_of
from tests.factories import house, people
from tests.factories.glossary import make_concept
from tests.portal.search.conftest import Asking, Find, titles

Index = Callable[[], int]
#: Who may see what, from nobody to those who may see everything.
LEVELS = {"public": Sensitivity.PUBLIC, "partner": Sensitivity.PARTNER, "staff": Sensitivity.STAFF,
          "restricted": Sensitivity.RESTRICTED}  # fmt: skip


def article(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title=title, **fields)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (None, ["public"]),
        (Role.LEARNER, ["partner", "public"]),
        (Role.AUTHOR, ["partner", "public", "staff"]),
        (Role.CURATOR, ["partner", "public", "staff"]),
        (Role.REVIEWER, ["partner", "public", "restricted", "staff"]),
        (Role.CENTRE_MANAGER, ["partner", "public", "restricted", "staff"]),
    ],
    ids=["visitor", "learner", "author", "curator", "reviewer", "manager"],
)
def test_each_role_finds_what_is_for_it(
    home: HomePage, indexed: Index, find: Find, asking: Asking, role: Role | None, allowed: list[str]
) -> None:
    for name, level in LEVELS.items():
        article(home, f"Silk {name}", sensitivity=level)
    indexed()
    roles = [role] if role else []
    found = find("q=silk", *roles)
    assert sorted(titles(found)) == [f"Silk {name}" for name in allowed]
    assert found.count == len(allowed)
    suggested = suggesting.suggest("silk", request=asking(*roles), language="en")
    assert sorted(one.text for one in suggested) == [f"Silk {name}" for name in allowed]
    audiences = next((facet.choices for facet in found.facets if facet.name == "audience"), ())
    assert [choice.count for choice in audiences] == ([1] * len(allowed) if len(allowed) > 1 else [])


def test_an_account_without_a_role_finds_what_visitors_find(home: HomePage, indexed: Index, asking: Asking) -> None:
    article(home, "Silk for partners", sensitivity=Sensitivity.PARTNER)
    indexed()
    request = asking()
    request.user = people.make_person()
    assert suggesting.suggest("silk", request=request, language="en") == []
    assert finding.find(asked.read(QueryDict("q=silk")), request=request, language="en").count == 0


def test_who_belongs_to_the_named_roles_finds_the_page_and_nobody_else(
    home: HomePage, indexed: Index, find: Find
) -> None:
    article(home, "Silk for curators", audience_roles=[Role.CURATOR])
    article(home, "Silk in the room", surfaces=[Surface.KIOSK])
    indexed()
    assert titles(find("q=silk", Role.CURATOR)) == ["Silk for curators"]
    assert titles(find("q=silk", Role.REVIEWER)) == titles(find("q=silk")) == []


def _hide(page: ArticlePage) -> None:
    page.sensitivity = Sensitivity.STAFF
    page.save()


def _rename(page: ArticlePage) -> None:
    page.title = "Cotton"
    page.save()


@pytest.mark.parametrize("change", [ArticlePage.unpublish, _hide, ArticlePage.delete, _rename])
def test_a_page_with_a_waiting_change_is_nowhere_until_it_is_written(
    home: HomePage, indexed: Index, find: Find, asking: Asking, change: Callable[[ArticlePage], Any]
) -> None:
    page = article(home, "Silk of Nakhonbobbin", happened="The threadbarexy weft.")
    other = article(home, "Silk for all")
    indexed()
    assert find("q=silk").count == 2
    change(page)
    found = find("q=silk")
    assert (titles(found), found.count) == (["Silk for all"], 1)
    assert {choice.count for facet in found.facets for choice in facet.choices} <= {1}
    assert [one.text for one in suggesting.suggest("silk", request=asking(), language="en")] == ["Silk for all"]
    assert suggesting.suggest("nakhon", request=asking(), language="en") == []
    assert find("q=threadbarexz").did_you_mean == ()
    assert find("q=nakhonbobbim").did_you_mean == ()
    indexed()
    assert titles(find("q=silk")) == [other.title]


def test_what_waits_to_be_shown_is_shown_once_it_is_written(home: HomePage, indexed: Index, find: Find) -> None:
    page = article(home, "Silk for some", sensitivity=Sensitivity.STAFF)
    indexed()
    page.sensitivity = Sensitivity.PUBLIC
    page.save()
    assert find("q=silk").count == 0
    indexed()
    assert titles(find("q=silk")) == ["Silk for some"]


def test_a_term_with_a_waiting_change_is_nowhere_until_it_is_written(
    home: HomePage, indexed: Index, find: Find
) -> None:
    concept = make_concept(en="Silk reeling")
    indexed()
    assert titles(find("q=reeling")) == ["Silk reeling"]
    concept.delete()
    assert find("q=reeling").count == 0
    indexed()
    assert find("q=reeling").count == 0


def test_an_audience_that_another_process_made_is_noticed(home: HomePage, indexed: Index, find: Find) -> None:
    page = article(home, "Silk")
    indexed()
    assert find("q=silk").count == find("q=silk", Role.AUTHOR).count == 1
    # Not by for_limits(), which would tell this process.
    staff_on_the_web = Audience.objects.create(sensitivity=Sensitivity.STAFF, surfaces=Surface.WEB)
    PageAudience.objects.filter(page=page).update(audience=staff_on_the_web)
    feeding.note(page)
    indexed()
    assert find("q=silk", Role.AUTHOR).count == 1
    assert find("q=silk", Role.LEARNER).count == find("q=silk").count == 0


def test_without_an_audience_nobody_finds_a_page(home: HomePage, indexed: Index, find: Find) -> None:
    page = article(home, "Silk")
    PageAudience.objects.filter(page=page).delete()
    indexed()
    assert find("q=silk").count == find("q=silk", Role.REVIEWER).count == 0


def test_the_pages_of_a_sight_are_asked_for_at_once(
    home: HomePage, indexed: Index, asking: Asking, django_assert_num_queries: Any
) -> None:
    pages = [article(home, f"Silk {number}") for number in range(5)]
    hidden = article(home, "Silk for staff", sensitivity=Sensitivity.STAFF)
    indexed()
    sight = sight_of(asking())
    with django_assert_num_queries(1):
        found = sight.pages([-3, 0, hidden.pk, *(page.pk for page in pages)])
    assert set(found) == {page.pk for page in pages}
    with django_assert_num_queries(0):
        assert sight.pages([-3]) == {}
