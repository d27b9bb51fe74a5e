"""Who chooses promoted results, and what does the form say?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.articles.models import ArticlePage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search.models import Promotion
from tests.conftest import SignedIn
from tests.factories import house

pytestmark = pytest.mark.django_db

ADD, EDIT, LIST, DELETE = (
    f"wagtailsnippets_portal_search_promotion:{view}" for view in ("add", "edit", "list", "delete")
)
KEEPERS = [Role.APPROVER, Role.CENTRE_MANAGER]
READERS = [Role.AUTHOR, Role.REVIEWER]
OTHERS = [Role.TRAINER, Role.CURATOR]


@pytest.fixture
def page(home: HomePage) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title="How we listen")


def form(page: ArticlePage, words: str = "interview", **fields: str) -> dict[str, str]:
    return {"words": words, "page": str(page.pk), "until": "", "note": "", **fields}


# --- who --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", KEEPERS)
def test_who_may_publish_for_all_adds_changes_and_deletes(role: Role, page: ArticlePage, signed_in: SignedIn) -> None:
    browser = signed_in(role)
    assert browser.post(reverse(ADD), form(page, is_for_longer="on")).status_code == 302
    promotion = Promotion.objects.get()
    assert (promotion.words, promotion.page_id, promotion.is_for_longer) == ("interview", page.pk, True)
    assert browser.post(reverse(EDIT, args=[promotion.pk]), form(page, "talk")).status_code == 302
    promotion.refresh_from_db()
    assert promotion.words == "talk"
    browser.post(reverse(DELETE, args=[promotion.pk]))
    assert not Promotion.objects.exists()


@pytest.mark.parametrize("role", READERS)
def test_who_writes_reads_the_list_and_changes_nothing(role: Role, page: ArticlePage, signed_in: SignedIn) -> None:
    promotion = Promotion.objects.create(page=page, words="interview")
    browser = signed_in(role)
    html = browser.get(reverse(LIST)).content.decode()
    assert "interview" in html
    assert "How we listen" in html
    for address in (reverse(ADD), reverse(EDIT, args=[promotion.pk]), reverse(DELETE, args=[promotion.pk])):
        assert browser.post(address, form(page, "other")).status_code in (302, 403)
    promotion.refresh_from_db()
    assert (promotion.words, Promotion.objects.count()) == ("interview", 1)


@pytest.mark.parametrize("role", [*OTHERS, Role.LEARNER])
def test_others_do_not_even_see_the_list(role: Role, page: ArticlePage, signed_in: SignedIn) -> None:
    Promotion.objects.create(page=page, words="interview")
    answer = signed_in(role).get(reverse(LIST), follow=True)
    assert "interview" not in answer.content.decode()


def test_a_visitor_is_asked_to_sign_in(home: HomePage, client: Client) -> None:
    answer = client.get(reverse(LIST))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_list_names_no_page_to_whom_it_is_hidden(page: ArticlePage, signed_in: SignedIn) -> None:
    page.sensitivity = Sensitivity.RESTRICTED
    page.save_revision().publish()
    Promotion.objects.create(page=page, words="interview")
    html = signed_in(Role.AUTHOR).get(reverse(LIST)).content.decode()
    assert "How we listen" not in html
    assert "A page that you may not see" in html
    assert "How we listen" in signed_in(Role.APPROVER).get(reverse(LIST)).content.decode()


# --- the form ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "This field is required."),
        (" \n ", "This field is required."),
        ("interview\n???", "There is no word in “???”."),
        ("m" * 201, "is longer than a question can be: 200 letters."),
        ("\n".join(f"word {number}" for number in range(41)), "These are more than 40 wordings."),
        ("ေက်းဇူး", "written for the Zawgyi font"),
    ],
    ids=["nothing", "blank", "no-word", "long", "many", "zawgyi"],
)
def test_what_is_wrong_is_said_in_plain_words(
    words: str, sentence: str, page: ArticlePage, signed_in: SignedIn
) -> None:
    answer = signed_in(Role.APPROVER).post(reverse(ADD), form(page, words))
    assert sentence in answer.content.decode()
    assert not Promotion.objects.exists()


def test_words_are_kept_tidy(page: ArticlePage, signed_in: SignedIn) -> None:
    signed_in(Role.APPROVER).post(reverse(ADD), form(page, " first   talk \r\n\r\nการสัมภาษณ์\r\nfirst talk"))
    assert Promotion.objects.get().words == "first talk\nการสัมภาษณ์"


def test_words_of_the_address_are_filled_in(home: HomePage, signed_in: SignedIn) -> None:
    answer = signed_in(Role.APPROVER).get(reverse(ADD), {"words": "<b>silk"})
    assert "&lt;b&gt;silk</textarea>" in answer.content.decode().replace("\n", "")


def test_the_list_says_whether_readers_are_shown_it(page: ArticlePage, signed_in: SignedIn) -> None:
    today = timezone.localdate()
    draft = house.page(ArticlePage, below=page.get_parent(), title="A draft", live=False)
    Promotion.objects.create(page=page, words="one\ntwo\nthree")
    Promotion.objects.create(page=draft, words="four")
    Promotion.objects.create(page=page, words="five", until=today - timedelta(days=1))
    Promotion.objects.create(page=page, words="six", until=today)
    html = signed_in(Role.APPROVER).get(reverse(LIST)).content.decode()
    for sentence in ("one, and 2 more", "Now", "When the page is published", "No longer since", "Until "):
        assert sentence in html
