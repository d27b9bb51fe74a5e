"""Mail reminds people once a week at most, names no title, and is sent once however often the worker starts anew."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command

from lessons.manuals.models import ManualPage
from lessons.manuals.reading.impact import who_must_read_again
from lessons.manuals.reading.models import ReadingReminder
from lessons.manuals.reading.reminding import WEEK, remind_readers
from lessons.manuals.reading.review_dates import remind_owners, review_notice
from portal.editions.chain import content_of
from portal.people.models import Discipline, User
from portal.people.roles import Role
from tests.factories.editions import HOUR, NOON, Trio, issued_manual
from tests.factories.people import make_centre, make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class BrokenServer(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise SMTPServerDisconnected("gone")


def sent_to(person: User) -> list[Any]:
    return [message for message in mail.outbox if message.to == [person.email]]


@pytest.fixture
def nurse(trio: Trio) -> User:
    """Somebody whom two manuals ask."""
    for code in ("HC-SOP-001", "HC-SOP-002"):
        issued_manual(trio, code=code, sections=1, roles=[Discipline.NURSING])
    return make_person(Role.LEARNER, discipline=Discipline.NURSING)


def test_one_mail_a_week_names_the_numbers_and_no_title(nurse: User) -> None:
    assert remind_readers(at=NOON) == 1
    (message,) = sent_to(nurse)
    assert message.subject == "2 manuals wait to be read by you"
    assert "HC-SOP-001, edition 1" in message.body
    assert "/en/my-learning/" in message.body
    assert "Identification" not in message.subject + message.body
    assert remind_readers(at=NOON + WEEK - HOUR) == 0
    assert remind_readers(at=NOON + WEEK) == 1
    assert len(sent_to(nurse)) == 2


def test_a_mail_speaks_the_language_of_its_reader(nurse: User) -> None:
    User.objects.filter(pk=nurse.pk).update(language="th")
    remind_readers(at=NOON)
    assert "/th/my-learning/" in sent_to(nurse)[0].body


def test_a_mail_server_that_is_down_takes_no_reminder_away(nurse: User, settings: Any) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    assert remind_readers(at=NOON) == 0
    assert not ReadingReminder.objects.exists()
    settings.EMAIL_BACKEND = working
    assert remind_readers(at=NOON + DAY) == 1


def test_a_worker_that_died_after_it_had_written_down_sends_nothing_again(nurse: User, trio: Trio) -> None:
    for manual in ManualPage.objects.all():
        from portal.editions.models import Edition

        edition = Edition.objects.get(subject=manual.translation_key)
        ReadingReminder.objects.create(edition=edition, person=nurse, sent_at=NOON)
    assert remind_readers(at=NOON + HOUR) == 0


def test_the_command_says_how_many_mails_it_sent(nurse: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remind_readers")
    assert "1 mails to readers, 0 to owners" in capsys.readouterr().out


def test_whoever_looks_after_a_manual_is_reminded_before_and_after_the_day(trio: Trio) -> None:
    owner = make_person(Role.AUTHOR)
    day = date(2026, 12, 20)
    manual, _edition = issued_manual(trio, review_owner=owner, review_by=day)
    assert remind_owners(at=NOON) == 0
    assert [remind_owners(at=NOON + 20 * DAY), remind_owners(at=NOON + 21 * DAY)] == [1, 0]
    assert [remind_owners(at=NOON + 60 * DAY), remind_owners(at=NOON + 61 * DAY)] == [1, 0]
    soon, late = sent_to(owner)
    assert soon.subject == "KP-SOP-001 has to be reviewed soon"
    assert late.subject == "KP-SOP-001 should have been reviewed"
    assert "Identification" not in soon.body + late.body
    assert manual.slug not in soon.body + late.body
    assert review_notice(manual, day) is None
    assert review_notice(manual, day + DAY) is not None


def test_an_author_hears_how_many_would_read_again_and_no_name(trio: Trio) -> None:
    _manual, edition = issued_manual(trio, code="HC-SOP-001", roles=[Discipline.NURSING])
    make_person(Role.LEARNER, discipline=Discipline.NURSING, first_name="Malee")
    make_person(Role.LEARNER, discipline=Discipline.POLICE)
    content = content_of(edition)
    told = [impact.words for impact in who_must_read_again(None, content)]
    assert told == ["Nursing and health: 1 person"]
    assert list(who_must_read_again(edition, content)) == []
    assert make_centre().code == "HC"
