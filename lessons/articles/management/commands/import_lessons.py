"""Import lessons learned from a CSV file; twice adds nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.articles.importing import COLUMNS, Report, UnableToImport, add, read
from lessons.articles.models import ArticleIndexPage
from portal.people.models import User

BAR = 40


class Command(BaseCommand):
    help = f"Import lessons learned from a CSV file with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="only check the file and report")
        parser.add_argument("--source", default="Imported lessons", help="where the lessons were first written down")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="the language of the lessons")
        parser.add_argument("--by", metavar="EMAIL", help="who imports; the first administrator if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        index = self._index(options["language"])
        by = self._importer(options["by"], index=index)
        try:
            report = read(options["file"], source=options["source"])
        except UnableToImport as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            self._add(report, index=index, source=options["source"], by=by)
        self._tell(report, is_dry_run=options["dry_run"])

    def _index(self, language: str) -> ArticleIndexPage:
        index = ArticleIndexPage.objects.filter(locale__language_code=language, live=True).first()
        if index is None:
            raise CommandError(f"There is no list of lessons learned in “{language}” yet. Make one, or run load_demo.")
        return index

    def _importer(self, email: str | None, *, index: ArticleIndexPage) -> User:
        people = User.objects.filter(is_active=True).order_by("pk")
        by = people.filter(email=email.lower()).first() if email else people.filter(is_superuser=True).first()
        if by is None:
            raise CommandError("Nobody to import as. Name somebody who has an account with --by EMAIL.")
        if not index.permissions_for_user(by).can_publish_subpage():
            raise CommandError("This person may not publish lessons learned. Name an approver with --by EMAIL.")
        return by

    def _add(self, report: Report, *, index: ArticleIndexPage, source: str, by: User) -> None:
        total = len(report.accepted)
        for number, row in enumerate(report.accepted, start=1):
            add(row, to=index, source=source, by=by)
            filled = BAR * number // total
            self.stderr.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {number}/{total}", ending="")
        if total:
            self.stderr.write("")

    def _tell(self, report: Report, *, is_dry_run: bool) -> None:
        verb = "would be imported" if is_dry_run else "imported"
        self.stdout.write(
            f"{len(report.accepted)} {verb}, {report.already_here} here already, {len(report.refused)} refused."
        )
        for refusal in report.refused:
            self.stdout.write(f"  line {refusal.line}: {refusal.reason}")
