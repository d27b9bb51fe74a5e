"""Whose are saved searches? Of the person who keeps them, and nobody else's."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role
from portal.search import saved_searches
from portal.search.asked import read
from portal.search.models import SavedSearch
from portal.search.saved_searches import UnableToSave
from tests.conftest import SignedIn
from tests.factories import people

SEARCH = "q=silk&kind=section"
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def learner(db: None) -> User:
    return people.make_person(Role.LEARNER)


def keep(person: User, query: str = SEARCH, *, name: str = "Silk") -> SavedSearch:
    return saved_searches.save(read_query(query), name=name, by=person, at=timezone.now())


def read_query(query: str) -> Any:
    return read(QueryDict(query))


def post(browser: Client, address: str, **fields: str) -> Any:
    return browser.post(f"/en/search/saved/{address}", fields, follow=True)


# --- keeping -------------------------------------------------------------------------------------------------
def test_a_learner_saves_a_search_and_finds_it_again(signed_in: SignedIn, learner: User) -> None:
    browser = signed_in(person=learner)
    answer = post(browser, "add/", name="Silk in the manuals", search=SEARCH)
    assert answer.redirect_chain[-1][0] == f"/en/search/?{SEARCH}"
    assert "Silk in the manuals" in answer.content.decode()
    listed = browser.get("/en/search/saved/").content.decode()
    assert "Silk in the manuals" in listed
    assert 'href="/en/search/?q=silk&amp;kind=section"' in listed
    assert 'href="/th/search/?q=silk&amp;kind=section"' in browser.get("/th/search/saved/").content.decode()


def test_the_same_search_saved_twice_is_one_with_the_newer_name(learner: User) -> None:
    first, second = keep(learner, name="Silk"), keep(learner, "kind=section&q=silk&page=4&sort=relevance", name="Cloth")
    assert first.pk == second.pk
    assert SavedSearch.objects.of(learner).get().name == "Cloth"


def test_another_order_or_facet_is_another_search(learner: User) -> None:
    for query in (SEARCH, "q=silk", f"{SEARCH}&sort=date", f"{SEARCH}&language=th", "q=silks&kind=section"):
        keep(learner, query)
    assert SavedSearch.objects.of(learner).count() == 5


def test_the_page_says_that_a_search_is_kept(signed_in: SignedIn, learner: User) -> None:
    keep(learner, "q=silk", name="All about silk")
    browser = signed_in(person=learner)
    assert "You keep this search as “All about silk”." in browser.get("/en/search/?q=silk").content.decode()
    assert "All about silk" not in browser.get("/en/search/?q=silk&sort=date").content.decode()


def test_a_name_is_proposed_from_the_words_and_what_narrows_them(signed_in: SignedIn, learner: User) -> None:
    answer = signed_in(person=learner).get("/en/search/?q=silk&language=th").content.decode()
    assert 'value="silk · ไทย"' in answer


def test_a_long_name_is_not_cut_between_a_letter_and_its_marks() -> None:
    name = saved_searches.proposed_name(read_query("q=aa" + "น้ำ" * 50), [])
    assert name == "aa" + "น้ำ" * 39


def test_nothing_is_kept_where_nothing_was_asked(signed_in: SignedIn, learner: User) -> None:
    answer = post(signed_in(person=learner), "add/", name="Empty", search="kind=section").content.decode()
    assert "Search for something first" in answer
    assert not SavedSearch.objects.exists()


def test_fifty_searches_are_enough(learner: User) -> None:
    for number in range(saved_searches.MOST_SAVED):
        keep(learner, f"q=silk+{number}")
    with pytest.raises(UnableToSave, match="50"):
        keep(learner, "q=one+more")
    keep(learner, "q=silk+7", name="A better name")
    assert SavedSearch.objects.of(learner).count() == saved_searches.MOST_SAVED
    keep(people.make_person(), "q=one+more")


def test_a_learner_renames_and_deletes(signed_in: SignedIn, learner: User) -> None:
    browser, kept = signed_in(person=learner), keep(learner)
    assert "Cloth" in post(browser, f"{kept.pk}/rename/", name="  Cloth ").content.decode()
    post(browser, f"{kept.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "a" * 121, "a\x00b"])
def test_a_name_is_neither_empty_nor_endless(signed_in: SignedIn, learner: User, name: str) -> None:
    browser, kept = signed_in(person=learner), keep(learner)
    assert post(browser, f"{kept.pk}/rename/", name=name).status_code == 200
    assert post(browser, "add/", name=name, search="q=other").status_code == 200
    assert [search.name for search in SavedSearch.objects.all()] == ["Silk"]


@pytest.mark.parametrize("search", ["", "%", "q=%00", "q=" + "ก" * 200, "&&&=", "q=a" + "&x=y" * 900, "q=%ed%a0%80"])
def test_no_form_breaks_saving(signed_in: SignedIn, learner: User, search: str) -> None:
    assert post(signed_in(person=learner), "add/", name="Name", search=search).status_code == 200


# --- the outsider --------------------------------------------------------------------------------------------
def test_nobody_else_is_shown_a_saved_search(signed_in: SignedIn, learner: User) -> None:
    kept = keep(learner, name="A private matter")
    for roles in ([], [Role.TRAINER], [Role.CENTRE_MANAGER]):
        other = signed_in(*roles)
        for address in ("/en/search/saved/", f"/en/search/?{SEARCH}", "/en/my-learning/"):
            assert "A private matter" not in other.get(address).content.decode()
        for address in (f"/en/search/saved/{kept.pk}/rename/", f"/en/search/saved/{kept.pk}/delete/"):
            assert other.post(address, {"name": "Taken"}).status_code == 404
    assert SavedSearch.objects.get().name == "A private matter"


def test_a_verb_refuses_what_belongs_to_somebody_else(learner: User) -> None:
    kept, other = keep(learner), people.make_person()
    with pytest.raises(UnableToSave):
        saved_searches.rename(kept, name="Taken", by=other)
    with pytest.raises(UnableToSave):
        saved_searches.delete(kept, by=other)
    assert SavedSearch.objects.get().name == "Silk"


def test_a_visitor_is_neither_shown_nor_offered_anything(client: Client, learner: User) -> None:
    kept = keep(learner)
    for address in ("", "add/", f"{kept.pk}/rename/", f"{kept.pk}/delete/"):
        for answer in (client.get(f"/en/search/saved/{address}"), client.post(f"/en/search/saved/{address}")):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/en/accounts/login/")
    assert "save_search" not in client.get("/en/search/?q=silk").content.decode()
    assert "search/saved" not in client.get("/en/search/?q=silk").content.decode()


def test_saved_searches_go_with_the_account(learner: User) -> None:
    keep(learner)
    kept = keep(people.make_person())
    learner.delete()
    assert list(SavedSearch.objects.all()) == [kept]


def test_no_list_of_the_staff_knows_of_saved_searches() -> None:
    assert SavedSearch not in get_snippet_models()
    assert not any(getattr(viewset, "model", None) is SavedSearch for viewset in viewsets.viewsets)
    assert set(SavedSearch.classification.values()) == {"personal"}


def test_no_cache_keeps_a_saved_search(signed_in: SignedIn, learner: User) -> None:
    browser, kept = signed_in(person=learner), keep(learner)
    answers = [browser.get("/en/search/saved/"), browser.post(f"/en/search/saved/{kept.pk}/rename/", {"name": "Cloth"})]
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


def test_saved_searches_stand_on_my_learning_for_their_owner_only(signed_in: SignedIn, learner: User) -> None:
    for number in range(7):
        keep(learner, f"q=silk+{number}", name=f"Silk {number}")
    own = signed_in(person=learner).get("/en/my-learning/").content.decode()
    assert own.count("/en/search/?q=silk") == 5
    assert "Show all saved searches" in own
    assert "/en/search/?q=silk" not in signed_in().get("/en/my-learning/").content.decode()


def test_the_list_asks_as_often_however_many_there_are(
    signed_in: SignedIn, learner: User, django_assert_max_num_queries: Any, home: HomePage
) -> None:
    browser = signed_in(person=learner)
    for number in range(12):
        keep(learner, f"q=silk+{number}")
    browser.get("/en/search/saved/")
    with django_assert_max_num_queries(10):
        browser.get("/en/search/saved/")
