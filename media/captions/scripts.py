"""In which letters is a text written, and are they the letters of Unicode?

Zawgyi is a font that puts Burmese letters where Unicode has others: a reader without that font sees nonsense, and
search finds nothing. Two things that it does cannot happen in Unicode's Burmese, nor in Shan, Mon or Karen: the vowel e
before its consonant, and a virama with no consonant below it.
"""

import re

from icu4py.breakers import CharacterBreaker

MYANMAR_CONSONANT = "\u1000-\u102a\u103f\u104e\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
NEVER_IN_UNICODE = re.compile(
    # The vowel e at the beginning of a word ...
    "(?<![\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff])\u1031"
    # ... and a virama that stacks nothing.
    f"|\u1039(?![{MYANMAR_CONSONANT}\uaa60-\uaa7f])"
)
#: One may be a slip of the keyboard, or a text that explains the letter.
SLIPS = 1
THAI_LETTERS = re.compile("[\u0e01-\u0e5b]")
#: Vowels and tones that stand above or below a letter, where no Thai letter is before them.
THAI_MARK_ALONE = re.compile("(?<![\u0e01-\u0e3a\u0e40-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def is_zawgyi(text: str) -> bool:
    """Whether it surely is; in doubt it is not."""
    return len(NEVER_IN_UNICODE.findall(text)) > SLIPS


def looks_thai(text: str) -> bool:
    """Whether bytes that were read as Thai make Thai: letters there are, and no mark hangs in the air."""
    return bool(THAI_LETTERS.search(text)) and not THAI_MARK_ALONE.search(text)


def letters_in(text: str, *, language: str) -> int:
    """How many letters a reader sees: marks above and below belong to the letter that carries them."""
    return len(text) if text.isascii() else sum(1 for _cluster in CharacterBreaker(text, language))
