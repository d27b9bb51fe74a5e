"""Does the index learn what has changed in the glossary?"""

import pytest
from django.db import transaction

from portal.glossary.models import Concept, Definition
from portal.search import glossary_changes
from portal.search.models import Change
from tests.factories.glossary import make_concept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connected() -> None:
    glossary_changes.connect()


def noted() -> set[str]:
    found = set(Change.objects.values_list("owner", flat=True))
    Change.objects.all().delete()
    return found


def test_a_new_wording_concerns_its_term_and_what_all_documents_hold() -> None:
    make_concept(number=35, en="consent")
    assert noted() == {"portal_glossary.concept:35", Change.EVERYTHING}


def test_a_definition_concerns_its_term_alone() -> None:
    concept = make_concept(number=35, en="consent")
    noted()
    Definition.objects.create(concept=concept, language="en", text="A free yes.")
    assert noted() == {"portal_glossary.concept:35"}


def test_a_term_that_is_deleted_is_noted_in_the_transaction_that_deletes_it() -> None:
    concept = make_concept(number=35, en="consent")
    noted()
    with transaction.atomic():
        Concept.objects.get(pk=concept.pk).delete()
        transaction.set_rollback(True)
    assert noted() == set()
    concept.delete()
    assert noted() == {"portal_glossary.concept:35", Change.EVERYTHING}
