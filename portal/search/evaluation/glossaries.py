"""With which glossary is search evaluated? With that of a file, or with the site's own, if there is one."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError

from portal.glossary.importing import UnableToImportRow, row_of
from portal.search import dictionary
from portal.search.dictionary import Dictionary, Wording
from portal.search.evaluation.folders import UnableToRead


def of_file(path: Path) -> Dictionary:
    """The dictionary of a word list as `import_glossary` reads it. Raises UnableToRead."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            wordings = list(_wordings(csv.DictReader(file, restval=""), path))
    except OSError as error:
        raise UnableToRead(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnableToRead(f"{path} is not written in UTF-8.") from error
    if not wordings:
        raise UnableToRead(f"{path} has no wordings.")
    return Dictionary.of(wordings)


def _wordings(reader: "csv.DictReader[str]", path: Path) -> Iterator[Wording]:
    while True:
        # Cells may hold line breaks, so only the reader knows the line.
        try:
            row = row_of(next(reader), line=reader.line_num)
        except StopIteration:
            return
        except (csv.Error, KeyError, UnableToImportRow) as error:
            raise UnableToRead(f"{path}, line {reader.line_num}, is no row of a glossary. {error}") from error
        yield from (Wording(row.number, said.language, said.text) for said in row.said)


def of_site() -> Dictionary | None:
    """None where no site has been prepared: search can be evaluated before there is one."""
    try:
        return dictionary.current()
    except DatabaseError:
        return None
