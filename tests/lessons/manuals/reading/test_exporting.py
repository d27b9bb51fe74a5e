"""A list that leaves the portal is text: nothing in it is worked out by a spreadsheet."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lessons.manuals.reading.exporting import as_csv, as_xlsx, safe, table_of
from lessons.manuals.reading.listing import Line

HOUR = datetime(2026, 11, 1, 20, tzinfo=UTC)
LINE = Line("สมหญิง ใจดี", "Nursing", "KP-SOP-001", 2, since=HOUR, by=date(2026, 12, 1), read_before=1)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "  =1", '=HYPERLINK("x")'], ids=lambda text: repr(text)
)
def test_what_begins_like_a_formula_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_what_is_harmless_stays() -> None:
    cells = ("Anna = B", 3, None, "", date(2026, 1, 2))
    assert [safe(each) for each in cells] == ["Anna = B", "3", "", "", "2026-01-02"]


def test_an_hour_is_the_day_in_the_time_zone_of_the_site() -> None:
    assert safe(HOUR) == "2026-11-02"


def test_csv_says_that_it_is_utf_8_and_keeps_thai() -> None:
    written = as_csv(table_of([LINE], is_read=False))
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines()[1] == "สมหญิง ใจดี,Nursing,KP-SOP-001,2,2026-11-02,2026-12-01,1"


def test_xlsx_holds_strings_only() -> None:
    evil = Line("=1+1\x07", "", "KP-SOP-001", 1, at=HOUR, sha256="0" * 64)
    sheet = load_workbook(BytesIO(as_xlsx(table_of([evil], is_read=True)))).active
    row = list(sheet.iter_rows())[1]
    assert {cell.data_type for cell in row if cell.value} == {"s"}
    assert row[0].value == "'=1+1"
