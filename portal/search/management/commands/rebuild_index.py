"""Build the search index anew; the old one answers until the new one is whole."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.search import feeding
from portal.search.whoosh_index import IndexIsUnusable


class Command(BaseCommand):
    help = "Build the search index anew. With --if-needed only if it is missing or damaged; changes are indexed anyway."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true")

    def handle(self, *args: Any, if_needed: bool, verbosity: int, **options: Any) -> None:
        begun_at = time.monotonic()
        count = feeding.drain() if if_needed and self._is_usable() else self._rebuild(verbosity)
        if verbosity:
            self.stdout.write(f"Indexed {count} in {time.monotonic() - begun_at:.1f} s.")

    def _is_usable(self) -> bool:
        try:
            return feeding.index().reader().count() >= 0
        except IndexIsUnusable:
            return False

    def _rebuild(self, verbosity: int) -> int:
        def show(count: int) -> None:
            if verbosity and count % 50 == 0:
                self.stdout.write(f"\rIndexing: {count}", ending="")
                self.stdout.flush()

        count = feeding.rebuild(progress=show)
        if verbosity:
            self.stdout.write("\r", ending="")
        return count
