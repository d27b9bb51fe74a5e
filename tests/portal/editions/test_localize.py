"""What does somebody see who publishes the translation of a page that is only issued in editions?"""

from typing import Any

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from lessons.manuals.models import ManualPage
from portal.editions import gate
from portal.home.models import HomePage
from tests.conftest import SignedIn
from tests.factories.editions import Trio, make_trio, write_manual
from tests.factories.people import administrator


# Wagtail-localize publishes after the commit, which no test ever reaches inside a transaction.
@pytest.mark.django_db(transaction=True)
def test_publishing_a_translation_says_why_not_and_is_no_fault_of_the_server(
    home: HomePage, thai_home: HomePage, signed_in: SignedIn
) -> None:
    thai = translated(thai_home, trio=make_trio())
    client = signed_in(person=administrator())
    address = reverse("wagtailadmin_pages:edit", args=[thai.pk])
    answer: Any = client.post(address, {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    assert [str(message) for message in answer.context["messages"]]
    assert not ManualPage.objects.get(pk=thai.pk).live


def translated(thai_home: HomePage, *, trio: Trio) -> ManualPage:
    """A Thai manual, kept as a draft, that is still translated piece by piece."""
    manual = write_manual(by=trio.author, sections=0)
    for page in (manual.get_parent().specific, manual):
        source, _created = TranslationSource.get_or_create_from_instance(page)
        translation = Translation.objects.create(source=source, target_locale=thai_home.locale)
        with gate.opened():
            translation.save_target(user=trio.author, publish=page != manual)
    return ManualPage.objects.get(locale=thai_home.locale)
