"""Load the demonstration content; again and again with the same result."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.home.demo.files import UnableToRead
from portal.home.demo.loading import load_pages
from portal.home.demo.people import load_people
from portal.home.demo.signed import issue_manuals
from portal.home.demo.terms import load_terms


class Command(BaseCommand):
    help = "Load the demonstration: made-up people, and pages in English and Thai. Running it again mends it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Set DEMONSTRATION=1 to load made-up people whose password everybody knows.")
        at = timezone.now()
        administrator = load_people(at=at)
        # Manuals quote them.
        terms = load_terms()
        try:
            changed = load_pages(by=administrator, at=at, tell=self.stdout.write)
        except UnableToRead as error:
            raise CommandError(str(error)) from error
        issued = issue_manuals(at=at, tell=self.stdout.write)
        self.stdout.write(
            f"The demonstration is loaded; {changed} pages were new or mended, {issued} manuals were issued, "
            f"{terms} terms were new."
        )
