import pytest

from portal.search import queries
from portal.search.passages import LENGTH, marked, passage


def test_the_asked_words_are_marked() -> None:
    assert marked("Victims are identified", queries.read("identification")) == "Victims are <mark>identified</mark>"


def test_thai_words_that_touch_are_marked_together() -> None:
    assert marked("การคัดแยกผู้เสียหาย", queries.read("การคัดแยก")) == "<mark>การคัดแยก</mark>ผู้เสียหาย"


def test_common_words_alone_are_not_marked() -> None:
    assert marked("The end of the day", queries.read("the day")) == "The end of the <mark>day</mark>"


@pytest.mark.parametrize("text", ["<script>silk</script>", 'silk" onclick="x', "silk &amp; <b>cotton</b>"])
def test_markup_in_a_text_is_never_markup_in_the_answer(text: str) -> None:
    shown = passage(text, queries.read("silk script b")).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in shown
    assert '"' not in shown


def test_a_passage_shows_where_most_of_the_question_stands() -> None:
    text = "\n".join(
        ["Silk is soft."] + ["Other things are told here at some length."] * 20 + ["Silk needs a sewing machine."]
    )
    assert "<mark>Silk</mark> needs a <mark>sewing</mark>" in passage(text, queries.read("silk sewing"))


def test_a_passage_is_cut_between_words() -> None:
    text = "ผู้เสียหายจากการค้ามนุษย์ได้รับความช่วยเหลือ" * 40
    shown = passage(text, queries.read("ช่วยเหลือ")).replace("<mark>", "").replace("</mark>", "")
    assert len(shown) <= LENGTH + 10
    assert shown.endswith(" …")
    assert shown.removesuffix(" …") in text


def test_one_endless_word_does_not_fill_the_page() -> None:
    assert len(passage("a" * 5_000, queries.read("b"))) < 2 * LENGTH
