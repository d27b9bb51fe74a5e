"""Who still has to read a manual, or to review one, and is reminded by mail? The task worker does it daily, too."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lessons.manuals.reading.reminding import remind_readers
from lessons.manuals.reading.review_dates import remind_owners


class Command(BaseCommand):
    help = "Reminds people by mail of what they still have to read or review; nobody more than once a week."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{remind_readers(at=now)} mails to readers, {remind_owners(at=now)} to owners.")
