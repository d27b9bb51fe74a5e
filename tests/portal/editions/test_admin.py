"""In Wagtail's admin, authors propose editions, others sign them, and nobody loses a word."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from lessons.manuals.models import ManualPage, SectionPage
from portal.editions.models import Edition, Proposal, ProposalState
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.editions import Trio, issued_manual, make_trio, proposed, rewrite, write_manual
from tests.factories.people import make_centre, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"portal_editions_admin:{name}", args=args)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_first_edition_is_proposed_reviewed_and_approved_on_the_screens(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    shown = as_(trio.author).get(at("propose", manual.pk))
    assert "everything is new" in shown.content.decode()
    answer = as_(trio.author).post(at("propose", manual.pk), {"summary": "It begins."})
    proposal = Proposal.objects.get()
    assert answer.url == at("proposal", proposal.pk)
    for person, capacity in ((trio.reviewer, "reviewer"), (trio.approver, "approver")):
        screen = as_(person).get(at("proposal", proposal.pk)).content.decode()
        assert at("sign", proposal.pk) in screen
        step = as_(person).get(at("sign", proposal.pk))
        assert step.context["capacity"] == capacity
        as_(person).post(at("sign", proposal.pk), {"capacity": capacity})
    edition = Edition.objects.get()
    assert (edition.number, edition.note) == (1, "It begins.")
    assert as_(trio.author).get(at("proposal", proposal.pk)).status_code == 200
    assert "Edition 1" in as_(trio.author).get(at("history", manual.translation_key)).content.decode()
