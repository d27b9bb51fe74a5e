"""Import a word list from a CSV file; twice changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.glossary.importing import UnableToImport, load


class Command(BaseCommand):
    help = "Import a word list into the glossary. Columns: id, and for each language xx: xx and, if need be, xx_status."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            report = load(file)
        except UnableToImport as error:
            raise CommandError(str(error)) from error
        counts = report.counts
        self.stdout.write(
            f"{counts['added']} added, {counts['changed']} changed, {counts['left']} left as they were, "
            f"{len(report.refused)} refused."
        )
        for line in report.told:
            self.stdout.write(f"  {line}")
        for refusal in report.refused:
            self.stdout.write(f"  line {refusal.line}: {refusal.reason}")
