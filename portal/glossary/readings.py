"""What does a wording stand for, as people write it in a word list?

"victim / trafficked person" are two names. "case manager/worker" is "case manager" and "case worker": without spaces
the stroke parts words, not names. What is in brackets may be left out. The whole is also a reading, as it was written.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

#: More would be a puzzle, not a wording.
MOST_READINGS = 40
BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
NAMES_APART = re.compile(r"\s/\s?|\s?/\s|\s?;\s?")


def readings(text: str) -> list[str]:
    """All readings of a wording, the whole one first."""
    found = [" ".join(text.split())]
    found += islice((reading for name in NAMES_APART.split(_safe(text)) for reading in _of_name(name)), MOST_READINGS)
    return list(dict.fromkeys(filter(None, found)))


def _safe(text: str) -> str:
    """The strokes inside brackets do not part the names around them."""
    return BRACKET.sub(lambda bracket: NAMES_APART.sub("/", bracket[0]), text)


def _of_name(name: str) -> Iterator[str]:
    bracket = BRACKET.search(name)
    if bracket is None:
        yield from _of_words(name)
        return
    before, after = name[: bracket.start()], name[bracket.end() :]
    for inside in ("", *bracket[1].split("/")):
        yield from _of_name(f"{before}{inside}{after}")


def _of_words(name: str) -> Iterator[str]:
    choices = [[choice for choice in word.split("/") if choice] for word in name.split()]
    for words in product(*filter(None, choices)):
        yield " ".join(words)
