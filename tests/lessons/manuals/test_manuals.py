"""Is a manual numbered, and does its page show readers what is theirs to see, in few queries?"""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.articles.models import ArticlePage
from lessons.manuals.forms import ManualPageForm
from lessons.manuals.models import ManualPage, SectionPage
from lessons.manuals.structure import drafts_of, missing
from portal.base.audience import ANYBODY, Sensitivity
from portal.editions import gate
from portal.home.models import HomePage
from portal.people.models import Centre
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.people import make_person
from tests.lessons.manuals.written import decision, raw, step, way


@pytest.fixture(autouse=True)
def _opened() -> Any:
    """The house is built with live pages; who may make a manual live is told in tests/portal/editions."""
    with gate.opened():
        yield


@pytest.fixture
def manual(home: HomePage) -> ManualPage:
    return house.way_to(ManualPage, home=home)


@pytest.mark.parametrize("number", ["KP-SOP-012", "NK-SOP-999", "ABCDEFGH-SOP-001"])
def test_a_number_tells_the_centre_and_the_procedure(manual: ManualPage, number: str) -> None:
    manual.number = number
    manual.full_clean()


@pytest.mark.parametrize("number", ["", "12", "KP-SOP-12", "kp-SOP-012", "KP-SOP-๐๑๒", "KP-SOP-012 ", "KP-SOP-012\n"])
def test_another_way_to_write_a_number_is_refused(manual: ManualPage, number: str) -> None:
    manual.number = number
    with pytest.raises(ValidationError):
        manual.full_clean()


def test_a_manual_of_a_centre_begins_with_its_code(manual: ManualPage) -> None:
    manual.centre = Centre.objects.create(name="Nakhon", code="NK")
    with pytest.raises(ValidationError, match="NK-SOP-"):
        manual.full_clean()


def test_no_other_manual_has_the_number_but_its_translation_has(manual: ManualPage, thai_home: HomePage) -> None:
    thai = house.way_to(ManualPage, home=thai_home, translation_key=manual.translation_key)
    thai.full_clean()
    other = house.page(ManualPage, below=manual.get_parent(), number="KP-SOP-002")
    other.number = manual.number
    with pytest.raises(ValidationError, match="Another manual"):
        other.full_clean()


def test_a_copy_gets_a_number_of_its_own(manual: ManualPage) -> None:
    copy = manual.copy(update_attrs={"title": "Copy", "slug": "copy"})
    assert ManualPage.objects.get(pk=copy.pk).number == "KP-SOP-002"


def test_a_new_manual_is_offered_the_next_number_of_its_author_s_centre(manual: ManualPage) -> None:
    author = make_person(Role.AUTHOR)
    centre = author.memberships.get().centre
    house.page(ManualPage, below=manual.get_parent(), number=f"{centre.code}-SOP-041")
    form = ManualPage.get_edit_handler().get_form_class()(instance=ManualPage(), for_user=author)
    assert isinstance(form, ManualPageForm)
    assert (form.initial["number"], form.initial["centre"]) == (f"{centre.code}-SOP-042", centre.pk)


def test_only_staff_are_offered_to_look_after_a_manual(manual: ManualPage) -> None:
    learner, author = make_person(Role.LEARNER), make_person(Role.AUTHOR)
    form: Any = ManualPage.get_edit_handler().get_form_class()(instance=manual, for_user=author)
    offered = form.fields["review_owner"].queryset
    assert author in offered
    assert learner not in offered


def test_sections_are_read_one_after_the_other_past_what_is_hidden(home: HomePage) -> None:
    first = house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    hidden = house.page(SectionPage, below=manual, sensitivity=Sensitivity.STAFF)
    last = house.page(SectionPage, below=manual)
    context = SectionPage.objects.get(pk=first.pk).extra_context(ANYBODY, surface="web")
    assert context["sections"] == [first, last]
    assert (context["previous"].pk, context["next"]) == (manual.pk, last)
    assert hidden not in context["sections"]


def queries_of(client: Client, address: str) -> list[str]:
    """What a page asks that is not kept, when what can be remembered is remembered."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{address}?again").status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_a_manual_of_many_sections_asks_no_more_than_one_of_three(client: Client, manual: ManualPage) -> None:
    body = json.dumps([step("Greet her"), decision("Safe?", way("Yes", "end"), way("No", "end"))])
    for _number in range(3):
        house.page(SectionPage, below=manual, body=body)
    address = str(manual.get_url())
    few = queries_of(client, address)
    for _number in range(27):
        house.page(SectionPage, below=manual, body=body)
    many = queries_of(client, address)
    assert len(many) == len(few)
    assert not any('"manuals_sectionpage"."body"' in sql for sql in many)


def test_the_page_shows_what_to_do_first(client: Client, manual: ManualPage) -> None:
    manual.emergency = [raw("emergency", "e", title="Danger", actions=["<p>Stay with her.</p>"], then="The nurse")]
    manual.sources = [raw("source", "s", source="The Act", article="6", says="What it is.", checked_on="2026-10-05")]
    manual.review_by = date(2020, 1, 1)
    manual.save()
    shown = client.get(str(manual.get_url())).content.decode()
    assert shown.index("was to be reviewed by") < shown.index("Stay with her.") < shown.index("Legal basis</h2>")
    assert "5 October 2026" in shown
    assert "style=" not in shown


def test_a_decision_is_drawn_and_told_with_the_numbers_that_readers_see(client: Client, manual: ManualPage) -> None:
    listen = step("Listen")
    asked = decision("Is she safe?", way("Not yet", "step", step=listen["id"]), way("Yes", "end"))
    section = house.page(SectionPage, below=manual, body=json.dumps([listen, asked]))
    shown = client.get(str(section.get_url())).content.decode()
    assert f'<a href="#{section.steps[0].anchor}">Go back to step 1: Listen</a>' in shown
    assert 'role="img"' in shown
    assert "Step 2:" in shown


def test_a_visitor_learns_nothing_of_a_hidden_section_that_a_way_leads_to(client: Client, manual: ManualPage) -> None:
    hidden = house.page(SectionPage, below=manual, title="Threats", sensitivity=Sensitivity.STAFF)
    asked = decision("Is she safe?", way("No", "section", section=hidden.pk), way("Yes", "end"))
    section = house.page(SectionPage, below=manual, body=json.dumps([asked]))
    shown = client.get(str(section.get_url())).content.decode()
    assert "Threats" not in shown
    assert "Go on with another section." in shown


def test_related_lessons_are_shown_to_whom_they_are_for(client: Client, home: HomePage, manual: ManualPage) -> None:
    open_one = house.way_to(ArticlePage, home=home, title="An open lesson")
    hidden = house.page(ArticlePage, below=open_one.get_parent(), title="A lesson for staff", sensitivity=2)
    manual.related = [raw("related", f"r{page.pk}", page=page.pk, why="Why") for page in (open_one, hidden)]
    manual.save()
    shown = client.get(str(manual.get_url())).content.decode()
    assert "An open lesson" in shown
    assert "A lesson for staff" not in shown


def test_what_is_found_in_a_manual_leads_to_its_place_and_the_quiz_is_not_found(manual: ManualPage) -> None:
    manual.legal_basis = "In words."
    manual.sources = [raw("source", "s", source="The Act", article="6", says="What it is.", checked_on=None)]
    manual.definitions = [raw("definition", "d", term="Case manager", meaning="<p>One person.</p>")]
    manual.quiz = [raw("question", "q", question="Which answer?", answers=[], why="")]
    places = {part.anchor: part.text for part in manual.findable_parts()}
    assert places["definitions"] == "Case manager\nOne person."
    assert places["sources"] == "The Act\n6\nWhat it is.\nIn words."
    assert "Which answer?" not in "".join(places.values())


def test_what_is_missing_is_told_to_whoever_may_edit(signed_in: SignedIn, manual: ManualPage) -> None:
    address = reverse("manuals_structure", args=[manual.pk])
    reviewer = signed_in(Role.REVIEWER)
    assert "the scope is empty" in reviewer.get(address).content.decode()
    assert "the scope is empty" in reviewer.get(reverse("manuals_structure_whole", args=[manual.pk])).content.decode()


@pytest.mark.parametrize("name", ["manuals_structure", "manuals_structure_whole"])
def test_nobody_else_learns_what_is_missing(signed_in: SignedIn, client: Client, manual: ManualPage, name: str) -> None:
    address = reverse(name, args=[manual.pk])
    assert client.get(address).status_code == 302
    assert signed_in(Role.LEARNER).get(address).status_code in (302, 403)
    no_manual = reverse(name, args=[manual.get_parent().pk])
    # Whatever is not found is looked for once more, below the language.
    assert signed_in(Role.REVIEWER).get(no_manual, follow=True).status_code == 404


def test_the_rules_look_at_the_newest_drafts_of_all_languages(manual: ManualPage, thai_home: HomePage) -> None:
    house.way_to(ManualPage, home=thai_home, translation_key=manual.translation_key)
    house.page(SectionPage, below=manual, title="Intake")
    manual.scope = "Everything."
    manual.save_revision()
    found = [str(lack) for lack in missing(drafts_of(manual.translation_key), on=date(2026, 11, 22))]
    assert f"{manual.title}: Say what the manual covers and what it does not: the scope is empty." not in found
    assert any("The section “Intake” is not translated." in sentence for sentence in found)


def test_the_rules_ask_no_more_of_the_database_for_more_steps(manual: ManualPage) -> None:
    counts = []
    for number in (2, 20):
        SectionPage.objects.all().delete()
        body = [step(f"Step {place}") for place in range(number)]
        house.page(SectionPage, below=ManualPage.objects.get(), body=json.dumps(body)).save_revision()
        with CaptureQueriesContext(connection) as captured:
            missing(drafts_of(manual.translation_key), on=date(2026, 11, 22))
        counts.append(len(captured))
    assert counts[0] == counts[1]
