"""In which order does a reader of a language look for words?

ICU has rules for this, but icu4py does not offer them. These are those of our six languages, short and good enough for
a list of terms: marks and tones decide only between words that are equal without them.
"""

import re
import unicodedata

VOWEL_AND_LETTER = re.compile("([เแโใไເແໂໃໄ])([ก-ฮກ-ຮ])")
#: Where the order of the letters is not that of their code points.
ALPHABETS = {
    "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
    "lo": "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ",
}
#: Vietnamese tones in the order of its dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
TONES = "\u0300\u0309\u0303\u0301\u0323"
#: Thai and Lao tones, and signs that silence or shorten a letter.
SIGNS = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0ec8\u0ec9\u0eca\u0ecb\u0ecc\u0ecd")

Place = tuple[tuple[int, ...], tuple[int, ...], str]


def place_of(text: str, *, language: str) -> Place:
    """What to sort by."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    letters: list[int] = []
    signs: list[int] = []
    for letter in _vowels_after(plain):
        base, sign = _parted(letter, language)
        if sign:
            signs.append(sign)
        if base and unicodedata.category(base)[0] in "LMN":
            letters.append(_rank(base, language))
    return tuple(letters), tuple(signs), text


def _vowels_after(text: str) -> str:
    """Thai and Lao write some vowels before their letter; dictionaries look at the letter first."""
    return VOWEL_AND_LETTER.sub(r"\2\1", text)


def _parted(letter: str, language: str) -> tuple[str, int]:
    """A letter without its tone, and the tone; a sign that stands alone is no letter."""
    if letter in SIGNS:
        return "", ord(letter)
    if language != "vi":
        return letter, 0
    parts = unicodedata.normalize("NFD", letter)
    tones = [1 + TONES.index(part) for part in parts if part in TONES]
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)), sum(tones)


def _rank(letter: str, language: str) -> int:
    alphabet = ALPHABETS.get(language, "")
    return alphabet.index(letter) if letter in alphabet else len(alphabet) + ord(letter)
