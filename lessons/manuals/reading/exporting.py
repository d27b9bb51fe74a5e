"""How does a list leave the portal as a file? As CSV with a mark that says it is UTF-8, or as XLSX.

A cell that begins like a formula would be worked out by a spreadsheet: it gets an apostrophe before it.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from lessons.manuals.reading.listing import Line

#: What a spreadsheet takes for the beginning of a formula; the wide forms of East Asian keyboards too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
BOM = "\ufeff"


def table_of(lines: Iterable[Line], *, is_read: bool) -> list[list[str]]:
    """A line of headings, then the lines, as text that is safe in a spreadsheet."""
    rows: list[list[object]]
    if is_read:
        first = [_("Name"), _("Discipline"), _("Manual"), _("Edition"), _("Read on"), _("Digest")]
        rows = [[each.name, each.discipline, each.code, each.number, each.at, each.sha256] for each in lines]
    else:
        first = [
            _("Name"),
            _("Discipline"),
            _("Manual"),
            _("Edition"),
            _("Since"),
            _("To be read by"),
            _("Read before"),
        ]
        rows = [
            [each.name, each.discipline, each.code, each.number, each.since, each.by, each.read_before or ""]
            for each in lines
        ]
    return [first, *([safe(cell) for cell in row] for row in rows)]


def safe(cell: object) -> str:
    """A cell as text: ISO days, no control characters, nothing that is worked out."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = ILLEGAL_CHARACTERS_RE.sub("", str(cell or ""))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows(table)
    return (BOM + written.getvalue()).encode()


def as_xlsx(table: Sequence[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("list")
    for row in table:
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


#: By the word in the address: content type, and what writes it.
WAYS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
