"""Is what comes out of the press a manual: complete, on its pages, readable for everybody, and nothing but text?"""

import io
import re
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from portal.editions.paper import press, printing
from portal.editions.paper.printing import UnableToPrint
from tests.portal.editions.paper import hostile
from tests.portal.editions.paper.pages import Kept, drawn, edition, pdf_of, printed, strayed, words_in

LANGUAGES = sorted(hostile.WORDS)
STEP = """
    <section class="step" id="step-1"><div class="step__body"><h3 class="step__title">Receive her</h3>
    <dl class="step__facts"><div><dt>Who</dt><dd>Nurse</dd></div></dl><p>Offer water.</p>
    <p class="step__harm"><strong>Do no harm</strong> No photographs.</p></div></section>"""
CHECKLIST = """
    <section class="checklist"><h3 class="checklist__title">Before you begin</h3><ul class="checklist__items">
    <li class="checklist__item"><label><input type="checkbox"><span>The room is quiet</span></label></li></ul>
    </section>"""


@pytest.fixture
def kept() -> Kept:
    return Kept()


def _structure(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of all elements of the structure, in reading order."""
    found: list[str] = []
    waiting: list[pikepdf.Object] = [pdf.Root.StructTreeRoot]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            waiting.extend(reversed(list(thing)))
        elif isinstance(thing, pikepdf.Dictionary):
            if "/S" in thing:
                found.append(str(thing.S).lstrip("/"))
            if "/K" in thing:
                waiting.append(thing.K)
    return found


# --- on its pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_leaves_its_page_in_any_language(kept: Kept, tmp_path: Path, language: str) -> None:
    content = edition(kept, {language: hostile.page(language, seed=7)}, titles={language: hostile.WORDS[language]})
    pages = drawn(content, kept, tmp_path, language=language)
    assert len(pages) > 8
    assert strayed(pages) == []


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_line_leaves_its_page_in_large_print(kept: Kept, tmp_path: Path, language: str) -> None:
    content = edition(kept, {language: hostile.page(language, seed=8)}, titles={language: hostile.ENDLESS[language]})
    pages = drawn(content, kept, tmp_path, language=language, look="large")
    assert strayed(pages, look="large") == []


def test_what_stands_in_a_margin_is_seen() -> None:
    empty, marked = Image.new("L", (595, 842), 255), Image.new("L", (595, 842), 255)
    marked.putpixel((560, 400), 0)
    assert strayed([empty, empty, marked]) == [3]


# --- complete


def test_every_word_of_a_page_is_on_paper(kept: Kept) -> None:
    words = words_in(printed(edition(kept, {"en": STEP + CHECKLIST}), kept))
    for told in ("Receiveher", "Nurse", "Offerwater.", "Donoharm", "Nophotographs.", "Theroomisquiet"):
        assert told in words


@pytest.mark.parametrize("language", ["en", "my", "vi"])
def test_text_can_be_copied_as_it_was_written(kept: Kept, language: str) -> None:
    """By readers that know `ActualText`. In Thai, Lao and Khmer Typst says a cluster twice whose mark is raised."""
    pdf = printed(edition(kept, {language: f"<p>{hostile.WORDS[language]}</p>"}), kept, language=language)
    assert hostile.WORDS[language].replace(" ", "") in words_in(pdf)


def test_the_paper_says_what_it_is_and_who_signed_but_no_names(kept: Kept) -> None:
    words = words_in(printed(edition(kept, {"en": STEP}), kept))
    said = ("KP-SOP-012", "Edition3", "Inforcefrom1December2026", "Author", "31October2026", "Ihavereadit.", "ab" * 32)
    for told in said:
        assert told in words
    assert "opaque" not in words


def test_thai_paper_counts_years_in_the_buddhist_era(kept: Kept) -> None:
    words = words_in(printed(edition(kept, {"th": "<p>ก</p>"}), kept, language="th"))
    assert "1ธันวาคม2569" in words


def test_all_languages_stand_in_one_document(kept: Kept) -> None:
    content = edition(kept, {language: f"<p>{words}</p>" for language, words in hostile.WORDS.items()})
    pdf = printed(content, kept, language=None)
    words = words_in(pdf)
    assert all(hostile.WORDS[code].replace(" ", "") in words for code in ("en", "my", "vi"))
    told = {str(element.get("/Lang", "")) for element in pdf.objects if isinstance(element, pikepdf.Dictionary)}
    assert {*LANGUAGES} <= told | {str(pdf.Root.Lang)}


def test_large_print_holds_checklists_alone(kept: Kept) -> None:
    pdf = printed(edition(kept, {"en": STEP + CHECKLIST}), kept, look="large")
    words = words_in(pdf)
    assert "Theroomisquiet" in words
    assert "Offerwater" not in words
    assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 420, 595]


def test_one_section_is_printed_alone(kept: Kept) -> None:
    content = edition(kept, {"en": "<p>alpha</p>"}, {"en": "<p>beta</p>"})
    from tests.portal.editions.paper.pages import IMPRINT

    made = printing.make(
        content, fragments=kept.text, files=kept.file, imprint=IMPRINT, language="en", pages={"page-2"}
    )  # fmt: skip
    words = words_in(pikepdf.open(io.BytesIO(made)))
    assert "beta" in words
    assert "alpha" not in words


def test_contents_name_the_page_of_each_section(kept: Kept) -> None:
    made = pdf_of(edition(kept, {"en": "<p>alpha</p>"}, {"en": "<p>beta</p>"}), kept)
    reader = pypdf.PdfReader(io.BytesIO(made))
    entries = {
        entry.title: reader.get_destination_page_number(entry)
        for entry in reader.outline
        if isinstance(entry, pypdf.generic.Destination)
    }
    number = next(place for title, place in entries.items() if title and "Section 2" in title)
    assert number is not None
    words = words_in(pikepdf.open(io.BytesIO(made)))
    assert re.search(r"Contents.*Section2\.*(\d+)", words)[1].startswith(str(number + 1))  # type: ignore[index]
    assert "Section2beta" in words


# --- readable for everybody


def test_paper_promises_pdf_ua_and_has_real_headings_lists_and_tables(kept: Kept) -> None:
    table = "<table><thead><tr><th>Who</th><th>What</th></tr></thead><tr><td>a</td><td>b</td></tr></table>"
    html = f"<h2>Before</h2>{STEP}<ul><li>one</li></ul>{table}{CHECKLIST}"
    pdf = printed(edition(kept, {"en": html}), kept)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "A manual"
    assert str(pdf.Root.Lang) == "en"
    structure = _structure(pdf)
    assert structure.count("H1") == 3  # approval, changes, the section
    assert {"H2", "L", "LI", "Table", "TH", "TD", "P"} <= {*structure}


@pytest.mark.parametrize(
    "letters",
    ["中文", "\ufeff\u202eabc", "\x07a", "😀", "é" + "\u0301" * 40, "\u0e31\u0e31", "ភ្ជ" * 9],
    ids=["chinese", "hidden", "control", "emoji", "many-marks", "lonely-marks", "stacked"],
)
def test_letters_that_paper_does_not_have_end_nothing(kept: Kept, letters: str) -> None:
    pdf = printed(edition(kept, {"en": f"<p>before {letters} behind</p>"}), kept)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert "behind" in words_in(pdf)


def test_a_picture_carries_its_words_and_one_that_cannot_be_opened_is_told(kept: Kept) -> None:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(made, "WEBP")
    good, bad = kept.keep(made.getvalue()), kept.keep(b"no picture at all")
    html = f'<img src="edition-file:{good}" alt="The garden"><img src="edition-file:{bad}" alt="The broken wall">'
    pdf = printed(edition(kept, {"en": html}), kept)
    told = {str(thing.Alt) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing}
    assert "The garden" in told
    assert "Thebrokenwall" in words_in(pdf)


# --- nothing but text


@pytest.mark.parametrize(
    "attack",
    ['#import "manual.typ"', '#read("/etc/passwd")', "#panic()", "$x^2$ \\u{41} \\", "*a* _b_ `c` <l> @l // /*",
     "]]]) #] }", '"); panic("', "{{ 7 * 7 }}{% now %}"],
    ids=["import", "read", "panic", "mathematics", "markup", "brackets", "quotes", "django"],
)  # fmt: skip
def test_what_looks_like_typst_is_printed_as_it_was_written(kept: Kept, attack: str) -> None:
    told = attack.replace("&", "&amp;").replace("<", "&lt;")
    html = f"<h2>{told}</h2><p>{told}</p><table><tr><td>{told}</td></tr></table>"
    words = words_in(printed(edition(kept, {"en": html}, titles={"en": attack}), kept))
    assert words.count(attack.replace(" ", "")) >= 4


def test_the_press_opens_no_file_outside_its_folder(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    (tmp_path / "manual.typ").write_text('#read("/etc/passwd")', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        press.print_(tmp_path, fonts=tmp_path, second=0)
    (tmp_path / "manual.typ").write_text('#read("../../../../../../etc/passwd")', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        press.print_(tmp_path, fonts=tmp_path, second=0)


def test_a_page_nested_a_thousand_deep_is_printed(kept: Kept) -> None:
    html = "<div><ul><li>" * 400 + "the innermost" + "</li></ul></div>" * 400 + "<p>the last</p>"
    words = words_in(printed(edition(kept, {"en": html + "<b><i>" * 300 + "bold"}), kept))
    assert "thelast" in words


def test_what_takes_too_long_ends_with_a_sentence(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_SECONDS", 0.05)
    with pytest.raises(UnableToPrint, match="too long"):
        pdf_of(edition(kept, {"en": STEP}), kept)


def test_what_needs_too_much_memory_ends_alone(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MODULE", "tests.portal.editions.paper.small_press")
    with pytest.raises(UnableToPrint):
        pdf_of(edition(kept, {"en": STEP * 40}), kept)


def test_the_same_edition_gives_the_same_bytes(kept: Kept) -> None:
    content = edition(kept, {"en": STEP + CHECKLIST, "th": f"<p>{hostile.WORDS['th']}</p>"})
    assert pdf_of(content, kept, language=None) == pdf_of(content, kept, language=None)


def test_nothing_is_left_in_the_folder_of_the_press(kept: Kept) -> None:
    from django.conf import settings

    pdf_of(edition(kept, {"en": STEP}), kept)
    assert list(Path(settings.VAR_DIR, "paper").iterdir()) == []
