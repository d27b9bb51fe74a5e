"""Does a file of Word come through, whatever people do in Word?"""

from pathlib import Path
from typing import Any

import pytest

from lessons.manuals.word_in.making import Made, read
from lessons.manuals.word_in.wording import Wording
from tests.lessons.manuals.word_in import word_files as word
from tests.lessons.manuals.word_in.word_files import cell, par, picture, plain_table, row, run, table
from tests.media.files import photograph


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """What is made of a Word file with this body."""
    (tmp_path / "out").mkdir()

    def of(*body: str, **parts: Any) -> Made:
        return read(word.word_file(tmp_path / "m.docx", *body, **parts), folder=tmp_path / "out", wording=Wording())

    return of


def blocks(made: Made) -> list[tuple[str, Any]]:
    found = made.intro + [block for section in made.sections for block in section["blocks"]]
    return [(block["type"], block["value"]) for block in found]


def of_kind(made: Made, kind: str) -> list[Any]:
    return [value for type_, value in blocks(made) if type_ == kind]


def test_headings_of_any_style_that_is_a_heading_begin_sections(made: Any) -> None:
    manual = made(
        par("Manual of the door", style="Title"), par("Before everything."),
        par("Purpose", style="Heading1"), par("Why."),
        par("Scope", style="Ours"), par("What.", style="Normal"), par("Details", style="Heading2"),
        par("Records", style="Outlined"),
    )  # fmt: skip
    assert manual.title == "Manual of the door"
    assert [section["title"] for section in manual.sections] == ["Purpose", "Scope", "Records"]
    assert manual.intro[0]["value"] == "<p>Before everything.</p>"
    assert of_kind(manual, "heading") == [{"text": "Details", "level": "2"}]
    assert manual.words == manual.words_kept == 12


def test_a_single_heading_above_all_is_the_title(made: Any) -> None:
    manual = made(
        par("Intake", style="Heading1"), par("First", style="Heading2"), par("a"), par("Second", style="Heading2")
    )
    assert (manual.title, [section["title"] for section in manual.sections]) == ("Intake", ["First", "Second"])


def test_numbers_that_word_draws_before_headings_are_written(made: Any) -> None:
    manual = made(
        par("Purpose", style="Heading1", number=6), par("Reach", style="Heading2", number=6, depth=1),
        par("Scope", style="Heading1", number=6), par("Limits", style="Heading2", number=6, depth=1),
    )  # fmt: skip
    assert [section["title"] for section in manual.sections] == ["1 Purpose", "2 Scope"]
    assert [heading["text"] for heading in of_kind(manual, "heading")] == ["1.1 Reach", "2.1 Limits"]


def test_a_numbered_list_becomes_steps_with_what_stands_below_them(made: Any) -> None:
    manual = made(
        par("Greet her. Offer water and a seat.", number=1),
        par("Ask her name", number=1),
        par("never her story", number=2, depth=1), par("nor her debts", number=2, depth=1),
        par("By the style of the list.", style="ByStyle"),
    )  # fmt: skip
    steps = of_kind(manual, "procedure_step")
    assert [(step["title"], step["text"]) for step in steps] == [
        ("Greet her.", "<p>Offer water and a seat.</p>"),
        ("Ask her name", "<ul><li>never her story</li><li>nor her debts</li></ul>"),
        ("By the style of the list.", ""),
    ]


def test_one_sentence_in_numbered_pieces_is_no_procedure(made: Any) -> None:
    manual = made(par("what is due;", number=1), par("what is paid; and", number=1), par("what is left.", number=1))
    assert [kind for kind, _ in blocks(manual)] == ["list"]
    assert of_kind(manual, "list")[0]["kind"] == "number"


def test_letters_before_items_are_written_and_boxes_are_to_tick(made: Any) -> None:
    manual = made(
        par("one", number=3), par("two", number=3), par("Between."), par("a key", number=4), par("☐ a bag"),
        par("point", number=2),
    )  # fmt: skip
    assert [value["items"] for kind, value in blocks(manual) if kind in {"list", "checklist"}] == [
        ["<p>(a) one</p>", "<p>(b) two</p>"], ["a key", "a bag"], ["<p>point</p>"],
    ]  # fmt: skip


def test_no_word_is_cut_where_a_field_is_too_short_for_it(made: Any) -> None:
    long = " ".join(f"word{number}" for number in range(90)) + "."
    manual = made(
        par(long, style="Heading1"), par(long, style="Heading2"), par(long, number=1), par(f"☐ {long}"),
        par(long, style="Caption"),
        table(row(cell(par(long)), cell(par("b")), header=True), row(cell(par("c")), cell())),
    )  # fmt: skip
    assert manual.words_kept == manual.words == 6 * 90 + 2
    assert all(len(value["title"]) <= 160 for value in of_kind(manual, "procedure_step"))
    assert all(len(value["text"]) <= 160 for value in of_kind(manual, "heading"))
    assert all(len(item) <= 300 for value in of_kind(manual, "checklist") for item in value["items"])
    assert all(len(value["caption"]) <= 200 and all(len(each) <= 120 for each in value["header"])
               for value in of_kind(manual, "table"))  # fmt: skip


def test_a_table_has_a_caption_headings_and_as_many_cells_in_each_row(made: Any) -> None:
    manual = made(
        par("Who does what", style="Caption"),
        table(
            row(cell(par("Who")), cell(par("What"), across=2), header=True),
            row(cell(par("Nurse"), merged="restart"), cell(par("looks")), cell(par("asks"))),
            row(cell(merged="continue"), cell(par("writes"))),
        ),
    )  # fmt: skip
    (shown,) = of_kind(manual, "table")
    assert (shown["caption"], shown["header"]) == ("Who does what", ["Who", "What", "What"])
    assert [each["cells"] for each in shown["rows"]] == [
        ["<p>Nurse</p>", "<p>looks</p>", "<p>asks</p>"], ["", "<p>writes</p>", ""],
    ]  # fmt: skip


def test_words_in_a_cell_that_is_covered_by_another_are_kept(made: Any) -> None:
    manual = made(table(
        row(cell(par("above"), merged="restart"), cell(par("right"))),
        row(cell(par("covered"), merged="continue"), cell(par("below"))),
    ))  # fmt: skip
    assert manual.words == manual.words_kept == 4


def test_an_empty_table_in_a_cell_that_is_covered_is_still_a_table(made: Any) -> None:
    manual = made(
        table(
            row(cell(par("above"), merged="restart"), cell(par("right"))),
            row(cell(table(row(cell())), merged="continue"), cell(par("below"))),
        )
    )
    assert len(of_kind(manual, "table")) == manual.remarks["tables"] == 2


def test_tables_in_tables_and_pictures_in_cells_are_all_there(made: Any) -> None:
    inner = plain_table(("inside", "deep"), ("more", "words"))
    manual = made(
        table(
            row(cell(par("left"), inner, par("under")), cell(par("right", xml=picture()))),
            row(cell(par("next")), cell(plain_table(("third", "table")))),
        ),
        media={"rIdP": photograph("PNG")},
    )  # fmt: skip
    assert [kind for kind, _ in blocks(manual)] == ["table", "table", "picture", "table"]
    assert manual.words == manual.words_kept == 10
    first = of_kind(manual, "table")[0]
    assert "See table 2." in first["rows"][0]["cells"][0]
    assert "See picture 1." in first["rows"][0]["cells"][1]
    assert of_kind(manual, "picture")[0]["alt"] == "A loom"


def test_a_frame_around_a_page_is_dissolved_in_reading_order(made: Any) -> None:
    manual = made(table(
        row(cell(par("Purpose", style="Heading1"), par("Why we do it."))),
        row(cell(par("Steps", style="Heading1"), par("Open the door.", number=1), plain_table(("a", "b"), ("c", "d")),
                 par("Close it.", number=1))),
    ))  # fmt: skip
    assert [section["title"] for section in manual.sections] == ["Purpose", "Steps"]
    assert [block["type"] for block in manual.sections[1]["blocks"]] == ["procedure_step", "table", "procedure_step"]
    assert manual.remarks["frames"] == 1


def test_rows_with_a_heading_divide_a_table(made: Any) -> None:
    manual = made(table(
        row(cell(par("1")), cell(par("Purpose", style="Heading1"))),
        row(cell(par("who")), cell(par("what"))),
        row(cell(par("2")), cell(par("Records", style="Heading1"))),
        row(cell(par("where")), cell(par("when"))),
    ))  # fmt: skip
    assert [section["title"] for section in manual.sections] == ["1 Purpose", "2 Records"]
    assert [block["type"] for section in manual.sections for block in section["blocks"]] == ["table", "table"]
    assert manual.words == manual.words_kept == 8


def test_tables_nested_as_deep_as_nobody_does_are_read(made: Any) -> None:
    inside = par("bottom")
    for number in range(40):
        inside = table(row(cell(par(f"left{number}"), inside), cell(par("right"))))
    manual = made(inside)
    assert len(of_kind(manual, "table")) == 40
    assert manual.words == manual.words_kept == 81


CONTROL = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
HIDING_PLACES = {
    "a content control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "custom markup": '<w:customXml w:element="x">{}</w:customXml>',
    "controls in controls": f"{CONTROL[0]}{CONTROL[0]}{{}}{CONTROL[1]}{CONTROL[1]}",
    "an alternative": '<mc:AlternateContent><mc:Choice Requires="x">{}</mc:Choice><mc:Fallback/></mc:AlternateContent>',
}


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_paragraphs_and_tables_are_found_in(place: str, made: Any) -> None:
    manual = made(HIDING_PLACES[place].format(par("Here it is.") + plain_table(("a", "b"), ("c", "d"))))
    assert [kind for kind, _ in blocks(manual)] == ["paragraph", "table"]
    assert manual.words == manual.words_kept == 7


INLINE = {
    "a tracked insertion": '<w:ins w:id="1">{}</w:ins>',
    "a tracked move": '<w:moveTo w:id="1">{}</w:moveTo>',
    "a smart tag": "<w:smartTag><w:smartTagPr/>{}</w:smartTag>",
    "a control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "a simple field": '<w:fldSimple w:instr="REF x">{}</w:fldSimple>',
    "a field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
               '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "a direction": '<w:dir w:val="ltr">{}</w:dir>',
    "an override of direction": '<w:bdo w:val="ltr">{}</w:bdo>',
    "a link within": '<w:hyperlink w:anchor="here">{}</w:hyperlink>',
    "a ruby": "<w:r><w:ruby><w:rubyPr/><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    "tags in tags": "<w:smartTag><w:ins><w:smartTag>{}</w:smartTag></w:ins></w:smartTag>",
}  # fmt: skip


@pytest.mark.parametrize("place", INLINE)
def test_words_are_found_in(place: str, made: Any) -> None:
    manual = made(par("Before ", xml=INLINE[place].format(run("inside")) + run(" after.")))
    assert of_kind(manual, "paragraph") in (["<p>Before inside after.</p>"],
                                            ['<p>Before <a href="import:#here">inside</a> after.</p>'])  # fmt: skip
    assert manual.words == manual.words_kept == 3


BOX = """<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="x"/>
<a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>
{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_is_read_once_behind_its_paragraph(made: Any) -> None:
    manual = made(par("Host.", xml=BOX.format(par("In the box.") + plain_table(("a", "b"), ("c", "d")))), par("Next."))
    assert [kind for kind, _ in blocks(manual)] == ["paragraph", "paragraph", "table", "paragraph"]
    assert manual.words == manual.words_kept == 9
    assert manual.remarks["text_boxes"] == 1


def test_a_text_box_of_old_word_without_any_other_form_is_read(made: Any) -> None:
    inside = f"<v:textbox><w:txbxContent>{par('Old box.')}</w:txbxContent></v:textbox>"
    old = f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"
    assert of_kind(made(par("Host.", xml=old)), "paragraph") == ["<p>Host.</p>", "<p>Old box.</p>"]


def test_pictures_in_groups_and_of_old_word_are_found_and_kept_once(made: Any, tmp_path: Path) -> None:
    group = (f'<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><wpg:wgp>{word.bare_picture("rIdP")}'
             f'{word.bare_picture("rIdQ")}</wpg:wgp></a:graphicData></a:graphic>'
             "</wp:inline></w:drawing></w:r>")  # fmt: skip
    old = '<w:r><w:pict><v:shape alt="An old one"><v:imagedata r:id="rIdP"/></v:shape></w:pict></w:r>'
    manual = made(par("x", xml=group), par("y", xml=old), media={"rIdP": photograph("PNG"), "rIdQ": photograph("JPEG")})
    names = [value["picture"] for value in of_kind(manual, "picture")]
    assert len(names) == 3
    assert names[0] == names[2] != names[1]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(set(names))


def test_what_stands_around_a_picture_stays_around_it(made: Any) -> None:
    manual = made(par("Before.", xml=picture() + run("After.")), media={"rIdP": photograph("PNG")})
    assert [kind for kind, _ in blocks(manual)] == ["paragraph", "picture", "paragraph"]


def test_footnotes_follow_their_section_with_their_numbers(made: Any) -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    manual = made(
        par("One", style="Heading1"), par("First", xml=mark.format(2)),
        par("Two", style="Heading1"), table(row(cell(par("Second", xml=mark.format(3))), cell(par("x")))),
        footnotes=f'<w:footnote w:type="separator" w:id="0">{par()}</w:footnote>'
                  f'<w:footnote w:id="2">{par("Said in one.")}</w:footnote>'
                  f'<w:footnote w:id="3">{par("Said in two.")}</w:footnote>',
    )  # fmt: skip
    ends = [section["blocks"][-1]["value"] for section in manual.sections]
    assert [end["items"] for end in ends] == [["<p>Said in one.</p>"], ["<p>Said in two.</p>"]]
    assert manual.sections[0]["blocks"][0]["value"] == "<p>First [1]</p>"
    assert manual.words == manual.words_kept == 11


def test_links_lead_outside_or_to_a_place_in_the_manual(made: Any) -> None:
    manual = made(
        par("A", xml='<w:hyperlink r:id="rIdL"><w:r><w:t>law</w:t></w:r></w:hyperlink>'),
        par("B", xml='<w:hyperlink r:id="rIdJ"><w:r><w:t>trap</w:t></w:r></w:hyperlink>'),
        par("C", xml='<w:hyperlink w:anchor="place"><w:r><w:t>there</w:t></w:r></w:hyperlink>'),
        par("", style="Heading1", xml='<w:bookmarkStart w:id="1" w:name="place"/>' + run("There")),
        links={"rIdL": "https://law.example/act?a=1&amp;b=2", "rIdJ": "javascript:alert(1)"},
    )  # fmt: skip
    assert of_kind(manual, "paragraph") == [
        '<p>A<a href="https://law.example/act?a=1&amp;b=2">law</a></p>',
        "<p>Btrap</p>",
        '<p>C<a href="import:#place">there</a></p>',
    ]
    assert manual.anchors["place"] == (0, "")
    assert manual.remarks["unsafe_links"] == 1


def test_what_stays_behind_is_counted(made: Any) -> None:
    manual = made(
        par("Kept.", xml='<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
            '<w:r><w:commentReference w:id="1"/></w:r>'
            '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><c:chart r:id="c"/></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
            + run("secret", "<w:vanish/>")),
        comments=f'<w:comment w:id="1" w:author="x">{par("why?")}</w:comment>',
    )  # fmt: skip
    assert {"deletions": 1, "comments": 1, "charts": 1, "equations": 1, "hidden": 1}.items() <= manual.remarks.items()
    assert of_kind(manual, "paragraph") == ["<p>Kept.a=bsecret</p>"]


def test_bold_lines_are_headings_where_there_are_no_others(made: Any) -> None:
    manual = made(par("Purpose", bold=True), par("Why."), par("Scope", bold=True), par("What."))
    assert [section["title"] for section in manual.sections] == ["Purpose", "Scope"]
    assert manual.remarks["by_bold"] == 1


def test_markup_in_a_text_is_text(made: Any) -> None:
    manual = made(par("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"))
    assert of_kind(manual, "paragraph") == ["<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>"]


def test_text_without_spaces_between_words_is_kept_whole(made: Any) -> None:
    thai = "ผู้เสียหายมีสิทธิได้รับความช่วยเหลือ" * 12
    manual = made(par(thai, number=1), par(f"☐ {thai}"), par(thai, style="Heading1"))
    assert manual.words == manual.words_kept
    ticked, rest = of_kind(manual, "checklist")[0]["items"][0], of_kind(manual, "paragraph")[0]
    assert ticked + rest.removeprefix("<p>").removesuffix("</p>") == thai


def test_the_same_file_gives_the_same_ids(made: Any) -> None:
    first, again = made(par("One."), par("Two.")), made(par("One."), par("Two."))
    assert [block["id"] for block in first.intro] == [block["id"] for block in again.intro]
    assert len({block["id"] for block in first.intro}) == 2
