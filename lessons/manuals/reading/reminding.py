"""Who is reminded by mail to read, and to review? Once a week at most; never a title, never a word of a manual."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django_tasks import task

from lessons.manuals.reading import in_force, review_dates
from lessons.manuals.reading.models import ReadingReminder
from lessons.manuals.reading.who_must_read import Open, open_list
from portal.people.models import Centre, User

logger = logging.getLogger(__name__)
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
PROMISED = "manuals:reminders-promised"


def remind_readers(*, at: datetime) -> int:
    """Remind everybody who still has to read something; returns how many mails went out."""
    return sum(_remind(person, lines, at=at) for person, lines in _open_by_person().items())


def _open_by_person() -> dict[User, list[Open]]:
    """What each person still has to read, once, however many centres they belong to."""
    found: dict[User, dict[int, Open]] = {}
    for centre in Centre.objects.all():
        for line in open_list(centre):
            found.setdefault(line.reader.person, {})[line.outstanding.manual.edition_id] = line
    return {person: list(lines.values()) for person, lines in found.items()}


def _remind(person: User, lines: list[Open], *, at: datetime) -> bool:
    claimed = [line for line in lines if _claim(line, at=at)]
    if not claimed:
        return False
    with translation.override(person.language):
        subject = ngettext(
            "A manual waits to be read by you: %(code)s",
            "%(count)d manuals wait to be read by you",
            len(claimed),
        ) % {"code": claimed[0].outstanding.manual.code, "count": len(claimed)}
        address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('my_learning')}"
        text = render_to_string("manuals/reading/mail.txt", {"lines": claimed, "address": address})
    if sent(subject, text, to=person):
        return True
    _give_back(claimed)
    return False


def sent(subject: str, text: str, *, to: User) -> bool:
    try:
        send_mail(subject, text, None, [to.email])
    except (SMTPException, OSError) as error:
        logger.warning("a reminder to %s was not sent: %s", to.username, type(error).__name__)
        return False
    return True


def _claim(line: Open, *, at: datetime) -> bool:
    """Whether this reminder is ours to send: it is written down first, so that no second worker sends it too."""
    mine = {"person": line.reader.person, "edition_id": line.outstanding.manual.edition_id}
    if ReadingReminder.objects.filter(**mine, sent_at__lte=at - WEEK).update(sent_at=at):
        return True
    try:
        with transaction.atomic():
            _row, is_new = ReadingReminder.objects.get_or_create(**mine, defaults={"sent_at": at})
    except IntegrityError:
        return False
    return is_new


def _give_back(claimed: list[Open]) -> None:
    """The mail server refused: tomorrow is another day."""
    for line in claimed:
        ReadingReminder.objects.filter(
            person=line.reader.person, edition_id=line.outstanding.manual.edition_id
        ).delete()


# --- the worker ----------------------------------------------------------------------------------------------------
@task(queue_name="background", backend="background")
def work_out_duties() -> None:
    """Whom the editions in force ask, worked out before anybody wants to know."""
    in_force.find()


def remind_everybody(*, at: datetime) -> Iterator[int]:
    yield remind_readers(at=at)
    yield review_dates.remind_owners(at=at)


@task(queue_name="background", backend="background")
def remind_daily() -> None:
    """Each time promises the next, once however many workers start."""
    sum(remind_everybody(at=timezone.now()))
    day = DAY.total_seconds()
    if remind_daily.get_backend().supports_defer and cache.add(PROMISED, True, day - HOUR.total_seconds()):
        remind_daily.using(run_after=timezone.now() + DAY).enqueue()


def begin() -> None:
    """For a worker that starts."""
    remind_daily.enqueue()
