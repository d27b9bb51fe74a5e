"""Which English words are forms of one word?

The first steps of Porter's algorithm ("An algorithm for suffix stripping", 1980) and the endings that our texts are
full of: identify, identified and identification are one word. The later steps cost precision and bring little.
"""

import re
from functools import lru_cache

VOWELS = "[aeiou]|(?<=[^aeiou])y"
VOWEL = re.compile(VOWELS)
#: Porter's measure: how often a vowel is followed by a consonant.
SYLLABLE = re.compile(f"(?:{VOWELS})+(?:(?!{VOWELS})[a-z])+")
#: Consonant, vowel, consonant at the end, as in "hop": such a stem has lost an e.
SHORT = re.compile(r"(?:^|[^aeiou])[aeiouy][^aeiouwxy]$")
NOUNS = {"ification": "ify", "ization": "ize", "isation": "ize", "ation": "ate"}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word in lower-case ASCII letters; it is not always a word itself."""
    if len(word) < 4:
        return word
    return _without_silent_e(_with_i(_without_endings(_singular(_verb_of_noun(word)))))


def _measure(word: str) -> int:
    return len(SYLLABLE.findall(word))


def _verb_of_noun(word: str) -> str:
    for ending, instead in NOUNS.items():
        rest = word.removesuffix("s").removesuffix(ending)
        if word.removesuffix("s") != rest and _measure(rest) > 0:
            return rest + instead
    return word


def _singular(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_endings(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and VOWEL.search(rest):
            return _mended(rest)
    return word


def _mended(rest: str) -> str:
    """What stood before -ed or -ing: "hopp" was "hop", "creat" was "create"."""
    if rest.endswith(("at", "bl", "iz")):
        return f"{rest}e"
    if rest[-1:] == rest[-2:-1] and rest[-1] not in "aeioulsz":
        return rest[:-1]
    return f"{rest}e" if _measure(rest) == 1 and SHORT.search(rest) else rest


def _with_i(word: str) -> str:
    return f"{word[:-1]}i" if word.endswith("y") and VOWEL.search(word[:-1]) else word


def _without_silent_e(word: str) -> str:
    rest = word.removesuffix("e")
    measure = _measure(rest)
    return rest if rest != word and (measure > 1 or (measure == 1 and not SHORT.search(rest))) else word
