"""How long does a text take, in scripts with and without spaces?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.base.reading_time import minutes_to_read


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("word " * 200, 1),
        ("word " * 201, 2),
        ("ก" * 900, 1),
        ("ก" * 901, 2),
        ("<p>" + "word " * 200 + "</p>", 1),
        ("<p class='a b c d'>word</p>" * 200, 1),
        ("ກ" * 1800, 2),
        ("က" * 1800, 2),
        ("ក" * 1800, 2),
    ],
)
def test_minutes_are_whole_and_follow_the_words(text: str, minutes: int) -> None:
    assert minutes_to_read(text) == minutes


def test_a_thai_text_is_not_one_long_word() -> None:
    assert minutes_to_read("ผู้เสียหายมีสิทธิเลือก " * 100) > 1


@given(st.text(max_size=300), st.text(max_size=300))
def test_more_to_read_never_takes_less_time(one: str, two: str) -> None:
    assert minutes_to_read(one.replace("<", "")) <= minutes_to_read(f"{one} {two}".replace("<", ""))
