"""How are words set in a picture? With the site's own fonts, marks stacked the same way on every machine.

Pillow shapes Thai only where the system has FriBidi, so its plain layout is used everywhere and the two rules that Thai
needs are applied here: a tone mark above a vowel rises, and marks above a tall consonant step to the left. Letters
whose foot changes (ญ ฐ before ุ ู) are not handled: the texts that are set here avoid them.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "portal" / "static" / "fonts"
BREAK = "\u200b"  # where a Thai line may end

_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_UPPER = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"
_TALL = "ปฝฟ"


@cache
def face(script: str, *, size: int, family: str, weight: int) -> ImageFont.FreeTypeFont:
    path = FONTS / f"noto-{family}-{script}.woff2"
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    if family == "sans":
        font.set_variation_by_axes([weight])
    return font


class Hand:
    """One size and weight of lettering."""

    def __init__(self, *, size: int, family: str = "sans", weight: int = 400) -> None:
        self.size = size
        self._faces = {s: face(s, size=size, family=family, weight=weight) for s in ("latin", "thai")}

    def _pieces(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont, float, float]]:
        """Each letter, its font, and how far it is moved from where it would stand."""
        before, tall = "", False
        for place, letter in enumerate(text):
            thai = "\u0e00" <= letter <= "\u0e7f"
            after = text[place + 1 : place + 2]
            above = letter in _TONES or letter in _UPPER
            tall = (letter in _TALL) if not above else tall
            rises = letter in _TONES and (before in _UPPER or after == "\u0e33") and before != ""
            yield (
                letter,
                self._faces["thai" if thai else "latin"],
                -0.13 * self.size if above and tall else 0,
                -0.2 * self.size if rises else 0,
            )
            before = letter

    def width(self, text: str) -> float:
        return sum(font.getlength(letter) for letter, font, _, _ in self._pieces(text.replace(BREAK, "")))

    def write(self, pen: ImageDraw.ImageDraw, x: float, y: float, text: str, *, ink: str) -> None:
        """One line, with its baseline at y."""
        for letter, font, dx, dy in self._pieces(text.replace(BREAK, "")):
            pen.text((x + dx, y + dy), letter, font=font, fill=ink, anchor="ls")
            x += font.getlength(letter)

    def lines(self, text: str, *, width: float) -> list[str]:
        """The text broken at spaces and at marked places, so that each line fits."""
        lines = [""]
        for word in text.replace(BREAK, f"{BREAK}\n").replace(" ", " \n").split("\n"):
            if lines[-1] and self.width((lines[-1] + word).rstrip()) > width:
                lines.append("")
            lines[-1] += word
        return [line.rstrip(f" {BREAK}") for line in lines]
