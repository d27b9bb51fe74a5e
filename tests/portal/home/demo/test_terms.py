"""Are the terms of the demonstration whole, and the same after every loading?"""

import pytest

from portal.glossary.models import Concept, Definition, Wording, can_be_read
from portal.home.demo.terms import load_terms
from tests.factories.glossary import LANGUAGES, needs_the_word_list, word_list

pytestmark = pytest.mark.django_db


def test_loading_again_adds_nothing_and_leaves_what_staff_changed() -> None:
    assert load_terms() >= 20
    concept = Concept.objects.get(pk=35)
    concept.wordings.filter(language="en").update(text="agreement")
    before = list(Wording.objects.order_by("pk").values())
    assert load_terms() == 0
    assert list(Wording.objects.order_by("pk").values()) == before


def test_every_term_is_named_and_told_in_english_and_thai_and_all_languages_are_there() -> None:
    load_terms()
    for concept in Concept.objects.all():
        assert {"en", "th"} <= set(concept.wordings.values_list("language", flat=True)), concept
        assert set(concept.definitions.values_list("language", flat=True)) == {"en", "th"}, concept
    assert set(Wording.objects.values_list("language", flat=True)) == set(LANGUAGES)
    for wording in Wording.objects.all():
        can_be_read(wording.text)


def test_no_term_speaks_of_prey() -> None:
    load_terms()
    texts = [*Wording.objects.values_list("text", flat=True), *Definition.objects.values_list("text", flat=True)]
    assert not [text for text in texts if "เหยื่อ" in text]


@needs_the_word_list
def test_numbers_and_what_is_verified_are_those_of_the_fields_word_list() -> None:
    load_terms()
    rows = {int(row["id"]): row for row in word_list()}
    for wording in Wording.objects.all():
        row = rows[wording.concept_id]
        assert wording.text in row[wording.language], row
        assert wording.is_verified == (row.get(f"{wording.language}_status", "seen") == "seen"), row
