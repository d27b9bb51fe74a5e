"""Make the drafts of a manual from a Word document, or from Markdown."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lessons.manuals.importing import (
    Imported,
    Order,
    UnableToImport,
    check_can_import,
    check_number,
    import_manuscript,
)
from lessons.manuals.models import ManualIndexPage
from lessons.manuals.reading_in import UnableToRead, manuscript_of
from lessons.manuals.word_in.report import Report, counts_of, report_on
from portal.people.models import User

BAR = 40


class Command(BaseCommand):
    help = "Make the drafts of a manual from a Word document (.docx), or from Markdown (a file, a folder, a .zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.docx|FILE.md|FOLDER")
        parser.add_argument("--number", required=True, help="the number of the manual, such as KP-SOP-012")
        parser.add_argument("--title", default="", help="the title; what the file says, if left out")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="the language of the manual")
        parser.add_argument("--credit", default="", help="who made the pictures, or owns them")
        parser.add_argument("--by", metavar="EMAIL", required=True, help="whose drafts they are")
        parser.add_argument("--dry-run", action="store_true", help="only read the file and report")

    def handle(self, *args: Any, **options: Any) -> None:
        shelf = self._shelf(options["language"])
        by = self._author(options["by"])
        order = Order(options["number"], title=options["title"], credit=options["credit"])
        try:
            # Asked before the file is read, which may take a while.
            check_can_import(shelf, by=by)
            check_number(order.number)
            with manuscript_of(options["file"], language=options["language"]) as manuscript:
                counts, made = counts_of(manuscript), None
                if not options["dry_run"]:
                    made = import_manuscript(
                        manuscript, order, to=shelf, by=by, at=timezone.now(), progress=self._progress
                    )  # fmt: skip
                remarks = manuscript.remarks
        except (UnableToRead, UnableToImport) as error:
            raise CommandError(str(error)) from error
        self._tell(made, counts, remarks)

    def _shelf(self, language: str) -> ManualIndexPage:
        shelf = ManualIndexPage.objects.filter(locale__language_code=language, live=True).first()
        if shelf is None:
            raise CommandError(f"There is no shelf of manuals in “{language}” yet. Make one, or run load_demo.")
        return shelf

    def _author(self, email: str) -> User:
        by = User.objects.filter(is_active=True, email=email.lower()).first()
        if by is None:
            raise CommandError("Nobody to import as. Name somebody who has an account with --by EMAIL.")
        return by

    def _progress(self, done: int, total: int) -> None:
        filled = BAR * done // max(total, 1)
        ending = "\n" if done >= total - 1 else ""
        self.stderr.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}", ending=ending)

    def _tell(self, made: Imported | None, counts: dict[str, int], remarks: dict[str, int]) -> None:
        if made is not None:
            remarks = {**remarks, "broken_links": made.broken_links}
            self.stdout.write(f"{made.manual.number}: drafts made, page {made.manual.pk}.")
        refused = [{"place": each.place, "reason": each.reason} for each in made.refused] if made else []
        self._write(report_on(counts, remarks, refused))

    def _write(self, report: Report) -> None:
        for heading, sentences in (
            ("Carried over:", report.carried),
            ("Look at this:", report.look_at),
            ("Left behind:", report.left_behind),
        ):
            if sentences:
                self.stdout.write(heading)
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
