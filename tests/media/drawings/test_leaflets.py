"""Can the sheets be printed, and do they say the same in both languages?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from media.drawings.leaflets import INTAKE, RIGHTS, intake_checklist_sheet, rights_leaflet
from media.drawings.lettering import BREAK, Hand
from media.ingest.documents import pages_only
from media.legible import legible
from media.workshop.paper_words import write

SHEETS = [rights_leaflet, intake_checklist_sheet]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("language", ["en", "th"])
def test_a_sheet_is_one_page_of_pdf_with_the_same_bytes_each_time(sheet: Callable[[str], bytes], language: str) -> None:
    pdf = sheet(language)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/Count 1" in pdf
    assert pdf == sheet(language)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("language", ["en", "th"])
def test_what_a_sheet_shows_can_be_found(sheet: Callable[[str], bytes], language: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages_only(sheet(language)))
    write(str(tmp_path / "a.pdf"), str(tmp_path / "a.txt"))
    words = legible((tmp_path / "a.txt").read_text(encoding="utf-8"))
    told = (RIGHTS if sheet is rights_leaflet else INTAKE)[language]
    assert told.title in words
    assert told.foot.replace(BREAK, "") in words
    assert all(text.replace(BREAK, "") in words for row in told.rows for text in row)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_language_that_nobody_wrote_is_refused(sheet: Callable[[str], bytes]) -> None:
    with pytest.raises(KeyError):
        sheet("xx")


@pytest.mark.parametrize("texts", [RIGHTS, INTAKE])
def test_both_languages_have_the_same_rows(texts: dict[str, object]) -> None:
    assert set(texts) == {"en", "th"}


def test_no_right_is_missing_in_thai() -> None:
    assert len(RIGHTS["en"].rows) == len(RIGHTS["th"].rows) == 9
    assert len(INTAKE["en"].rows) == len(INTAKE["th"].rows)


def test_nobody_is_called_prey() -> None:
    words = " ".join(
        f"{sheet.lead} {sheet.foot} {sheet.rows}" for texts in (RIGHTS, INTAKE) for sheet in texts.values()
    )
    assert "เหยื่อ" not in words
    assert "victim" not in words.lower()


def test_a_line_of_thai_ends_only_where_it_may() -> None:
    hand = Hand(size=20)
    first, second = hand.lines(f"คุณปลอดภัย{BREAK}ที่นี่เสมอ", width=hand.width("คุณปลอดภัย") + 4)
    assert (first, second) == ("คุณปลอดภัย", "ที่นี่เสมอ")


def test_marks_take_no_room_of_their_own() -> None:
    hand = Hand(size=20)
    assert hand.width("ที่") == pytest.approx(hand.width("ท"))
