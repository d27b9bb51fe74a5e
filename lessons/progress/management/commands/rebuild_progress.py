"""`manage.py rebuild_progress`: make the caches of progress again from the events."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.progress.rebuilding import rebuild


class Command(BaseCommand):
    help = "Works out anew, from everybody's learning events, where everybody stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail if a cache is not what the events say."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        learners = differences = 0
        for part in rebuild(is_only_checked=options["check"]):
            learners += part.learners
            differences += part.differences
            self.stdout.write(f"{learners} learners read, {differences} rows differ")
        if options["check"] and differences:
            raise CommandError(f"{differences} rows are not what the events say; run rebuild_progress to mend them.")
        self.stdout.write(self.style.SUCCESS(f"Progress of {learners} learners is what the events say."))
