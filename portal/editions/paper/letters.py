"""How does a text get onto a page whose letters are counted and whose lines end?

Paper has the letters of `fonts.py` and no others, PDF/UA forbids a letter without a shape, and a line may not leave its
column: a word that is wider than its column gets places where it may be parted.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from icu4py.breakers import WordBreaker

from portal.editions.paper import fonts

MAY_BREAK = "\u200b"
UNKNOWN = "\ufffd"
#: Joiners, the place where a word may be parted, and the soft hyphen do something; other format letters hide something.
WANTED_FORMATS = "\u200b\u200c\u200d\u00ad"
#: Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer.
WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: What stands before a consonant that is spoken first, and what stands behind one that it belongs to.
STICKS_TO_NEXT = "เแโใไເແໂໃໄ\u17d2\u1039\u200d"
STICKS_TO_PREVIOUS = "ำะาๅๆฯຳະາຯໆ\u200c\u200d\u00ad"
#: Behind these an address may be parted without anybody misreading it.
BEHIND = re.compile(r"(?<=[/?&=_.,;:@%+\-])")
#: In columns narrower than this (em) words without spaces are parted where ICU says, not where Typst guesses.
NARROW = 14.0
#: How much of the measured room a word may take: kerning and marks are not measured.
SAFE = 0.99


def clean(text: str) -> str:
    """`text` in composed letters that paper has; what it has not stands as U+FFFD, what hides is gone."""
    return unicodedata.normalize("NFC", text).translate(_Letters())


class _Letters(dict[int, str]):
    """Filled while it is asked: of the letters that there are, a manual uses few hundred."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _printable(code))


@lru_cache(maxsize=4096)
def _printable(code: int) -> str:
    letter = chr(code)
    kind = unicodedata.category(letter)
    if letter.isspace() or kind in {"Zl", "Zp"}:
        return letter if letter in "\n\u00a0" else " "
    if kind in {"Cc", "Cf"}:
        return letter if letter in WANTED_FORMATS else ""
    return letter if code in fonts.advances() or fonts.is_in_reserve(code) else UNKNOWN


def width(text: str) -> float:
    """At most how wide `text` is on one line, in em."""
    advances = fonts.advances()
    return sum(advances.get(ord(letter), fonts.RESERVE_ADVANCE) for letter in text if letter not in WANTED_FORMATS)


def widest_word(text: str, *, language: str) -> float:
    """How wide a column must be for `text` to stand in it without parting a word that is written in one, in em."""
    return max((width(part) for word in text.split() for part in _parts(word, language=language)), default=0.0)


def _parts(word: str, *, language: str) -> Sequence[str]:
    return list(WordBreaker(word, language)) if WITHOUT_SPACES.search(word) else [word]


def breaking(texts: Sequence[str], *, room: float, language: str) -> list[str]:
    """The same `texts`, which stand in one line behind each other, with places to break in words wider than `room`."""
    whole = "".join(texts)
    places = set(_places(whole, room=room * SAFE, language=language))
    if not places:
        return list(texts)
    result, begin = [], 0
    for text in texts:
        result.append("".join(_with_breaks(text, begin=begin, places=places)))
        begin += len(text)
    return result


def _with_breaks(text: str, *, begin: int, places: set[int]) -> Iterator[str]:
    for at, letter in enumerate(text, start=begin):
        if at in places:
            yield MAY_BREAK
        yield letter


def _places(text: str, *, room: float, language: str) -> Iterator[int]:
    for word in re.finditer(r"[^\s\u200b]+", text):
        if width(word[0]) > room or (room < NARROW and WITHOUT_SPACES.search(word[0])):
            yield from _places_in(word[0], begin=word.start(), room=room, language=language)


def _places_in(word: str, *, begin: int, room: float, language: str) -> Iterator[int]:
    without_spaces = WITHOUT_SPACES.search(word) is not None
    pieces = list(WordBreaker(word, language)) if without_spaces else BEHIND.split(word)
    for number, piece in enumerate(pieces):
        is_parted = width(piece) > (room * 0.7 if without_spaces else room)
        # Typst finds the words of Thai, Lao, Burmese and Khmer itself; in a narrow column nothing is left to that.
        if number and (not without_spaces or room < NARROW or is_parted) and not _sticks(pieces[number - 1], piece):
            yield begin
        if is_parted:
            yield from (begin + at for at in _between_clusters(piece))
        begin += len(piece)


def _between_clusters(piece: str) -> Iterator[int]:
    for at in range(1, len(piece)):
        if not _sticks(piece[at - 1], piece[at]):
            yield at


def _sticks(before: str, after: str) -> bool:
    """Whether no line may end between these two."""
    if not before or not after:
        return True
    if unicodedata.category(after[0]).startswith("M") or after[0] in STICKS_TO_PREVIOUS:
        return True
    return before[-1] in STICKS_TO_NEXT
