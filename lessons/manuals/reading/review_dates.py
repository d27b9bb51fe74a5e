"""Which manuals have to be looked through again, and who is reminded of it?

The banner on the page itself is a rule of `lessons.manuals.notices`.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lessons.manuals.models import ManualPage
from lessons.manuals.notices import review_is_overdue
from lessons.manuals.reading.models import ReviewReminder
from portal.editions.notice import Notice

SOON = timedelta(days=30)
Kind = ReviewReminder.Kind


def review_notice(page: ManualPage, today: date) -> Notice | None:
    """What readers are told once the day is over."""
    return next(review_is_overdue(page, today), None)


def to_remind(today: date) -> Iterator[tuple[Any, ReviewReminder.Kind]]:
    """The live manuals whose owner hears of it, each once, however many languages it has."""
    owned = ManualPage.objects.filter(live=True, review_owner__is_active=True, review_by__lte=today + SOON)
    named = owned.select_related("review_owner").order_by("number", "pk")
    lean = named.only("number", "review_by", "translation_key", "review_owner")
    for page in {page.translation_key: page for page in lean}.values():
        yield page, Kind.OVERDUE if page.review_by < today else Kind.SOON


def remind_owners(*, at: datetime) -> int:
    """Write to whoever looks after a manual: once when the day comes near, once when it is over; how many mails."""
    today = timezone.localdate(at)
    return sum(_remind(page, kind, at=at) for page, kind in to_remind(today))


def _remind(page: Any, kind: ReviewReminder.Kind, *, at: datetime) -> bool:
    from lessons.manuals.reading.reminding import sent  # it knows this module

    with transaction.atomic():
        reminder, is_new = ReviewReminder.objects.get_or_create(
            subject=page.translation_key, person=page.review_owner, review_by=page.review_by, kind=kind,
            defaults={"sent_at": at},
        )  # fmt: skip
    if not is_new:
        return False
    with translation.override(page.review_owner.language):
        subject = _subject(page, kind)
        address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
        context = {"number": page.number, "day": page.review_by, "kind": kind, "address": address}
        text = render_to_string("manuals/reading/review_mail.txt", context)
    if not sent(subject, text, to=page.review_owner):
        reminder.delete()
        return False
    return True


def _subject(page: Any, kind: ReviewReminder.Kind) -> str:
    if kind == Kind.OVERDUE:
        return _("%(code)s should have been reviewed") % {"code": page.number}
    return _("%(code)s has to be reviewed soon") % {"code": page.number}
