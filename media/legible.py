"""How does what a PDF says become text that people can read and a search can find?

Many PDFs name the letters that they show, but not the text: marks stand after a gap, or in the order in which they were
drawn. Only what no text can mean is mended, so nothing that was right becomes wrong:

- Thai and Lao: a blank before a vowel or mark that never begins a word, or after a vowel that never ends one, goes;
  sara am in two pieces becomes one letter again; a tone that was drawn before its vowel goes behind it; two sara e are
  sara ae; the letters that old Thai fonts have in the private area are those that they stand for.
- Khmer and Burmese: a blank before a mark that stands on a letter goes, and one after the sign that puts a letter
  below another.
- Where such gaps show that the letters of a page were set apart, its lines are drawn together.
- Everywhere: composed letters (NFC), no control characters, no soft hyphens, no ligatures of Latin; a line that is
  full goes on in the next one, and a word that was divided there is whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from media.captions.scripts import is_zawgyi
from media.workshop.paper_words import MOST_LETTERS, NEXT_PAGE

#: Between pages, in what is kept; no page has an empty line of its own.
BETWEEN_PAGES = "\n\n"

#: Marks above and below, then vowels that stand behind a letter; none of them begins a word.
THAI_MARKS, THAI_BEHIND = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e", "\u0e30\u0e32\u0e33\u0e45"
LAO_MARKS, LAO_BEHIND = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece", "\u0eb0\u0eb2\u0eb3"
KHMER_MARKS, BURMESE_MARKS = "\u17b6-\u17d1\u17d3\u17dd", "\u102b-\u1030\u1032-\u103e"
TORN = re.compile(
    f"(?<=[\u0e01-\u0e4e]) +(?=[{THAI_MARKS}{THAI_BEHIND}])|(?<=[\u0e40-\u0e44]) +(?=[\u0e01-\u0e2e])"
    f"|(?<=[\u0e81-\u0ece]) +(?=[{LAO_MARKS}{LAO_BEHIND}])|(?<=[\u0ec0-\u0ec4]) +(?=[\u0e81-\u0eae])"
    f"|(?<=[\u1780-\u17dd]) +(?=[{KHMER_MARKS}\u17d2])|(?<=\u17d2) +(?=[\u1780-\u17b3])"
    f"|(?<=[\u1000-\u109f]) +(?=[{BURMESE_MARKS}])|(?<=\u1039) +(?=[\u1000-\u102a])"
)
THAI_AM, LAO_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2")
TONE_THEN_AM = re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32|([\u0ec8-\u0ecb])\u0ecd\u0eb2")
TONE_THEN_VOWEL = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e39])|([\u0ec8-\u0ecc])([\u0eb1\u0eb4-\u0eb9\u0ebb])")
#: What Windows' and Apple's older Thai fonts put into the private area: the same letters, moved aside.
PRIVATE_THAI = {
    0xF700: 0x0E10, 0xF701: 0x0E34, 0xF702: 0x0E35, 0xF703: 0x0E36, 0xF704: 0x0E37, 0xF705: 0x0E48, 0xF706: 0x0E49,
    0xF707: 0x0E4A, 0xF708: 0x0E4B, 0xF709: 0x0E4C, 0xF70A: 0x0E48, 0xF70B: 0x0E49, 0xF70C: 0x0E4A, 0xF70D: 0x0E4B,
    0xF70E: 0x0E4C, 0xF70F: 0x0E0D, 0xF710: 0x0E31, 0xF711: 0x0E4D, 0xF712: 0x0E47, 0xF713: 0x0E48, 0xF714: 0x0E49,
    0xF715: 0x0E4A, 0xF716: 0x0E4B, 0xF717: 0x0E4C, 0xF718: 0x0E38, 0xF719: 0x0E39, 0xF71A: 0x0E3A,
}  # fmt: skip
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
OTHER_LETTERS: dict[int, int | str] = {**PRIVATE_THAI, **LIGATURES}
#: What is invisible and yet means something: the joiners of Khmer and Burmese, and where Thai words end.
KEPT_UNSEEN = "\u200b\u200c\u200d"
#: A letter of Thai that stands alone between blanks, which no word is.
ALONE = re.compile("(?:^|(?<= ))[\u0e01-\u0e2e](?= |$)")
SET_APART = re.compile("(?<=[\u0e01-\u0e4e]) (?=[\u0e01-\u0e4e])")
LEAST_ALONE = 3
#: A line that reaches this far, compared with the longest of its page, goes on in the next one.
FULL = 0.7
DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
END_OF_SENTENCE = (".", "!", "?", ":", ";", "\u17d4", "\u104b", "\u0e2f")


def legible(said: str) -> str:
    """What the process wrote, page by page, as text; nothing if its letters are not those of Unicode."""
    if is_zawgyi(said[:MOST_LETTERS]):
        return ""
    pages = (page_of(page) for page in said[:MOST_LETTERS].split(NEXT_PAGE))
    return BETWEEN_PAGES.join(filter(None, pages))


def page_of(said: str) -> str:
    drawn = [unicodedata.normalize("NFC", seen(line).translate(OTHER_LETTERS)) for line in said.splitlines()]
    is_torn = any(TORN.search(line) for line in drawn)
    lines = [line_of(line, is_torn=is_torn) for line in drawn]
    return "\n".join(paragraphs_of([line for line in lines if line]))


def line_of(drawn: str, *, is_torn: bool) -> str:
    """One line, with its letters as Unicode has them; `is_torn` says whether its page has gaps that no word has."""
    text = TORN.sub("", drawn)
    if is_torn and len(ALONE.findall(text)) >= LEAST_ALONE:
        text = SET_APART.sub("", text)
    text = TONE_THEN_AM.sub(lambda am: f"{am[1]}\u0e33" if am[1] else f"{am[2]}\u0eb3", text)
    text = LAO_AM.sub("\\1\u0eb3", THAI_AM.sub("\\1\u0e33", text))
    text = TONE_THEN_VOWEL.sub(lambda marks: f"{marks[2] or marks[4]}{marks[1] or marks[3]}", text)
    return unicodedata.normalize("NFC", " ".join(text.replace("\u0e40\u0e40", "\u0e41").split()))


def seen(text: str) -> str:
    """Blanks for tabs and the like; without what is no letter: controls, directions, halves of letters, and none."""
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    return "".join(
        " " if kind.startswith("Z") or letter == "\t" else letter
        for letter, kind in kinds
        if letter in KEPT_UNSEEN or letter == "\t" or kind not in {"Cc", "Cf", "Cs", "Cn"}
    )


def paragraphs_of(lines: list[str]) -> Iterator[str]:
    """Lines as they stand on the paper, drawn together where a sentence runs on."""
    widest, pieces = max(map(len, lines), default=0), list[str]()
    for line, following in pairwise([*lines, ""]):
        runs_on = bool(following) and len(line) >= FULL * widest and not line.endswith(END_OF_SENTENCE)
        is_divided = runs_on and DIVIDED.search(line[-2:]) and following[0].islower()
        pieces.append(line[:-1] if is_divided else f"{line} " if runs_on else line)
        if not runs_on:
            yield "".join(pieces)
            pieces = []
