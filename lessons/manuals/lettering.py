"""How wide is a line of text, at most, and where may it break? Asked where no browser sets the text: in drawings.

Widths are those of Noto Sans at weight 600, in hundredths of the size of the letters, rounded up: a line may come out
shorter, never longer. Measured in Chromium with the fonts of the site; the test compares them with the words of the
Universal Declaration of Human Rights. ICU knows where Thai, Lao, Khmer and Burmese may break.
"""

import unicodedata
from collections.abc import Iterator

from icu4py.breakers import CharacterBreaker, LineBreaker

#: Letters that are wider or narrower than is usual in their script.
UNUSUAL = {
    letter: width
    for width, letters in {
        32: " !',.:;ijl|’‘",
        40: "ะເໂໃໄະາຳງเโใไរវ",
        46: '()-/IJ[\\]_`frt{}າำๅ"“”',
        76: "ທຜຝພຟຫพฟ๗ຆຑຓຠ໙",
        82: "ADGHNOQU&",
        96: "២៣៧",
        100: "ฌญฒณຎຒໜໝឃញឍយលសហឡឤឦ—…",
        106: "%@MWmwÆŒæœ၍",
        118: "ကဃဆညတထဘယလသဟအဢဣ",
        132: "ឈណ၏",
        145: "ဏဤဩ៚",
        160: "ဿ",
        250: "ဪ៘",
    }.items()
    for letter in letters
}
#: First letter of a script's range, and what is usual in it.
USUAL = [(0x0000, 68), (0x0E00, 70), (0x0E80, 68), (0x1000, 78), (0x10A0, 110), (0x1780, 72), (0x1800, 110),
         (0x1E00, 76), (0x1F00, 110), (0x2000, 70), (0x2070, 110)]  # fmt: skip
#: Marks stand above or below and take no room, except these: vowels beside their letter, letters below another one.
SPACING_MARK, HORN, SUBSCRIPT = 66, 12, 36
COENG = "\u17d2"
#: Room from line to line, in hundredths of the size. Stacked vowels need more.
LEADING = [(0x1000, 0x10A0, 195), (0x1780, 0x1800, 190), (0x0E80, 0x0F00, 165), (0x0E00, 0x0E80, 160)]
LATIN_LEADING = 145


def width_of(text: str, *, size: float) -> float:
    """At most so many units, where letters are `size` units high."""
    width, before = 0, ""
    for letter in unicodedata.normalize("NFD", text):
        width += SUBSCRIPT if before == COENG else _width_of_letter(letter)
        before = letter
    return width * size / 100


def _width_of_letter(letter: str) -> int:
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return HORN if letter == "\u031b" else 0
    if letter in UNUSUAL:
        return UNUSUAL[letter]
    if kind == "Mc":
        return SPACING_MARK
    return next(width for first, width in reversed(USUAL) if first <= ord(letter))


def lines_of(text: str, *, width: float, size: float) -> list[str]:
    """The text in lines that are no wider than `width`."""
    lines = [""]
    for piece in _pieces(" ".join(text.split()), width=width, size=size):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size=size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str, *, width: float, size: float) -> Iterator[str]:
    """Where a line may break; a word that is wider than a line breaks between its letters."""
    for piece in LineBreaker(text, "en"):
        if width_of(piece.rstrip(), size=size) <= width:
            yield piece
        else:
            yield from CharacterBreaker(piece, "en")


def leading_of(*texts: str) -> float:
    """From line to line, as a multiple of the size: what the tallest script among the texts needs."""
    letters = {ord(letter) for text in texts for letter in text}
    needed = (room for first, end, room in LEADING if any(first <= letter < end for letter in letters))
    return max(needed, default=LATIN_LEADING) / 100
