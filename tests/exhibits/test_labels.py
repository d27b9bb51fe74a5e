"""Is a label short enough to be read standing, in any script?"""

import pytest
from django.core.exceptions import ValidationError

from exhibits.models import LABEL_WORDS, StopPage
from portal.base.words import count_words
from portal.home.models import HomePage
from tests.factories import house

THAI_WORD = "บ้าน"
#: One word, and what stands between two of them.
WORDS = {"en": ("house", " "), "th": (THAI_WORD, ""), "km": ("ផ្ទះ", " "), "vi": ("nhà", " ")}


def stop(home: HomePage, label: str) -> StopPage:
    page = house.way_to(StopPage, home=home)
    page.label = label
    return page


@pytest.mark.parametrize("code", ["en", "th"])
def test_sixty_words_are_accepted_and_sixty_one_are_not(home: HomePage, code: str) -> None:
    front = home if code == "en" else house.home(code)
    word, space = WORDS[code]
    stop(front, space.join([word] * LABEL_WORDS)).full_clean()
    with pytest.raises(ValidationError) as refusal:
        stop(front, space.join([word] * (LABEL_WORDS + 1))).full_clean()
    assert "61" in str(refusal.value.message_dict["label"])


def test_a_label_of_one_long_thai_sentence_is_counted_in_words() -> None:
    assert count_words("ฉันรักบ้านของเรา", language="th") == 5
    assert count_words("ก่อนถาม ต้องฟัง", language="th") == 4


@pytest.mark.parametrize("code", WORDS)
def test_marks_and_spaces_are_not_words(code: str) -> None:
    word, _space = WORDS[code]
    assert count_words(f"— {word} … ! ({word})", language=code) == 2
    assert count_words(" \n…", language=code) == 0


def test_a_stop_without_a_label_is_refused(home: HomePage) -> None:
    with pytest.raises(ValidationError):
        stop(home, "").full_clean()
