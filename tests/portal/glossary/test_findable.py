"""Does search learn of every term, in every language that names it?"""

import pytest

from portal.glossary.findable import entries
from portal.glossary.models import Concept
from tests.factories.glossary import make_concept

pytestmark = pytest.mark.django_db


def test_a_term_is_found_in_every_language_that_has_a_name_for_it() -> None:
    make_concept(number=35, en="consent|permission", th="ความยินยอม", meanings={"en": "A free yes.", "lo": "ແມ່ນ"})
    found = {entry.language: entry for entry in entries()}
    assert set(found) == {"en", "th"}
    assert found["en"].title == "consent"
    assert found["en"].text == "consent\npermission\nA free yes."
    assert found["th"].text == "ความยินยอม"
    assert found["th"].url == "/th/glossary/#term-35"
    assert {(entry.pk, entry.anchor) for entry in found.values()} == {(35, "term-35")}


def test_only_the_terms_that_are_asked_for_are_told_and_none_that_is_gone() -> None:
    make_concept(number=1, en="risk")
    make_concept(number=2, en="silk")
    Concept.objects.create(number=3)
    assert [entry.pk for entry in entries([2, 3, 99])] == [2]
    assert list(entries([])) == []
