"""Is it said when words cannot be read in their time?"""

import pytest

from media.captions import Cue, problems_in
from media.captions.markup import clean
from media.captions.scripts import is_zawgyi, letters_in
from tests.media.captions.test_importing import BURMESE, KHMER, LAO, THAI, ZAWGYI


def sentences(*cues: Cue, kind: str = "captions", language: str = "en", seconds: int = 60) -> list[str]:
    return [str(problem) for problem in problems_in(cues, kind=kind, language=language, seconds=seconds)]


@pytest.mark.parametrize(
    ("cue", "sentence"),
    [
        (Cue(0, 7_001, "Hello"), "more than 7 seconds"),
        (Cue(0, 5_000, "a\nb\nc"), "more than 2 lines"),
        (Cue(0, 5_000, "a" * 43), "a line of 43 letters"),
        (Cue(0, 1_000, "a" * 21), "at 21 letters a second"),
        (Cue(60_000, 61_000, "late"), "after the end"),
    ],
)
def test_captions_that_are_hard_to_read_are_remarked(cue: Cue, sentence: str) -> None:
    found = problems_in((cue,), kind="captions", language="en", seconds=60)
    assert [sentence in problem.sentence for problem in found] == [True]
    assert not found[0].is_error


@pytest.mark.parametrize(
    "cue", [Cue(0, 7_000, "Hello"), Cue(0, 5_000, "a\nb"), Cue(0, 5_000, "a" * 42), Cue(0, 1_000, "a" * 20)]
)
def test_captions_at_the_bounds_are_fine(cue: Cue) -> None:
    assert sentences(cue) == []


@pytest.mark.parametrize(("begins", "count"), [(1_900, 1), (2_000, 0), (2_079, 1), (2_080, 0)])
def test_overlaps_and_flickering_gaps_are_remarked(begins: int, count: int) -> None:
    assert len(sentences(Cue(0, 2_000, "One"), Cue(begins, 4_000, "Two"))) == count


def test_a_transcript_is_read_at_leisure() -> None:
    long = Cue(0, 60_000, "word " * 300)
    assert sentences(long, Cue(30_000, 60_000, "a\nb\nc"), kind="transcript") == []


def test_tags_are_not_letters() -> None:
    assert sentences(Cue(0, 1_000, clean("<v The guide of the centre><i>" + "&" * 20))) == []


@pytest.mark.parametrize(
    ("text", "language", "letters"),
    [("กำลัง", "th", 3), ("ที่นี่", "th", 2), ("ສະບາຍດີ", "lo", 6), ("ក្ម", "km", 1), ("café", "en", 4)],
)
def test_marks_above_and_below_count_with_the_letter_that_carries_them(text: str, language: str, letters: int) -> None:
    assert letters_in(text, language=language) == letters


@pytest.mark.parametrize("text", [BURMESE, KHMER, LAO, THAI, "ေ", "ကေ့ေ", "မင်္ဂလာပါ", "ဩဇာ ဿ ဣန္ဒြေ", "တႆး ၵႂၢမ်း", "ကညီကျိာ်"])
def test_unicode_is_never_taken_for_zawgyi(text: str) -> None:
    assert not is_zawgyi(text)


@pytest.mark.parametrize("text", [ZAWGYI, "ေနေကာင္းလား"])
def test_zawgyi_is_an_error(text: str) -> None:
    assert is_zawgyi(text)
    found = problems_in((Cue(0, 9_000, text),), kind="transcript", language="my", seconds=60)
    assert [problem.is_error for problem in found] == [True]
