"""How does a word list become the glossary? Row by row, and again and again with the same result.

A row has a number (`id`), and for every language a column with its wording (`en`, `th` …) and, if need be, one that
says how sure it is (`th_status`: "seen" or "to verify"; where there is no such column, the wording counts as seen). An
import adds and verifies; it takes nothing away: what staff added or verified stays as it is.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.base.languages import LANGUAGES
from portal.glossary.models import LONGEST_WORDING, Concept, Wording, can_be_read

SEEN, TO_VERIFY = "seen", "to verify"
NUMBER = "id"
HIGHEST_NUMBER = 1_000_000
#: Characters of one cell; longer ones are not wordings but files that lost their quotation marks.
MOST_CHARACTERS = 100_000


class UnableToImport(Exception):
    """The whole file cannot be read; the sentence says why."""


class UnableToImportRow(Exception):
    """One row cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Said:
    """What a row says in one language."""

    language: str
    text: str
    is_verified: bool


@dataclass(frozen=True)
class Row:
    line: int
    number: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass
class Report:
    """What became of the rows of a file: a concept is added, changed or left as it was."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def load(path: Path) -> Report:
    """Read a CSV file into the glossary. Raises UnableToImport."""
    report = Report()
    seen: set[int] = set()
    for line, cells in _lines(path):
        try:
            row = row_of(cells, line=line)
            if row.number in seen:
                raise UnableToImportRow(_("Number %(number)d is in the file twice.") % {"number": row.number})
            seen.add(row.number)
            _keep(row, report)
        except UnableToImportRow as reason:
            report.refused.append(Refusal(line, str(reason)))
    return report


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            _check_columns(reader.fieldnames or [])
            for cells in reader:
                yield reader.line_num, cells
    except OSError as error:
        raise UnableToImport(_("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error
    except UnicodeDecodeError as error:
        raise UnableToImport(_("The file is not UTF-8 text. Save it again as “CSV UTF-8”.")) from error
    except csv.Error as error:
        raise UnableToImport(_("The file is not a CSV table: %(why)s.") % {"why": error}) from error


def _check_columns(found: Iterable[str]) -> None:
    names = set(found)
    if NUMBER not in names:
        raise UnableToImport(_("The file has no column called %(names)s.") % {"names": NUMBER})
    if not names & set(LANGUAGES):
        told = {"names": ", ".join(LANGUAGES)}
        raise UnableToImport(_("The file has no column for a language: %(names)s.") % told)


def row_of(cells: Mapping[str, str], *, line: int) -> Row:
    """What a line of the file says. Raises UnableToImportRow."""
    if None in cells:
        raise UnableToImportRow(_("There are more cells than columns. Is there a comma in a cell without quotes?"))
    said = tuple(_said(cells, code) for code in LANGUAGES if cells.get(code, "").strip())
    if not said:
        raise UnableToImportRow(_("The row has no wording in any language."))
    return Row(line, _number(cells[NUMBER].strip()), said)


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
    if not 0 < number <= HIGHEST_NUMBER:
        raise UnableToImportRow(_("The row has no number of its own in the column “id”."))
    return number


def _said(cells: Mapping[str, str], language: str) -> Said:
    text = " ".join(cells[language].split())
    name = LANGUAGES[language].name
    if len(text) > LONGEST_WORDING:
        told = {"language": name, "most": LONGEST_WORDING}
        raise UnableToImportRow(_("The wording in %(language)s has more than %(most)d characters.") % told)
    try:
        can_be_read(text)
    except ValidationError as error:
        raise UnableToImportRow(f"{name}: {' '.join(error.messages)}") from error
    status = cells.get(f"{language}_status", SEEN).strip().lower()
    if status not in (SEEN, TO_VERIFY):
        told = {"language": name, "status": status}
        raise UnableToImportRow(_("The status in %(language)s is “%(status)s”, not “seen” or “to verify”.") % told)
    return Said(language, text, status == SEEN)


@transaction.atomic
def _keep(row: Row, report: Report) -> None:
    """Add or complete the concept of a row. Raises UnableToImportRow."""
    concept = Concept.objects.filter(number=row.number).prefetch_related("wordings").first()
    here = {(wording.language, wording.text): wording for wording in concept.wordings.all()} if concept else {}
    if here and not any((said.language, said.text) in here for said in row.said):
        told = {"number": row.number, "name": str(concept)}
        raise UnableToImportRow(_("Number %(number)d is another term here: “%(name)s”.") % told)
    if concept is None:
        concept = Concept.objects.create(number=row.number)
    written = [_write(said, concept, here) for said in row.said]
    became = "left" if not any(written) else "changed" if here else "added"
    report.counts[became] += 1
    report.told += [f"{concept.number} {became}: {what}" for what in written if what and became == "changed"]


def _write(said: Said, concept: Concept, here: Mapping[tuple[str, str], Wording]) -> str:
    """Store one wording; says what was done, or nothing."""
    wording = here.get((said.language, said.text))
    if wording is None:
        last = Wording.objects.filter(concept=concept).aggregate(last=Max("sort_order"))["last"]
        Wording.objects.create(
            concept=concept,
            sort_order=0 if last is None else last + 1,
            language=said.language,
            text=said.text,
            is_verified=said.is_verified,
        )
        return f"{said.language} + {said.text}"
    if said.is_verified and not wording.is_verified:
        wording.is_verified = True
        wording.save(update_fields=["is_verified"])
        return f"{said.language} ✓ {said.text}"
    return ""
