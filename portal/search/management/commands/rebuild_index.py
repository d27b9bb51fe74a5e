"""Build the search index anew; the old one answers until the new one is whole."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.search import feeding, health
from portal.search.whoosh_index import IndexIsBusy, UnableToWrite

WIDTH_OF_BAR = 30
SECONDS_BETWEEN_STEPS = 0.1


class Command(BaseCommand):
    help = (
        "Build the search index anew; the old one answers until the new one is whole. With --if-needed only what is "
        "missing, damaged or different from the database is built; changes that wait are indexed anyway."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true")

    def handle(self, *args: Any, if_needed: bool, verbosity: int, **options: Any) -> None:
        if not feeding.has_index():
            if verbosity:
                self.stdout.write("Another engine is set in SEARCH_URL; there is no index of our own to build.")
            return
        begun_at = time.monotonic()
        if if_needed:
            self._mend()
        else:
            self._rebuild(verbosity)
        if verbosity:
            count = feeding.index().reader().count()
            self.stdout.write(f"{count} documents are indexed; it took {time.monotonic() - begun_at:.1f} s.")

    def _mend(self) -> None:
        health.mend()
        found = health.look()
        if found.trouble or found.waiting:
            raise CommandError(f"The search index could not be mended: {found.trouble or 'changes wait'}.")

    def _rebuild(self, verbosity: int) -> None:
        if verbosity and feeding.index().is_being_rebuilt():
            self.stdout.write("Another process is building the index; waiting until it is done.")
        bar = Bar(self.stdout) if verbosity and self.stdout.isatty() else None
        try:
            feeding.rebuild(progress=bar.show) if bar else feeding.rebuild()
        except IndexIsBusy as busy:
            raise CommandError("Another process is still building the index; try again when it is done.") from busy
        except UnableToWrite as unable:
            raise CommandError(f"The index cannot be written, and stays as it is: {unable}") from unable
        finally:
            if bar:
                bar.end()


class Bar:
    """A line on a terminal: how many of how many, in per cent."""

    def __init__(self, terminal: Any) -> None:
        self._terminal = terminal
        self._shown_at = 0.0

    def show(self, done: int, of: int) -> None:
        now = time.monotonic()
        if done == of or now - self._shown_at >= SECONDS_BETWEEN_STEPS:
            self._shown_at = now
            filled = WIDTH_OF_BAR * done // of
            bar = "#" * filled + "." * (WIDTH_OF_BAR - filled)
            self._terminal.write(f"\r[{bar}] {done} of {of} ({100 * done // of} %)", ending="")
            self._terminal.flush()

    def end(self) -> None:
        self._terminal.write("")
