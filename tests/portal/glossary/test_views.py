"""What does a reader see of the glossary?"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.glossary.models import Concept, Wording
from portal.home.models import HomePage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.glossary import make_concept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def page(language: str = "en", browser: Client | None = None) -> str:
    response = (browser or Client()).get(f"/{language}/glossary/")
    assert response.status_code == 200
    return str(response.content.decode())


def titles(html: str) -> list[str]:
    return re.findall(r'class="term__title"[^>]*>([^<]*)<', html)


def test_terms_stand_in_the_order_of_the_readers_alphabet() -> None:
    make_concept(en="silk", th="ผ้าไหม")
    make_concept(en="Consent", th="เด็ก")
    make_concept(en="debt bondage", th="การคุ้มครอง")
    assert titles(page()) == ["Consent", "debt bondage", "silk"]
    assert titles(page("th")) == ["การคุ้มครอง", "เด็ก", "ผ้าไหม"]


def test_every_page_has_the_anchor_of_every_term_also_without_a_wording_in_its_language() -> None:
    make_concept(number=35, th="ความยินยอม")
    for language in ("en", "th", "lo", "my", "km", "vi"):
        html = page(language)
        assert 'id="term-35"' in html
        assert ('lang="th">ความยินยอม' in html) == (language != "th")


def test_words_of_other_languages_say_their_language() -> None:
    make_concept(en="consent", th="ความยินยอม", vi="sự đồng ý")
    html = page()
    assert '<span lang="th">ความยินยอม</span>' in html
    assert '<span lang="vi">sự đồng ý</span>' in html


def test_what_nobody_has_verified_is_marked() -> None:
    concept = make_concept(en="consent")
    assert '<span class="tag">not yet verified' not in page()
    Wording.objects.create(concept=concept, language="vi", text="đồng ý", is_verified=False)
    assert page().count('<span class="tag">not yet verified') == 1


def test_a_meaning_is_told_in_the_readers_language_or_says_in_which() -> None:
    make_concept(en="consent", th="ความยินยอม", meanings={"en": "A free yes.", "th": "การตกลงโดยอิสระ"})
    assert "A free yes." in page()
    assert "การตกลงโดยอิสระ" in page("th")
    assert '<p class="term__meaning" lang="en">A free yes.' in page("lo")


def test_what_staff_wrote_is_text_and_never_markup() -> None:
    make_concept(en="<script>alert(1)</script>", meanings={"en": "<img src=x>"})
    assert "<script>alert" not in page()
    assert "<img src=x>" not in page()


def test_the_note_for_staff_is_not_published() -> None:
    concept = make_concept(en="consent")
    Concept.objects.filter(pk=concept.pk).update(note="Ask the lawyer")
    assert "Ask the lawyer" not in page()


def test_an_empty_glossary_shows_a_way_on() -> None:
    html = page()
    assert "There are no terms yet" in html
    assert 'href="/en/search/"' in html


def test_it_costs_as_many_queries_with_many_terms_as_with_one() -> None:
    make_concept(en="consent", th="ความยินยอม", meanings={"en": "A free yes."})
    page()
    one = queries()
    for number in range(20):
        make_concept(en=f"term {number}", th="คำ", meanings={"en": "It means something."})
    assert queries() == one


def queries() -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        page()
    return len(counted)


def test_somebody_who_is_signed_in_gets_a_page_that_no_one_else_keeps(signed_in: SignedIn, home: HomePage) -> None:
    browser = signed_in(Role.LEARNER)
    assert browser.get("/en/glossary/").headers["Cache-Control"] == "private, no-store"
    assert Client().get("/en/glossary/").headers["Cache-Control"] == "no-cache"


def test_the_glossary_is_read_and_not_written() -> None:
    assert Client().post("/en/glossary/").status_code == 405
