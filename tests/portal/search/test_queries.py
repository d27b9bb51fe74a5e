"""What is understood of what somebody types, and how much of it is asked at most?"""

from collections.abc import Iterator

import pytest

from portal.search import analysis, queries
from portal.search.dictionary import Dictionary, Wording
from portal.search.queries import (
    FEW_WORDS,
    LONGEST_QUESTION,
    MOST_NEEDS,
    MOST_PAIRS,
    MOST_WORDS,
    Question,
    read,
)

VICTIM, TRAFFICKING = 1, 2
GLOSSARY = Dictionary.of(
    [
        Wording(VICTIM, "en", "victim of trafficking"),
        Wording(VICTIM, "th", "ผู้เสียหาย"),
        Wording(TRAFFICKING, "th", "การค้ามนุษย์"),
    ]
)


def words(runs: tuple[queries.Run, ...]) -> list[list[str]]:
    return [list(run.words) for run in runs]


def parts_of(query: queries.Query) -> Iterator[queries.Query]:
    """A query and everything in it."""
    yield query
    for name in ("parts", "part", "unwanted"):
        inner = getattr(query, name, ())
        for one in inner if isinstance(inner, tuple) else (inner,):
            yield from parts_of(one)


# --- what is syntax -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "quoted",
    ['"raw silk"', "“raw silk”","„raw silk“", "‟raw silk”", "«raw silk»", "「raw silk」", "『raw silk』",
     '“raw silk"'],
    ids=["straight", "curly", "low", "reversed", "guillemets", "corners", "white-corners", "mixed"],
)  # fmt: skip
def test_quotation_marks_of_all_countries_mean_a_phrase(quoted: str) -> None:
    question = read(f"loom {quoted} wages")
    assert words(question.phrases) == [["raw", "silk"]]
    assert words(question.runs) == [["loom"], ["wage"]]


@pytest.mark.parametrize("alone", ['silk" loom', '"silk loom', 'silk loom"', "silk 'loom'", "silk's loom"])
def test_a_mark_without_its_fellow_and_an_apostrophe_mean_nothing(alone: str) -> None:
    question = read(alone)
    assert question.phrases == question.unwanted == ()
    assert {"silk", "loom"} == question.words


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("silk -loom", ["silk"], ["loom"]),
        ("-loom silk", ["silk"], ["loom"]),
        ("silk −loom", ["silk"], ["loom"]),
        ("silk --loom", ["silk"], ["loom"]),
        ("silk - loom", ["silk", "loom"], []),
        ("hand-loom", ["hand", "loom"], []),
        ("silk -", ["silk"], []),
        ("silk –loom", ["silk", "loom"], []),
        ("ผ้าไหม -กี่", ["ผ้า", "ไหม"], ["กี่"]),
    ],
)
def test_a_minus_excludes_only_at_the_beginning_of_a_word(text: str, wanted: list[str], unwanted: list[str]) -> None:
    question = read(text)
    assert [word for run in question.runs for word in run.words] == wanted
    assert [word for run in question.unwanted for word in run.words] == unwanted


def test_a_whole_phrase_can_be_excluded() -> None:
    question = read('silk -"hand loom"')
    assert (words(question.runs), words(question.phrases)) == ([["silk"]], [])
    assert words(question.unwanted) == [["hand", "loom"]]


@pytest.mark.parametrize("sign", list("*?:^~()[]{}+|&!/\\<>=%#@;,.'`$_"))
def test_nothing_else_is_syntax(sign: str) -> None:
    for text in (f"silk {sign}loom", f"silk {sign} loom", f"silk loom{sign}", f"{sign}silk loom"):
        question = read(text)
        assert (words(question.runs), question.phrases, question.unwanted) == ([["silk"], ["loom"]], (), ()), text


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "TO", "NEAR"])
def test_no_word_is_an_operator(word: str) -> None:
    assert words(read(f"silk {word} loom").runs) == [["silk"], [word.lower()], ["loom"]]


@pytest.mark.parametrize("text", ["-silk", "-silk -loom", '-"silk"', "−silk"])
def test_who_only_excludes_is_taken_at_the_words(text: str) -> None:
    question = read(text)
    assert not question.is_empty
    assert question.unwanted == ()
    assert "silk" in question.words


@pytest.mark.parametrize("text", ["", " ", '""', "-", "- -", "...", "😀", "\x00", "\u200b", '"-"', "_", "์"])
def test_what_has_no_words_asks_nothing(text: str) -> None:
    question = read(text)
    assert question.is_empty
    assert list(queries.ladder(question))
    assert question.words == question.telling_words == frozenset()


# --- how much is asked at most --------------------------------------------------------------------------------
WEIRD = {
    "long": "a" * 100_000,
    "long thai": "ก" * 100_000,
    "many words": "silk loom wage " * 10_000,
    "numbers": " ".join(map(str, range(30_000))),
    "thai words": "การคัดแยกผู้เสียหาย" * 5_000,
    "quotes": '"' * 10_000,
    "quoted words": '"a" ' * 10_000,
    "quoted pieces": '"a b c d" ' * 10_000,
    "minuses": "-" * 10_000,
    "excluded": "-silk " * 10_000,
    "excluded phrases": '-"a b" ' * 10_000,
    "surrogates": "\ud800\udfffsilk" * 10_000,
    "bidirectional": "\u202esilk\u2066 \u2069" * 10_000,
    "controls": "\x00\x01silk\x7f" * 10_000,
    "blanks": " " * 100_000,
    "zawgyi": "\u1031\u1000\u103a\u1039\u1031" * 10_000,
    "zalgo": ("s" + "\u0301\u0316" * 40) * 2_000,
    "ligatures": "ﷺ" * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 10_000,
    "halves of vowels": "ํา" * 10_000,
    "stacked": "ក្" * 10_000,
}


@pytest.mark.parametrize("text", WEIRD.values(), ids=WEIRD)
def test_whatever_is_typed_becomes_a_question_of_bounded_size(text: str) -> None:
    question = read(text, glossary=GLOSSARY)
    assert len(question.text) <= LONGEST_QUESTION
    wanted = question.runs + question.phrases
    assert sum(len(run.words) for run in wanted) <= MOST_WORDS
    assert sum(len(run.words) for run in question.unwanted) <= MOST_WORDS
    assert max(len(question.runs), len(question.phrases), len(question.unwanted)) <= MOST_NEEDS
    assert all(len(run.pairs) <= MOST_PAIRS for run in wanted + question.unwanted)
    assert all(len(word) <= analysis.LONGEST_WORD for word in question.words)
    for _name, query in queries.ladder(question):
        assert sum(1 for _part in parts_of(query)) <= 8 * (MOST_WORDS + MOST_PAIRS) * 2


def test_phrases_and_words_share_their_room() -> None:
    question = read('"' + " ".join(f"a{number}" for number in range(20)) + '" ' + " ".join("bcdefghij"))
    assert len(question.phrases[0].words) == 20
    assert len(question.runs) == MOST_WORDS - 20


def test_what_is_sent_back_to_be_shown_can_be_encoded_and_hides_nothing() -> None:
    text = read("\ud800si\u202elk\x00 \u2066loom\u200b\ufeff").text
    assert text.encode() == b"silk loom"


def test_reading_what_was_read_changes_nothing() -> None:
    for text in (*WEIRD.values(), "“raw silk” -loom ผ้าไหม เเม่ ทํา"):
        once = read(text)
        assert read(once.text) == once, ascii(text[:20])


# --- words that tell, and words that do not -------------------------------------------------------------------
@pytest.mark.parametrize(
    "word", ["a", "are", "does", "have", "how", "is", "it", "the", "this", "was", "what", "where", "your"]
)
def test_common_english_words_do_not_decide(word: str) -> None:
    assert read(f"{word} silk").telling_words == {"silk"}


def test_common_words_alone_are_asked_for() -> None:
    assert read("who is it").telling_words == {"who", "is", "it"}


def test_few_words_are_asked_for_together_and_a_whole_question_is_not() -> None:
    few = " ".join(["silk", "loom", "wage"][:FEW_WORDS])
    assert [name for name, _query in queries.ladder(read(few))] == ["all", "any", "clusters"]
    assert [name for name, _query in queries.ladder(read(f"how is the {few} of"))] == ["all", "any", "clusters"]
    assert [name for name, _query in queries.ladder(read(f"{few} village"))] == ["any", "clusters"]
    assert next(name for name, _query in queries.ladder(read(f'{few} "village"'))) == "all"


# --- the glossary ---------------------------------------------------------------------------------------------
def test_what_the_glossary_names_is_one_run_across_blanks_and_dictionaries() -> None:
    question = read("victims of trafficking today", glossary=GLOSSARY)
    assert words(question.runs) == [["victim", "of", "traffick"], ["todai"]]
    assert [run.concepts for run in question.runs] == [{VICTIM}, frozenset()]
    thai = read("ช่วยเหลือผู้เสียหายจากการค้ามนุษย์", glossary=GLOSSARY)
    assert ["".join(run.words) for run in thai.runs] == ["ช่วยเหลือ", "ผู้เสียหาย", "จาก", "การค้ามนุษย์"]
    assert thai.concepts == {VICTIM, TRAFFICKING}


def test_a_phrase_that_is_a_term_names_it_and_a_part_of_a_phrase_does_not() -> None:
    assert read('"ผู้เสียหาย"', glossary=GLOSSARY).concepts == {VICTIM}
    assert read('"ผู้เสียหายใหม่"', glossary=GLOSSARY).concepts == frozenset()


def test_what_is_excluded_names_nothing() -> None:
    question = read("silk -ผู้เสียหาย", glossary=GLOSSARY)
    assert question.concepts == frozenset()
    assert words(question.unwanted) != []


def test_without_the_glossary_the_words_stay() -> None:
    question = read("ผู้เสียหาย", glossary=GLOSSARY)
    bare = question.without_concepts()
    assert (bare.words, bare.concepts) == (question.words, frozenset())
    also: Question = bare.also(["victim of trafficking"])
    assert question.words < also.words
    assert {"victim", "traffick"} <= also.words
