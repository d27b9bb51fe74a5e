"""How do lessons that others wrote down become articles?

A file is read twice: first every row is checked, then those that passed become articles. A row that is here already,
known by its source and its number there, is left alone, so that an import can be repeated.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.articles.models import ArticleIndexPage, ArticlePage
from portal.base.words import shortened
from portal.people.models import User

COLUMNS = ("lesson_id", "event", "lesson", "recommendation")
TITLE_LENGTH = 110
SUMMARY_LENGTH = 280
#: Characters of one field; longer ones are not lessons but files that lost their quotation marks.
MOST_CHARACTERS = 100_000


class UnableToImport(Exception):
    """The whole file cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Row:
    line: int
    reference: str
    event: str
    lesson: str
    recommendation: str


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass
class Report:
    """What became of each row of a file."""

    accepted: list[Row] = field(default_factory=list)
    already_here: int = 0
    refused: list[Refusal] = field(default_factory=list)


def read(path: Path, *, source: str) -> Report:
    """Check every row of a CSV file with the columns of COLUMNS. Raises UnableToImport."""
    report = Report()
    here = set(ArticlePage.objects.filter(source=source).values_list("source_reference", flat=True))
    seen: set[str] = set()
    for row in _rows(path):
        reason = _why_not(row, seen)
        seen.add(row.reference)
        if reason:
            report.refused.append(Refusal(row.line, reason))
        elif row.reference in here:
            report.already_here += 1
        else:
            report.accepted.append(row)
    return report


def _rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(10 * MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_columns(reader.fieldnames or [])
            for fields in reader:
                texts = [(fields[name] or "").strip() for name in COLUMNS]
                yield Row(reader.line_num, *texts)
    except OSError as error:
        raise UnableToImport(_("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error
    except UnicodeDecodeError as error:
        raise UnableToImport(_("The file is not UTF-8 text. Save it again as “CSV UTF-8”.")) from error
    except csv.Error as error:
        raise UnableToImport(_("The file is not a CSV table: %(why)s.") % {"why": error}) from error


def _check_columns(found: Iterable[str]) -> None:
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        raise UnableToImport(_("The file has no column called %(names)s.") % {"names": ", ".join(missing)})


def _why_not(row: Row, seen: set[str]) -> str:
    """The reason to refuse a row, or nothing."""
    if not row.reference or len(row.reference) > 80:
        return _("The row has no lesson_id, or one of more than 80 characters.")
    if row.reference in seen:
        return _("lesson_id %(reference)s is in the file twice.") % {"reference": row.reference}
    if not row.lesson:
        return _("The lesson is empty.")
    if max(map(len, (row.event, row.lesson, row.recommendation))) > MOST_CHARACTERS:
        return _("A text has more than %(most)d characters.") % {"most": MOST_CHARACTERS}
    if any("\0" in text for text in (row.reference, row.event, row.lesson, row.recommendation)):
        return _("A text has characters that no text has (NUL).")
    return ""


@transaction.atomic
def add(row: Row, *, to: ArticleIndexPage, source: str, by: User) -> ArticlePage:
    """Make one row an article and publish it."""
    language = to.locale.language_code
    page = ArticlePage(
        title=title_of(row.lesson, language=language),
        slug=_free_slug(row.reference, to),
        summary=shortened(row.lesson, most=SUMMARY_LENGTH, language=language),
        happened=row.event,
        learnt=row.lesson,
        recommended=row.recommendation,
        source=source,
        source_reference=row.reference,
        owner=by,
        live=False,
        locale=to.locale,
    )
    to.add_child(instance=page)
    page.save_revision(user=by, clean=False).publish(user=by)
    return page


def title_of(lesson: str, *, language: str) -> str:
    """The first sentence of a lesson, shortened between words."""
    line = " ".join(lesson.split())
    first = line.split(". ")[0].rstrip(". ")
    return shortened(first or line, most=TITLE_LENGTH, language=language)


def _free_slug(reference: str, parent: ArticleIndexPage) -> str:
    wanted = "lesson-" + "".join(letter if letter.isalnum() else "-" for letter in reference.lower())[:60]
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in _numbered(wanted) if slug not in taken)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1
