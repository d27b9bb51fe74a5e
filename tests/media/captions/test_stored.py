import pytest
from django.core.exceptions import ValidationError

from media.captions import check_captions

GOOD = "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n\n1\n00:01:02.500 --> 00:01:04.000 line:0\nยินดีต้อนรับ\n"


@pytest.mark.parametrize("text", [GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), "WEBVTT - a title" + GOOD[6:]])
def test_captions_that_a_browser_shows_are_taken(text: str) -> None:
    check_captions(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n00:00:00,000 --> 00:00:02,000\nSRT\n", "says WEBVTT"),
        ("WEBVTT\n", "no caption yet"),
        ("WEBVTT\n\nWelcome.\n", "Line 3: There are words without times"),
        ("WEBVTT\n\n00:00,000 --> 00:02,000\nWelcome.\n", "Line 3: Write the times"),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\nWelcome.\n", "Line 3: The caption ends"),
        ("WEBVTT\n\n00:00.000 --> 00:02.000\n\nWelcome.\n", "Line 3: There is no text"),
        (GOOD + "\n00:00.500 --> 00:03.000\nLate\n", "Line 10: This caption begins before"),
    ],
)
def test_what_is_wrong_with_captions_is_said_in_plain_words(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        check_captions(text)
