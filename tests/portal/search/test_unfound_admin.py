"""Who is told what was not found, and what can they do about it?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from lessons.articles.models import ArticlePage
from portal.glossary.models import Wording
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import unfound
from portal.search.models import Promotion, UnfoundWords
from tests.conftest import SignedIn
from tests.factories import house, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LIST = "portal_search_unfound"


def unfound_words(words: str, *, count: int = 11, language: str = "en", last: date | None = None) -> UnfoundWords:
    month = timezone.localdate().replace(day=1)
    return UnfoundWords.objects.create(
        digest=unfound.digest_of(words, language=language), language=language, count=count, since=month,
        words=words if count >= 11 else "", last=last or month,
    )  # fmt: skip


def listed(browser: Client, **parameters: str) -> list[str]:
    return [row.words for row in browser.get(reverse(LIST), parameters).context["object_list"]]


# --- who --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.CENTRE_MANAGER])
def test_whoever_can_mend_it_is_told(role: Role, signed_in: SignedIn) -> None:
    unfound_words("sari")
    browser = signed_in(role)
    assert listed(browser) == ["sari"]
    assert reverse(LIST) in browser.get("/admin/").content.decode()


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TRAINER, Role.CURATOR])
def test_nobody_else_is_told(role: Role, signed_in: SignedIn) -> None:
    unfound_words("sari")
    browser = signed_in(role)
    answer = browser.get(reverse(LIST), follow=True)
    assert "sari" not in answer.content.decode()
    if role != Role.LEARNER:
        assert reverse(LIST) not in browser.get("/admin/").content.decode()


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(reverse(LIST))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


# --- what -------------------------------------------------------------------------------------------------------
def test_fewer_than_eleven_are_not_listed_nor_counted(signed_in: SignedIn) -> None:
    unfound_words("sari", count=10)
    html = signed_in(Role.APPROVER).get(reverse(LIST)).content.decode()
    assert "sari" not in html
    assert "Nothing was searched eleven times without result." in html


def test_what_is_old_is_not_listed_even_if_nobody_deleted_it(signed_in: SignedIn) -> None:
    row = unfound_words("sari")
    UnfoundWords.objects.filter(pk=row.pk).update(since=date(2020, 1, 1))
    assert listed(signed_in(Role.APPROVER)) == []


@pytest.mark.parametrize(("count", "step"), [(11, "10"), (20, "10"), (21, "20"), (700, "500"), (5_000, "1,000")])
def test_numbers_are_rough(count: int, step: str, signed_in: SignedIn) -> None:
    unfound_words("sari", count=count)
    html = signed_in(Role.APPROVER).get(reverse(LIST)).content.decode()
    assert f"More than {step} times" in html
    assert f">{count}<" not in html


def test_the_list_is_sorted_as_one_likes(signed_in: SignedIn) -> None:
    for words, count, last in (("b", 12, date(2026, 3, 1)), ("a", 300, date(2026, 1, 1)), ("c", 60, date(2026, 2, 1))):
        unfound_words(words, count=count, last=last)
    browser = signed_in(Role.APPROVER)
    assert listed(browser) == ["a", "c", "b"]
    assert listed(browser, ordering="words") == ["a", "b", "c"]
    assert listed(browser, ordering="last") == ["a", "c", "b"]
    assert listed(browser, ordering="digest") == ["a", "c", "b"]


def test_months_are_written_in_the_era_of_the_reader(signed_in: SignedIn) -> None:
    unfound_words("sari", last=date(2026, 3, 1))
    person = people.make_person(Role.APPROVER)
    browser = signed_in(person=person)
    assert "March 2026" in browser.get(reverse(LIST)).content.decode()
    UserProfile.get_for_user(person)
    UserProfile.objects.filter(user=person).update(preferred_language="th")
    assert "มีนาคม 2569" in browser.get(reverse(LIST)).content.decode()


# --- what can be done -------------------------------------------------------------------------------------------
def test_an_approver_promotes_a_page_or_adds_a_term_with_the_words_filled_in(signed_in: SignedIn) -> None:
    unfound_words("ผ้าถุง", language="th")
    browser = signed_in(Role.APPROVER)
    html = browser.get(reverse(LIST)).content.decode()
    promote, define = (
        f"{reverse(f'wagtailsnippets_{name}:add')}?{sent}%E0%B8%9C%E0%B9%89%E0%B8%B2%E0%B8%96%E0%B8%B8%E0%B8%87"
        for name, sent in (("portal_search_promotion", "words="), ("portal_glossary_concept", "wording="))
    )
    assert promote in html
    assert f"{define}&amp;language=th" in html
    assert "ผ้าถุง</textarea>" in browser.get(promote).content.decode()
    added = browser.get(f"{define}&language=th").content.decode()
    assert 'value="ผ้าถุง"' in added
    assert '<option value="th" selected>' in added


def test_a_term_with_words_of_the_address_is_saved(signed_in: SignedIn) -> None:
    browser = signed_in(Role.APPROVER)
    add = f"{reverse('wagtailsnippets_portal_glossary_concept:add')}?wording=sari&language=en"
    shown = browser.get(add).context["form"].formsets["wordings"]
    sent = {f"wordings-{name}": str(shown.management_form[name].value()) for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    row = {"language": "en", "text": "sari", "id": "", "ORDER": "1", "DELETE": ""}
    empty = {f"definitions-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    rows = {f"wordings-0-{name}": value for name, value in row.items()}
    assert browser.post(add, {"note": "", **sent, **empty, **rows}).status_code == 302
    assert list(Wording.objects.values_list("language", "text")) == [("en", "sari")]


def test_who_may_not_is_told_whom_to_ask(signed_in: SignedIn) -> None:
    unfound_words("sari")
    html = signed_in(Role.AUTHOR).get(reverse(LIST)).content.decode()
    assert "?words=sari" not in html
    assert "?wording=sari" not in html
    assert "ask an approver" in html


def test_the_list_says_what_is_promoted_already(home: HomePage, signed_in: SignedIn) -> None:
    unfound_words("sari")
    Promotion.objects.create(page=house.way_to(ArticlePage, home=home), words="Saree\nSARI")
    html = signed_in(Role.APPROVER).get(reverse(LIST)).content.decode()
    assert "A page is promoted for these words." in html
    assert "?words=sari" not in html
