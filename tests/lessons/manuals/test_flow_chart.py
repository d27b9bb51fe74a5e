"""Does a decision draw itself, in every script, without anything running over its box?"""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from lessons.manuals.flow_chart import PADDING, WIDTH, drawing, even_lines
from lessons.manuals.lettering import leading_of, lines_of, width_of
from lessons.manuals.steps import Step, Way

SVG = "{http://www.w3.org/2000/svg}"
#: A sentence of each language, and its width in Chromium with the site's fonts at weight 600, 100 units high.
MEASURED = {
    "en": ("Everyone has the right to life.", 1437),
    "th": ("ทุกคนมีสิทธิในการมีชีวิต", 979),
    "lo": ("ທຸກຄົນມີສິດໃນການດຳລົງຊີວິດ", 1084),
    "km": ("មនុស្សគ្រប់រូបមានសិទ្ធិរស់រានមានជីវិត", 1432),
    "my": ("လူတိုင်း၌ အသက်ရှင်ခွင့် ရှိသည်။", 1383),
    "vi": ("Mọi người đều có quyền được sống.", 1750),
}
LONG = {code: f"{sentence} " * 4 for code, (sentence, _width) in MEASURED.items()}


def chart(question: str, *ways: Way, before: Step | None = None) -> Any:
    svg = drawing("chart-1", question, number=2, before=before, ways=ways)
    return ElementTree.fromstring(svg.replace("<svg ", f'<svg xmlns="{SVG.strip("{}")}" ', 1))  # noqa: S314 - our own


@pytest.mark.parametrize("code", MEASURED)
def test_a_line_is_never_wider_than_we_say(code: str) -> None:
    sentence, measured = MEASURED[code]
    assert measured <= width_of(sentence, size=100) <= measured * 1.4


@pytest.mark.parametrize("code", MEASURED)
def test_a_long_text_is_broken_into_lines_that_fit_and_hold_all_of_it(code: str) -> None:
    lines = lines_of(LONG[code], width=200, size=15)
    assert len(lines) > 2
    assert all(width_of(line, size=15) <= 200 for line in lines)
    assert "".join("".join(lines).split()) == "".join(LONG[code].split())


@pytest.mark.parametrize("code", MEASURED)
def test_no_text_is_wider_than_its_box(code: str) -> None:
    step = Step("a" * 8, 1, LONG[code][:160], "procedure_step")
    tree = chart(LONG[code][:150], Way(LONG[code][:60], step=step), Way("?"), before=step)
    rows = [tspan.text or "" for tspan in tree.iter(f"{SVG}tspan")]
    assert max(width_of(row, size=15) for row in rows) <= WIDTH - 2 * PADDING


def test_a_word_that_is_wider_than_a_box_is_broken_between_letters() -> None:
    assert all(width_of(line, size=15) <= 100 for line in lines_of("W" * 60, width=100, size=15))


def test_no_word_is_left_alone_where_it_can_be_helped() -> None:
    lines = even_lines("Hold what was heard against the elements", width=300)
    assert len(lines) == 2
    assert len(lines[1].split()) > 1


def test_stacked_scripts_get_more_room_between_lines() -> None:
    assert leading_of("Yes") < leading_of("ใช่") < leading_of("បាទ") <= leading_of("ဟုတ်ကဲ့")


def test_the_drawing_says_in_words_what_it_shows() -> None:
    step = Step("a" * 8, 3, "Rest", "procedure_step")
    tree = chart("Is she safe?", Way("Yes", step=step), Way("No", is_end=True))
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "chart-1-title chart-1-text"
    assert tree.findtext(f"{SVG}title") == "Flow chart: Is she safe?"
    assert tree.findtext(f"{SVG}desc") == "Yes: Go on with step 3: Rest No: The procedure ends here."


def test_words_of_editors_are_no_markup() -> None:
    svg = drawing("chart-1", "<script>&", number=1, before=None, ways=[Way("<b>", is_end=True), Way("&amp;")])
    assert "<script>" not in svg
    assert ElementTree.fromstring(svg).findtext("title") == "Flow chart: <script>&"  # noqa: S314 - our own


def test_the_strict_policy_finds_no_style_in_it() -> None:
    svg = drawing("chart-1", "Safe?", number=1, before=None, ways=[Way("Yes", is_end=True), Way("No")])
    assert not re.search(r"\sstyle=|<style|\son\w+=|href=", svg)


def test_what_leads_nowhere_looks_different_without_colour() -> None:
    dashed = [box for box in chart("Safe?", Way("?")).iter(f"{SVG}rect") if box.get("stroke-dasharray") != "none"]
    assert len(dashed) == 1
