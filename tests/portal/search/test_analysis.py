import pytest

from portal.search import analysis


def words(text: str) -> list[str]:
    return [token.terms[0] for token in analysis.tokens(analysis.legible(text))]


def test_thai_is_cut_into_words() -> None:
    assert words("การคัดแยกผู้เสียหาย")[:3] == ["การ", "คัด", "แยก"]


@pytest.mark.parametrize(
    "text", ["ກະບວນການຍຸຕິທຳ", "ការជួញដូរមនុស្ស", "လူကုန်ကူးမှု", "人身買賣受害者"], ids=["lo", "km", "my", "zh"]
)
def test_scripts_without_spaces_are_cut_into_words(text: str) -> None:
    assert len(words(text)) > 1
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("มาตรา ๓๓", "มาตรา 33"),
        ("มาตรา๓๓", "มาตรา 33"),
        ("ทํางาน", "ทำงาน"),
        ("ＦＵＬＬ", "full"),
        ("VICTIM’S", "victims"),
        ("Straße", "STRASSE"),
        ("ﬁle", "file"),
        ("_silk_", "silk"),
        ("ข้อ ๔", "ข้อ ໔"),
        ("៤ ၄ ๔ ໔ ４", "4 4 4 4 4"),
        ("เเม่", "แม่"),
        ("ເເມ່", "ແມ່"),
        ("น้ํา", "น้ำ"),
        ("ນ້ໍາ", "ນ້ຳ"),
        ("na\u0323n", "nạn"),
        ("cooperation’s", "cooperation"),
        ("identification", "identified"),
        ("victims", "victim"),
    ],
)
def test_two_writings_of_one_thing_are_one(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_vietnamese_is_found_with_and_without_marks() -> None:
    terms = {term for token in analysis.tokens("nạn nhân đường") for term in token.terms}
    assert terms == {"nạn", "nan", "nhân", "nhan", "đường", "duong"}


@pytest.mark.parametrize("typed", ["nan", "nạn", "nhan", "nhân", "duong", "d", "đườ"])
def test_vietnamese_is_completed_with_and_without_marks(typed: str) -> None:
    assert typed in analysis.beginnings("nạn nhân trên đường")


@pytest.mark.parametrize("text", ["😀🧵 silk ผ้าไหม 😀", "มาตรา33 ก", "a\u0301b ກະບວນ 🇹🇭 ជួញ", "𝕊𝕚𝕝𝕜 သည် 人身 nạn"])
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    legible = analysis.legible(text)
    pieces = list(analysis.segments(legible))
    assert "".join(piece for _start, _end, piece in pieces) == legible
    assert all(legible[start:end] == piece for start, end, piece in pieces)


def test_no_word_and_no_beginning_is_endless() -> None:
    assert max(map(len, analysis.words_counted("a" * 10_000 + " " + "ﷺ" * 100))) <= analysis.LONGEST_WORD
    assert max(map(len, analysis.beginnings("a" * 10_000))) == analysis.LONGEST_GRAM


def test_neighbours_are_named_by_their_stems_and_their_order() -> None:
    assert analysis.neighbours("Raw silks") == analysis.neighbours("raw silk")
    assert analysis.neighbours("silk raw") != analysis.neighbours("raw silk")
    assert analysis.neighbours("silk") == analysis.neighbours("การคัดแยก") == []


def test_words_are_where_they_stand_also_after_an_emoji() -> None:
    text = "😀🧵 silk ผ้าไหม"
    found = {text[token.start : token.end] for token in analysis.tokens(text)}
    assert {"silk", "ผ้า"} <= found or {"silk", "ผ้าไหม"} <= found


def test_a_question_that_begins_within_a_word_still_shares_its_pairs_with_the_text() -> None:
    assert set(analysis.pairs("คัดแยกผู้")) <= set(analysis.pairs("การคัดแยกผู้เสียหาย"))


def test_a_vowel_written_before_its_consonant_stays_with_it() -> None:
    assert analysis.clusters("แยก") == ["แย", "ก"]


def test_beginnings_hold_whatever_was_typed_so_far() -> None:
    assert {"การคั", "คัดแ", "แยก", "s", "sil", "silk"} <= analysis.beginnings("การคัดแยก silk")


def test_what_nobody_can_see_is_gone() -> None:
    assert analysis.legible("a\x00b\u202ec\ud800d\u200be") == "a bcd e"
