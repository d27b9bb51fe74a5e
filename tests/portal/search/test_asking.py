"""Which rung of the ladder finds what, in each of our languages? Asked of a real index."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from portal.search import asking, part_documents, queries
from portal.search.dictionary import Dictionary, Wording
from portal.search.queries import Everything, Word
from portal.search.whoosh_index import Index, Reader

VICTIM = 1
GLOSSARY = Dictionary.of(
    [Wording(VICTIM, "en", "victim"), Wording(VICTIM, "th", "ผู้เสียหาย"), Wording(VICTIM, "km", "ជនរងគ្រោះ")]
)
#: By key, the language and the text of a passage.
PASSAGES = {
    "silk": ("en", "Silk was woven in the village by victims who returned home."),
    "wage": ("en", "A fair wage for whoever weaves; the interpreter was paid, too."),
    "raw": ("en", "Raw silk is reeled. Later the silk, still raw, is dyed."),
    "th": ("th", "เจ้าหน้าที่คัดแยกผู้เสียหายจากการค้ามนุษย์ตามมาตรา ๓๓ ที่แม่น้ำ"),
    "th law": ("th", "พนักงานสอบสวนแจ้งสิทธิตามมาตรา ๔๔ และจัดล่ามให้"),
    "lo": ("lo", "ຜູ້ຖືກເຄາະຮ້າຍຈາກການຄ້າມະນຸດໄດ້ຮັບການຊ່ວຍເຫຼືອ ມາດຕາ ໑໒ ເຮັດວຽກ ນໍ້າ ແມ່ຍິງ"),
    "km": ("km", "ជនរងគ្រោះនៃអំពើជួញដូរមនុស្សទទួលបានជំនួយ មាត្រា ១៥"),
    "my": ("my", "လူကုန်ကူးခံရသူများကို ကူညီစောင့်ရှောက်သည် ပုဒ်မ ၁၇"),
    "vi": ("vi", "Nạn nhân của nạn mua bán người được hỗ trợ trên đường trở về."),
    "zh": ("zh", "人口贩运受害者获得法律援助和心理辅导"),
}
Ask = Callable[..., list[str]]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    index = Index(Path(tmp_path_factory.mktemp("asking")))
    with index.turn():
        index.replace(
            [
                part_documents.of_passage("", text, pk=key, language=language, dictionary=GLOSSARY)
                for key, (language, text) in PASSAGES.items()
            ]
        )
    return index.reader()


def climbed(reader: Reader, text: str, *, language: str = "", glossary: Dictionary | None = None) -> Sequence[str]:
    """The rung, and then the keys of what it found, best first."""
    question = queries.read(text, glossary=glossary)
    found = asking.climb(question, reader, allowed=reader.matches(Everything()).held)
    if found is None:
        return []
    return [found.name, *(reader.pk(int(number)) for number in asking.in_order(found, reader, language=language))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("silk village", ["all", "silk"]),
        ("weave wages", ["all", "wage"]),
        ("the silk of the village", ["all", "silk"]),
        ("village interpreter", ["any", "silk", "wage"]),
        ("who dyes silk in the village factory", ["any", "silk", "raw"]),
        ('"raw silk"', ["all", "raw"]),
        ('"silk raw"', ["any", "raw", "silk"]),
        ('"silk still raw"', ["all", "raw"]),
        ("silk -raw", ["all", "silk"]),
        ('silk -"raw silk"', ["all", "silk"]),
        ('silk -"woven silk"', ["all", "raw", "silk"]),
        ("silk -silk", []),
        ("bobbin", []),
    ],
)
def test_what_a_question_in_english_finds_and_on_which_rung(reader: Reader, text: str, expected: list[str]) -> None:
    found = climbed(reader, text)
    assert (found[:1], set(found[1:])) == (expected[:1], set(expected[1:]))
    assert found[1:2] == expected[1:2]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("คัดแยกผู้เสียหาย", "th"),
        ("ดแยกผู้เสี", "th"),
        ("การค้ามนุษย์", "th"),
        ("เเม่น้ำ", "th"),
        ("แม่นํ้า", "th"),
        ("ຄ້າມະນຸດ", "lo"),
        ("ເຄາະຮ້າຍ", "lo"),
        ("ເເມ່ຍິງ", "lo"),
        ("ນ້ຳ", "lo"),
        ("ជួញដូរមនុស្ស", "km"),
        ("រងគ្រោះ", "km"),
        ("လူကုန်ကူး", "my"),
        ("စောင့်ရှောက်", "my"),
        ("nạn nhân", "vi"),
        ("nan nhan", "vi"),
        ("NAN NHÂN", "vi"),
        ("mua ban nguoi", "vi"),
        ("duong", "vi"),
        ("法律援助", "zh"),
        ("运受害者", "zh"),
        ("贩运", "zh"),
        ("identify victim", "silk"),
        ("interpreters", "wage"),
    ],
)
def test_a_word_finds_the_text_in_which_it_stands(reader: Reader, text: str, key: str) -> None:
    assert climbed(reader, text)[1:2] == [key]


@pytest.mark.parametrize(
    "script", ["33", "๓๓", "໓໓", "៣៣", "၃၃", "３３"], ids=["ascii", "th", "lo", "km", "my", "wide"]
)
@pytest.mark.parametrize("form", ["มาตรา {}", "มาตรา{}", '"มาตรา {}"'])
def test_digits_of_all_scripts_are_alike(reader: Reader, script: str, form: str) -> None:
    assert climbed(reader, form.format(script)) == ["all", "th"]


def test_a_phrase_with_a_number_needs_the_number(reader: Reader) -> None:
    assert set(climbed(reader, '"ตามมาตรา"')) == {"all", "th", "th law"}
    assert climbed(reader, '"มาตรา 44"') == ["all", "th law"]
    assert climbed(reader, 'มาตรา -"มาตรา 33"') == ["all", "th law"]


def test_a_phrase_in_two_scripts_needs_both(reader: Reader) -> None:
    assert climbed(reader, '"silk มาตรา"')[:1] != ["all"]


@pytest.mark.parametrize(
    ("nearly", "key"),
    [
        ("ผู้เสียหายจากการค้ามนุส", "th"),
        ("ຖືກເຄາະຮ້າຍຈາກການຄ້າມະນຸສ", "lo"),
        ("អំពើជួញដូរមនុស្យ", "km"),
        ("人口贩运受害着", "zh"),
    ],
)  # fmt: skip
def test_what_is_written_nearly_like_a_text_finds_it(reader: Reader, nearly: str, key: str) -> None:
    assert climbed(reader, nearly)[1:2] == [key]


def test_most_pairs_of_a_run_that_says_one_thing_again_and_again_can_be_met(tmp_path: Path) -> None:
    index = Index(tmp_path)
    with index.turn():
        index.replace(
            [part_documents.of_passage("", "นานาชาติพันธุ์", pk="1", language="th", dictionary=Dictionary.of([]))]
        )
    near = queries.most_clusters(queries.read("นานานานาชาติ"))
    assert [hit.pk for hit in index.reader().find(near, among=Everything())] == ["1"]


# --- languages and the glossary -------------------------------------------------------------------------------
def test_the_readers_language_comes_first_and_what_only_the_glossary_finds_last(reader: Reader) -> None:
    for language, first in (("en", "silk"), ("th", "th"), ("km", "km")):
        question = {"en": "victim", "th": "ผู้เสียหาย", "km": "ជនរងគ្រោះ"}[language]
        found = climbed(reader, question, language=language, glossary=GLOSSARY)
        assert found[:2] == ["all", first]
        assert set(found[2:]) == {"silk", "th", "km"} - {first}


def test_what_the_glossary_finds_in_the_readers_language_is_not_before_the_words_themselves(reader: Reader) -> None:
    found = climbed(reader, "victim", language="th", glossary=GLOSSARY)
    assert found[:2] == ["all", "silk"]


def test_only_what_the_words_find_is_direct(reader: Reader) -> None:
    question = queries.read("victim", glossary=GLOSSARY)
    found = asking.climb(question, reader, allowed=reader.matches(Everything()).held)
    assert found is not None
    direct = {reader.pk(int(number)) for number in (found.found.held & found.direct).nonzero()[0]}
    assert direct == {"silk"}


def test_a_rung_that_finds_only_what_is_not_allowed_is_climbed_past(reader: Reader) -> None:
    allowed = reader.matches(Word("labels", "language:th")).held
    question = queries.read("silk มาตรา")
    found = asking.climb(question, reader, allowed=allowed)
    assert found is not None
    assert found.name == "any"
    assert asking.climb(queries.read("silk"), reader, allowed=allowed) is None


def test_hits_are_ranked_as_the_page_ranks_them(reader: Reader) -> None:
    among = Word("labels", part_documents.PART)
    question = queries.read("victim", glossary=GLOSSARY)
    hits = asking.ranked(reader, question, among=among, language="en")
    assert [hit.pk for hit in hits] == list(climbed(reader, "victim", language="en", glossary=GLOSSARY))[1:]
    assert asking.ranked(reader, question, among=among, language="en", most=1) == hits[:1]
    assert asking.ranked(reader, queries.read("bobbin"), among=among) == []
