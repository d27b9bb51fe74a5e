"""Are words where a reader of the language looks for them?"""

import pytest

from portal.glossary.alphabet import place_of


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["assistance/support", "Case plan", "consent", "multi-disciplinary team", "multiply"]),
        ("th", ["การคุ้มครอง", "แก้ว", "ขู่เข็ญ", "เด็ก", "ทีม", "แนวทาง", "ผ้าไหม", "ไม้", "ล่าม", "สวัสดิภาพ"]),
        ("th", ["เก", "เก่ง", "ข้าว"]),
        ("lo", ["ການຄ້າມະນຸດ", "ໄກ່", "ຂູດຮີດ", "ໃຈ", "ສິດ", "ຊອກຫາ", "ໃຫ້ບ່ອນ"]),
        ("vi", ["ba", "bà", "bá", "bạ", "băn", "bân", "cưỡng bức", "dễ", "đe dọa", "mua", "mưa"]),
        ("km", ["ការការពារ", "ជនរងគ្រោះ", "ហានិភ័យ"]),
        ("my", ["ကာကွယ်", "လူကုန်ကူးမှု", "သဘောတူညီချက်"]),
    ],
)
def test_words_are_sorted_as_in_a_dictionary(language: str, words: list[str]) -> None:
    assert sorted(reversed(words), key=lambda word: place_of(word, language=language)) == words


def test_signs_that_are_no_letters_decide_nothing() -> None:
    assert place_of("(a) b-c", language="en")[0] == place_of("abc", language="en")[0]
    assert place_of("", language="th")[0] == ()
