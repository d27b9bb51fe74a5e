"""Is a manual numbered, and its sections read in order?"""

import pytest
from django.core.exceptions import ValidationError

from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import ANYBODY, Sensitivity
from portal.home.models import HomePage
from tests.factories import house


@pytest.mark.parametrize("number", ["KP-SOP-012", "NK-SOP-999", "ABCDEFGH-SOP-001"])
def test_a_number_tells_the_centre_and_the_procedure(home: HomePage, number: str) -> None:
    manual = house.way_to(ManualPage, home=home)
    manual.number = number
    manual.full_clean()


@pytest.mark.parametrize("number", ["", "12", "KP-SOP-12", "kp-SOP-012", "KP-SOP-๐๑๒", "KP-SOP-012 ", "KP-SOP-012\n"])
def test_another_way_to_write_a_number_is_refused(home: HomePage, number: str) -> None:
    manual = house.way_to(ManualPage, home=home)
    manual.number = number
    with pytest.raises(ValidationError):
        manual.full_clean()


def test_sections_are_read_one_after_the_other_past_what_is_hidden(home: HomePage) -> None:
    first = house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    hidden = house.page(SectionPage, below=manual, sensitivity=Sensitivity.STAFF)
    last = house.page(SectionPage, below=manual)
    context = SectionPage.objects.get(pk=first.pk).extra_context(ANYBODY, surface="web")
    assert context["sections"] == [first, last]
    assert (context["previous"].pk, context["next"]) == (manual.pk, last)
    assert hidden not in context["sections"]
