"""Whoever is next is told by mail, without a word of the text."""

from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from portal.editions import mail as told
from portal.editions.models import Proposal
from portal.editions.proposing import send_back
from portal.editions.signing import sign
from portal.people.roles import Role
from tests.factories.editions import NOON, Trio, make_trio, proposed, write_manual
from tests.factories.people import make_centre, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def send(proposal: Proposal) -> list[Any]:
    mail.outbox.clear()
    proposal.refresh_from_db()
    told.tell_task.call(proposal_id=str(proposal.pk), state=str(proposal.state), by_id=0)
    return list(mail.outbox)


def test_reviewers_then_approvers_then_the_author_are_told(trio: Trio) -> None:
    make_person(Role.REVIEWER, centre=make_centre(code="ZZ"))
    make_centre(code="HC")
    proposal = proposed(write_manual(by=trio.author, code="HC-SOP-001"), by=trio.author)
    assert [each.to for each in send(proposal)] == [[trio.reviewer.email]]
    sign(proposal, by=trio.reviewer, at=NOON)
    assert [each.to for each in send(proposal)] == [[trio.approver.email]]
    proposal.refresh_from_db()
    sign(proposal, by=trio.approver, at=NOON)
    assert [each.to for each in send(proposal)] == [[trio.author.email]]


def test_a_mail_names_the_number_and_no_word_of_the_text(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    (sent,) = send(proposal)
    assert sent.subject == "KP-SOP-001, edition 1, waits for your review"
    assert f"/admin/editions/proposals/{proposal.pk}/" in sent.body
    assert "Identification" not in sent.subject + sent.body


def test_a_mail_speaks_the_language_of_its_reader(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    trio.reviewer.language = "th"
    trio.reviewer.save()
    (sent,) = send(proposal)
    with translation.override("th"):
        assert sent.subject == told.subject_for(proposal) % {"code": "KP-SOP-001", "number": 1}
    assert translation.get_language() == "en"


def test_nobody_is_told_who_wrote_it_or_what_has_gone_on(trio: Trio) -> None:
    both = make_person(Role.AUTHOR, Role.REVIEWER)
    proposal = proposed(write_manual(by=both), by=trio.author)
    assert [each.to for each in send(proposal)] == [[trio.reviewer.email]]
    old = str(proposal.state)
    send_back(proposal, by=trio.author, at=NOON, answer="")
    mail.outbox.clear()
    told.tell_task.call(proposal_id=str(proposal.pk), state=old, by_id=0)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_stops_nobody(trio: Trio, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    assert send(proposed(write_manual(by=trio.author), by=trio.author)) == []


class Down:
    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise SMTPException("down")
