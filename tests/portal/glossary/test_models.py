"""Does every term have a number that stays?"""

import pytest
from django.core.exceptions import ValidationError

from portal.glossary.models import Concept, Wording, can_be_read
from tests.factories.glossary import make_concept

pytestmark = pytest.mark.django_db


def test_terms_are_numbered_one_after_the_other() -> None:
    make_concept(number=56, en="welfare")
    assert make_concept(en="trust").number == 57
    assert make_concept(en="patience").number == 58


def test_a_number_that_is_taken_is_never_given_to_another_term() -> None:
    make_concept(number=1, en="consent")
    newcomer = make_concept(en="referral")
    assert {concept.number: str(concept) for concept in Concept.objects.all()} == {
        1: "consent",
        newcomer.number: "referral",
    }


def test_a_term_calls_itself_as_the_sites_first_language_does() -> None:
    assert str(make_concept(th="ความยินยอม", en="consent")) == "consent"
    assert str(make_concept(th="ล่าม")) == "ล่าม"
    assert str(Concept(number=9)) == "#9"


def test_wordings_go_with_their_term() -> None:
    make_concept(en="consent", th="ความยินยอม").delete()
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["ေက်းဇူး", "abc\u202edef", "two\nlines", "zero\0"],
    ids=["zawgyi", "bidirectional", "line-break", "nul"],
)
def test_what_nobody_can_read_is_no_wording(text: str) -> None:
    with pytest.raises(ValidationError):
        can_be_read(text)


@pytest.mark.parametrize("text", ["သဘောတူညီချက်", "ကျေးဇူး", "မေတ္တာ", "sự đồng ý", "ជនរងគ្រោះ"])
def test_what_is_written_in_unicode_is_a_wording(text: str) -> None:
    can_be_read(text)
