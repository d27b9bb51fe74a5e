"""Do authors hear what readers still wait for before they propose, and nobody else?"""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.manuals.models import Remark, SectionPage
from lessons.manuals.reading.hints import remarks_that_wait
from lessons.manuals.reading.remarks import Spot, answer, remark
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.editions import Trio, issued_manual
from tests.factories.people import make_person

WORDS = "Whom do I call at night?"


@pytest.fixture
def remarked(trio: Trio) -> Any:
    """A manual, on whose first section a learner has remarked."""
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    remark(section, Spot("", "The whole section"), text=WORDS, by=make_person(Role.LEARNER), at=timezone.now())
    return manual


def test_open_remarks_stand_on_the_screen_on_which_an_edition_is_proposed(
    remarked: Any, trio: Trio, signed_in: SignedIn
) -> None:
    address = reverse("portal_editions_admin:propose", args=[remarked.pk])
    shown = signed_in(person=trio.author).get(address).content.decode()
    assert WORDS in shown
    [hint] = remarks_that_wait(remarked.translation_key, trio.author)
    assert hint.url in shown
    assert signed_in(person=trio.author).get(hint.url).status_code == 200


def test_a_remark_that_was_answered_waits_no_more(remarked: Any, trio: Trio) -> None:
    answer(Remark.objects.get(), text="The number stands there now.", by=trio.author, at=timezone.now())
    assert list(remarks_that_wait(remarked.translation_key, trio.author)) == []


@pytest.mark.parametrize("role", [Role.LEARNER, Role.CURATOR, Role.CENTRE_MANAGER])
def test_who_writes_for_no_centre_reads_no_remark(remarked: Any, role: Role) -> None:
    assert list(remarks_that_wait(remarked.translation_key, make_person(role))) == []
