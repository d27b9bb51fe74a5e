from collections.abc import Iterator
from contextlib import closing

import pytest

from portal.search.evaluation.baselines import Fts5, over_blanks, over_icu_words
from portal.search.evaluation.folders import Passage

PASSAGES = [
    Passage("rights", "สิทธิ", "ผู้เสียหายมีสิทธิได้รับความช่วยเหลือ", "th"),
    Passage("silk", "ผ้าไหม", "การทอผ้าไหมเป็นอาชีพ", "th"),
]


@pytest.fixture
def icu_words() -> Iterator[Fts5]:
    with closing(over_icu_words(PASSAGES)) as engine:
        yield engine


def test_words_within_a_thai_clause_are_found_only_where_icu_cuts_them(icu_words: Fts5) -> None:
    assert icu_words.find("ความช่วยเหลือ") == ["rights"]
    with closing(over_blanks(PASSAGES)) as plain:
        assert plain.find("ความช่วยเหลือ") == []
        assert plain.find("ผ้าไหม") == ["silk"]


def test_any_word_is_enough(icu_words: Fts5) -> None:
    assert icu_words.find("อาชีพ รถไฟ") == ["silk"]


@pytest.mark.parametrize("text", ["", '"', "* NEAR(", "\0", "ผ้า\0ไหม", '"ผ้าไหม', "???"], ids=repr)
def test_nothing_that_is_asked_is_syntax(icu_words: Fts5, text: str) -> None:
    with closing(over_blanks(PASSAGES)) as plain:
        assert set(plain.find(text)) | set(icu_words.find(text)) <= {"silk", "rights"}
