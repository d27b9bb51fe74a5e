"""Are exactly those words marked that changed, in scripts with and without spaces?"""

import random
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker

from portal.editions import words_compared
from portal.editions.words_compared import Mark, Span, compare_words
from portal.search.analysis import segments
from tests.benchmarks import search_passages

LANGUAGES = ["en", "km", "lo", "my", "th", "vi"]
#: Consonants, vowels before and after them, marks, stacks, digits, joiners, blanks and line ends of our scripts.
LETTERS = "กขเแิ์้ำກຂເິ້ຳကခေိ်္ါកខេិ្់aé\u0301ạệ1๒ \n\u200b\u200d.,("
needs_shared_data = pytest.mark.skipif(
    not search_passages.is_there(), reason="the shared material is not here: set SHARED_DATA to its folder"
)


def _told(before: str, after: str) -> list[tuple[str, str]]:
    return [(span.mark.value, span.text) for span in compare_words(before, after)]


def _side(spans: list[Span], *, without: Mark) -> str:
    return "".join(span.text for span in spans if span.mark != without)


def _marked(spans: list[Span]) -> int:
    return sum(len(span.text) for span in spans if span.mark != Mark.SAME)


def _reworded(text: str, *, words: list[str], share: float, chance: random.Random, gap: str) -> tuple[str, int]:
    """`text` with a share of its words replaced, removed, or put behind a new one; and how many characters changed."""
    pieces, changed = [], 0
    for _start, _end, piece in segments(text):
        is_touched = any(letter.isalnum() for letter in piece) and chance.random() < share
        new = chance.choice(words) if is_touched else piece
        deed = chance.choice(["replace", "remove", "insert"]) if new != piece else "keep"
        pieces += {"keep": [piece], "replace": [new], "remove": [], "insert": [new, gap, piece]}[deed]
        changed += {"keep": 0, "replace": len(new + piece), "remove": len(piece), "insert": len(new + gap)}[deed]
    return "".join(pieces), changed


@needs_shared_data
@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_more_is_marked_than_was_changed(language: str, share: float) -> None:
    chance = random.Random(1948)  # noqa: S311 - no secret
    articles = [passage.text for passage in search_passages.declaration(language)]
    words = [piece for text in articles for _start, _end, piece in segments(text) if piece[0].isalnum()]
    marked = changed = 0
    for text in articles:
        after, truly = _reworded(
            text, words=words, share=share, chance=chance, gap=" " if language in ("en", "vi") else ""
        )
        spans = compare_words(text, after)
        assert (_side(spans, without=Mark.ADDED), _side(spans, without=Mark.REMOVED)) == (text, after)
        marked, changed = marked + _marked(spans), changed + truly
    assert changed > 0
    assert marked <= 1.2 * changed


@given(before=st.text(LETTERS, max_size=30), after=st.text(LETTERS, max_size=30))
@settings(max_examples=300, deadline=None)
def test_both_texts_come_back_whole_and_no_cluster_is_torn(before: str, after: str) -> None:
    spans = compare_words(before, after)
    for text, other in ((before, Mark.ADDED), (after, Mark.REMOVED)):
        told = [span.text for span in spans if span.mark != other]
        assert "".join(told) == text
        whole = {0, *accumulate(len(cluster) for cluster in CharacterBreaker(text, "en"))}
        assert set(accumulate(map(len, told))) <= whole
    assert all(span.text for span in spans)
    assert all(one.mark != other.mark for one, other in pairwise(spans))


@given(text=st.text(LETTERS, max_size=30))
def test_what_did_not_change_is_not_marked(text: str) -> None:
    assert _marked(compare_words(text, text)) == 0


def test_whole_words_are_marked_where_words_have_spaces() -> None:
    assert _told("Meet the person.", "Meet the persons.") == [
        ("same", "Meet the "),
        ("removed", "person"),
        ("added", "persons"),
        ("same", "."),
    ]
    assert _told("quyền của nạn nhân", "quyền các nạn nhân") == [
        ("same", "quyền "),
        ("removed", "của"),
        ("added", "các"),
        ("same", " nạn nhân"),
    ]


@pytest.mark.parametrize(
    ("before", "removed", "added", "after"),
    [
        ("ผู้เสียหายได้รับ", "ความช่วยเหลือ", "การคุ้มครอง", "ภายใน ๓ วัน"),
        ("ບຸກຄົນທຸກຄົນມີ", "ສິດ", "ເສລີພາບ", "ໃນການເຮັດວຽກ"),
        ("လူတိုင်းတွင်", "အခွင့်အရေး", "တာဝန်", "ရှိသည်"),
        ("មនុស្សគ្រប់រូបមាន", "សិទ្ធិ", "សេរីភាព", "ក្នុងជីវិត"),
    ],
)
def test_a_word_is_marked_alone_where_words_have_no_spaces(before: str, removed: str, added: str, after: str) -> None:
    told = _told(before + removed + after, before + added + after)
    assert told == [("same", before), ("removed", removed), ("added", added), ("same", after)]


def test_a_number_in_a_run_of_thai_letters_is_marked_alone() -> None:
    assert ("removed", "33") in _told("ตามมาตรา33แห่งพระราชบัญญัติ", "ตามมาตรา35แห่งพระราชบัญญัติ")


def test_a_stack_of_khmer_consonants_is_never_taken_apart() -> None:
    marked = [text for mark, text in _told("ស្ត", "ស្រ") if mark != "same"]
    assert all(text.startswith("ស្") for text in marked)


def test_a_sentence_that_was_written_anew_is_one_change() -> None:
    before = "Ask whether the person wishes to have an interpreter."
    after = "Nobody may enter without the consent of its residents."
    assert [mark for mark, _text in _told(before, after)] == ["removed", "added", "same"]


def test_a_line_stays_a_line_although_all_others_are_new() -> None:
    assert _told("one\ntwo", "three\nfour") == [
        ("removed", "one"),
        ("added", "three"),
        ("same", "\n"),
        ("removed", "two"),
        ("added", "four"),
    ]


def test_texts_that_are_too_long_are_compared_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_compared, "MOST_PAIRS", 40)
    told = _told("a b c\nd e f\ng h i\n", "a b c\nd X f\ng h i\n")
    assert ("same", "a b c\nd ") in told
    assert _marked(compare_words("a b c\nd e f\ng h i\n", "a b c\nd X f\ng h i\n")) == len("eX")


def test_a_line_that_is_too_long_is_marked_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_compared, "MOST_PAIRS", 4)
    assert _told("a b c d e", "a b c d f") == [("removed", "a b c d e"), ("added", "a b c d f")]


def test_ten_thousand_equal_words_against_as_many_others_are_two_marks() -> None:
    assert [mark for mark, _text in _told("no " * 10_000, "yes " * 10_000)] == ["removed", "added", "same"]
