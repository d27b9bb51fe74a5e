"""Which words does a text hold, in any of our languages, and where do they stand?

Texts and questions go through the same steps. ICU cuts the words, in Thai, Lao, Burmese, Khmer and Chinese with its
dictionaries. Where a dictionary cuts a word differently in a question than in a text, pairs of neighbouring character
clusters still find it. Spans are counted in Python's characters: ICU counts UTF-16 units, so we add up the lengths of
its segments instead of asking for its positions.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise

from icu4py.breakers import CharacterBreaker, WordBreaker

from portal.search.english import stem

#: Part of the index's fingerprint: what was analysed differently must be indexed again.
VERSION = f"4-{unicodedata.unidata_version}-{version('icu4py')}"

#: Thai, Lao, Burmese, Khmer, Chinese and Japanese write no spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
MARKS = re.compile("[\u0300-\u036f]+")
#: The letter am, which compatibility forms tear into a ring and an a; ICU's dictionaries know only the letter.
TORN_AM = re.compile("(\u0e4d([\u0e48-\u0e4b]?)\u0e32)|(\u0ecd([\u0ec8-\u0ecb]?)\u0eb2)")
#: Two of the letter e look like the letter ae, and are typed for it, in Thai and in Lao.
DOUBLED_E = re.compile("เเ|ເເ")
#: Controls, and the zero-width spaces between Khmer and Burmese words: a gap.
GAPS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029]")
#: What no reader sees: format characters (bidirectional ones can make a text lie), halves of characters.
UNSEEN = re.compile("[\xad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")
APOSTROPHES = re.compile("['\u2019\u02bc]")
#: ICU leaves "มาตรา33" in one piece.
UNSPACED_OR_NUMBER = re.compile(f"\\d+|[{UNSPACED}]+?(?=\\d)|.+", re.DOTALL)
POSSESSIVE = re.compile("['\u2019\u02bc]s$")

LONGEST_WORD = 48
LONGEST_GRAM = 20


@dataclass(frozen=True)
class Token:
    """A word where it stands in a text; `terms` are the forms under which it is found, the first of them exact."""

    terms: tuple[str, ...]
    start: int
    end: int


def legible(text: str) -> str:
    """The text without what nobody can see, composed, so that equal words are written equally."""
    written = unicodedata.normalize("NFC", _whole_am(UNSEEN.sub("", GAPS.sub(" ", text))))
    return DOUBLED_E.sub(lambda ee: "แ" if ee[0] == "เเ" else "ແ", written)


def _whole_am(text: str) -> str:
    return TORN_AM.sub(lambda am: f"{am[2]}\u0e33" if am[1] else f"{am[4]}\u0eb3", text)


def segments(text: str) -> Iterator[tuple[int, int, str]]:
    """All pieces of a legible text, words and what is between them, as (start, end, piece)."""
    start = 0
    for cut in WordBreaker(text, "en"):
        for piece in UNSPACED_OR_NUMBER.findall(cut) if UNSPACED_RUN.match(cut) else (cut,):
            yield start, start + len(piece), piece
            start += len(piece)


def tokens(text: str) -> Iterator[Token]:
    """The words of a legible text, in their order."""
    for start, end, piece in segments(text):
        terms = terms_of(piece)
        if terms:
            yield Token(terms, start, end)


@lru_cache(maxsize=30_000)
def terms_of(piece: str) -> tuple[str, ...]:
    """The forms under which one word is found; none if it is not a word.

    Latin words with marks are also found without them, because many people type Vietnamese without.
    """
    word = folded(piece)[:LONGEST_WORD]
    if not any(letter.isalnum() for letter in word):
        return ()
    if word.isascii():
        return (stem(word) if word.isalpha() else word,)
    return tuple(dict.fromkeys((word, bare(word)))) if LATIN.search(word) else (word,)


def folded(word: str) -> str:
    """One writing for all writings of a word: width, case, digits of all scripts, apostrophes, underlines around it."""
    plain = unicodedata.normalize("NFKC", POSSESSIVE.sub("", word.strip("_"))).casefold()
    plain = _whole_am(unicodedata.normalize("NFKC", APOSTROPHES.sub("", plain)))
    if plain.isascii():
        return plain
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def bare(word: str) -> str:
    """The stem of a Latin word without its marks."""
    plain = unmarked(word)
    return stem(plain) if plain.isascii() and plain.isalpha() else plain


def unmarked(word: str) -> str:
    """A Latin word without its marks: nạn becomes nan, người becomes nguoi."""
    return MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d")


def clusters(run: str) -> list[str]:
    """The character clusters of a run; a vowel that is written before its consonant stays with it."""
    found: list[str] = []
    for cluster in CharacterBreaker(run, "en"):
        if found and found[-1] in LEADING_VOWELS:
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


def pairs(text: str) -> list[str]:
    """All pairs of neighbouring clusters in the unspaced scripts of a legible text."""
    return ["".join(pair) for run in UNSPACED_RUN.findall(folded(text)) for pair in pairwise(clusters(run))]


def neighbours(text: str) -> list[str]:
    """Words of spaced scripts that follow each other, two by two, each couple as one of 32,768 short names.

    Nearly all couples are rare, and a term of its own for each would make the index several times as large. Two that
    share a name harm nobody: a couple only adds a little to what its words find.
    """
    words = [token.terms[0] for token in tokens(legible(text)) if not UNSPACED_RUN.match(token.terms[0])]
    return [f"~{zlib.crc32(f'{first} {second}'.encode()) & 0x7FFF:04x}" for first, second in pairwise(words)]


def words_counted(text: str) -> Counter[str]:
    """How often each term stands in a text."""
    return Counter(term for token in tokens(legible(text)) for term in token.terms)


def beginnings(text: str) -> set[str]:
    """What somebody may have typed so far who looks for a word of this text, also without the marks of Vietnamese."""
    found: set[str] = set()
    for run in runs(legible(text)):
        for place in range(len(run)):
            rest = "".join(run[place:])[:LONGEST_GRAM]
            for written in {rest, unmarked(rest)} if LATIN.search(rest) else {rest}:
                found.update(written[:length] for length in range(1, len(written) + 1))
    return found


def runs(text: str) -> Iterator[list[str]]:
    """The folded words of a legible text; unspaced words that follow each other without a gap are in one list."""
    run: list[str] = []
    follows_at = -1
    for start, end, piece in segments(text):
        word = folded(piece)
        if not any(letter.isalnum() for letter in word):
            continue
        is_unspaced = UNSPACED_RUN.fullmatch(word) is not None
        if run and not (is_unspaced and start == follows_at):
            yield run
            run = []
        run.append(word)
        follows_at = end if is_unspaced else -1
    if run:
        yield run
