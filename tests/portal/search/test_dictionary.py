"""Are concepts found in texts of all our languages, wherever ICU would cut them?"""

import time

import pytest

from portal.glossary.readings import readings
from portal.search import dictionary
from portal.search.analysis import legible
from portal.search.dictionary import Dictionary, Wording
from tests.factories.glossary import LANGUAGES, make_concept, needs_the_word_list, word_list

TRAFFICKING, VICTIM, SURVIVOR, INTERPRETER, TEAM, PROTECTION, WITNESS, RETURN, ORGANS, THREAT = range(1, 11)
GLOSSARY = Dictionary.of(
    [
        Wording(TRAFFICKING, "en", "trafficking in persons"),
        Wording(TRAFFICKING, "th", "การค้ามนุษย์"),
        Wording(TRAFFICKING, "km", "អំពើជួញដូរមនុស្ស"),
        Wording(TRAFFICKING, "vi", "mua bán người"),
        Wording(VICTIM, "en", "victim / trafficked person"),
        Wording(VICTIM, "th", "ผู้เสียหายจากการค้ามนุษย์"),
        Wording(VICTIM, "km", "ជនរងគ្រោះ"),
        Wording(VICTIM, "vi", "nạn nhân"),
        Wording(SURVIVOR, "en", "survivor"),
        Wording(SURVIVOR, "km", "ជនរងគ្រោះ"),
        Wording(INTERPRETER, "th", "ล่าม"),
        Wording(TEAM, "en", "multi-disciplinary team"),
        Wording(PROTECTION, "en", "protection"),
        Wording(PROTECTION, "en", "safeguarding"),
        Wording(WITNESS, "en", "witness protection"),
        Wording(RETURN, "th", "การส่งกลับ (ประเทศเดิม/ภูมิลำเนา)"),
        Wording(ORGANS, "lo", "ເອົາອະໄວຍະວະ…ໄປຂາຍ"),
        Wording(THREAT, "my", "ခြိမ်းခြောက်"),
        Wording(THREAT, "lo", "ຜູກມັດດ້ວຍໜີ້ສິນ"),
    ]
)
#: Texts in which a wording may stand, in each language.
SENTENCES = {
    "en": "We wrote about {} in the manual.",
    "th": "เรื่องของ{}ที่ศูนย์",
    "lo": "ພວກເຮົາເວົ້າເຖິງ{}ທີ່ສູນ",
    "my": "ကျွန်ုပ်တို့သည်{}နှင့်ပတ်သက်၍",
    "km": "យើងនិយាយអំពី{}នៅទីនេះ",
    "vi": "Chúng tôi nói về {} ở đây.",
}


def named(text: str, *, by: Dictionary = GLOSSARY) -> list[tuple[str, set[int]]]:
    plain = legible(text)
    return [(plain[match.start : match.end], set(match.concepts)) for match in by.matches(plain)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Victims of trafficking", [("Victims", {VICTIM})]),
        ("the VICTIM’S rights", [("VICTIM’S", {VICTIM})]),
        ("trafficking of the persons", [("trafficking of the persons", {TRAFFICKING, VICTIM})]),
        ("two multidisciplinary teams", [("multidisciplinary teams", {TEAM})]),
        ("a multi disciplinary team", [("multi disciplinary team", {TEAM})]),
        ("witness protection", [("witness protection", {WITNESS})]),
        ("nan nhan mua ban nguoi", [("nan nhan", {VICTIM}), ("mua ban nguoi", {TRAFFICKING})]),
        ("NẠN NHÂN", [("NẠN NHÂN", {VICTIM})]),
        ("สิทธิของผู้เสียหายจากการค้ามนุษย์", [("ผู้เสียหายจากการค้ามนุษย์", {VICTIM})]),
        ("ผู้ เสียหาย\u200bจากการค้ามนุษย์", [("ผู้ เสียหาย จากการค้ามนุษย์", {VICTIM})]),
        ("อំពើ\u200bជួញដូរ\u200bមនុស្ស"[1:], []),
        ("អំពើ\u200bជួញដូរ\u200bមនុស្ស", [("អំពើ ជួញដូរ មនុស្ស", {TRAFFICKING})]),
        ("ជនរងគ្រោះ", [("ជនរងគ្រោះ", {VICTIM, SURVIVOR})]),
        ("การส่งกลับภูมิลำเนา", [("การส่งกลับภูมิลำเนา", {RETURN})]),
        ("การส่งกลับทันที", [("การส่งกลับ", {RETURN})]),
        ("ເອົາອະໄວຍະວະຂອງຄົນໄປຂາຍ", [("ເອົາອະໄວຍະວະຂອງຄົນໄປຂາຍ", {ORGANS})]),
        ("ຜູກມັດດ້ວຍຫນີ້ສິນ", [("ຜູກມັດດ້ວຍຫນີ້ສິນ", {THREAT})]),
        ("😀 ล่าม 🧵", [("ล่าม", {INTERPRETER})]),
    ],
)
def test_a_concept_is_found_where_it_stands(text: str, expected: list[tuple[str, set[int]]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "trafficking. Persons",
        "multi disciplinary, team",
        "เล่ามา",
        "ล่ามา",
        "ล่าม้า",
        "ခြိမ်းခြောက်ာ",
        "ເອົາອະໄວຍະວະ. ໄປຂາຍ",
        "nạn nhan",
        "in of the",
        "",
        " \n ",
    ],
)
def test_what_only_looks_like_a_wording_is_none(text: str) -> None:
    assert named(text) == []


def test_a_document_also_names_what_stands_inside_a_longer_wording() -> None:
    found = GLOSSARY.concepts_in(legible("Witness protection. The protection of witnesses, and ผู้เสียหายจากการค้ามนุษย์"))
    assert found == {WITNESS: 1, PROTECTION: 2, VICTIM: 1, TRAFFICKING: 1}


def test_a_match_says_in_which_languages_the_concept_is_called_so() -> None:
    assert GLOSSARY.matches("nạn nhân")[0].languages == {"vi"}
    assert GLOSSARY.matches("victim")[0].languages == {"en"}


def test_the_first_wording_of_a_language_is_its_name() -> None:
    assert GLOSSARY.name(PROTECTION, "en") == "protection"
    assert list(GLOSSARY.wordings(PROTECTION, "en")) == ["protection", "safeguarding"]
    assert GLOSSARY.name(PROTECTION, "th") == ""
    assert list(GLOSSARY.wordings(99, "en")) == []
    assert "trafficked person" in GLOSSARY.readings(VICTIM, "en")


def test_the_version_changes_with_every_wording() -> None:
    one, other = [Wording(1, "en", "risk")], [Wording(1, "en", "risks")]
    assert Dictionary.of(one).version == Dictionary.of(one).version != Dictionary.of(other).version


def test_an_empty_glossary_names_nothing() -> None:
    empty = Dictionary.of([])
    assert named("trafficking", by=empty) == []
    assert not empty.concepts_in("trafficking")


@needs_the_word_list
def test_every_wording_of_the_field_is_found_in_a_sentence_with_its_own_concept() -> None:
    wordings = [
        Wording(int(row["id"]), code, row[code]) for row in word_list() for code in LANGUAGES if row[code].strip()
    ]
    field = Dictionary.of(wordings)
    missed = []
    for wording in wordings:
        for reading in readings(wording.text):
            text = legible(SENTENCES[wording.language].format(reading))
            if not any(wording.concept in match.concepts for match in field.matches(text)):
                missed.append((wording, reading))
            assert wording.concept in field.concepts_in(text)
    assert len(wordings) > 180
    assert missed == []


def test_two_thousand_wordings_are_hardly_slower_than_ten() -> None:
    consonants = "กขคงจชซดตถทนบปผพมยรลวสหอฮ"
    many = [
        Wording(number, "th", f"การ{one}า{two}ิ{three}")
        for number, (one, two, three) in enumerate(
            (one, two, three) for one in consonants for two in consonants for three in consonants[:4]
        )
    ]
    assert len(many) > 2_000
    text = ("เรื่องของการคุ้มครองและการช่วยเหลือ " * 40)[:1000]
    assert seconds(Dictionary.of(many), text) < 6 * seconds(Dictionary.of(many[:10]), text) + 0.001


def seconds(book: Dictionary, text: str) -> float:
    """CPU time of one look at a text, the best of some."""
    best = 1.0
    for _round in range(5):
        begun_at = time.process_time()
        for _time in range(10):
            book.matches(text)
        best = min(best, (time.process_time() - begun_at) / 10)
    return best


@pytest.mark.django_db
def test_the_sites_dictionary_follows_the_glossary() -> None:
    before = dictionary.current().version
    concept = make_concept(en="silk", th="ผ้าไหม")
    now = dictionary.current()
    assert now.version != before
    assert now.concepts_in("raw silk") == {concept.number: 1}
    concept.delete()
    assert dictionary.current().version == before


@pytest.mark.django_db(transaction=True)
def test_asking_again_costs_no_query_until_a_term_changes(django_assert_num_queries: object) -> None:
    make_concept(en="silk")
    known = dictionary.current()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert dictionary.current() is known
    make_concept(en="thread")
    assert dictionary.current() is not known
    assert dictionary.current().concepts_in("thread")
