"""Which number or mark does Word draw before a paragraph? It stands nowhere in the text. (ECMA-376, 17.9)"""

from dataclasses import dataclass, field
from typing import Any

from lessons.manuals.word_in.names import q
from lessons.manuals.word_in.parts import ItemKind

NUMBERS = {"decimal", "decimalZero", "thaiNumbers", "thaiCounting", "cardinalText", "ordinal", "ordinalText",
           "hindiNumbers", "decimalEnclosedCircle", "numberInDash"}  # fmt: skip
#: Bullets that are boxes, in Wingdings and its like or in Unicode.
BOXES = {"\uf0a8", "\uf06f", "\uf071", "\uf072", "\uf078", "☐", "□", "❏", "❑", "▢", "◻", "\uf0fe", "☑", "☒"}
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
MOST_LEVELS = 9


@dataclass(frozen=True)
class Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1

    @property
    def kind(self) -> ItemKind | None:
        if self.format == "none":
            return None
        if self.format == "bullet":
            return "check" if self.text in BOXES else "bullet"
        return "number" if self.format in NUMBERS else "letter"


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    #: Lists that share a count, by the number that paragraphs name.
    family: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def level(self, number: str, depth: int) -> Level | None:
        return self.levels.get(number, {}).get(depth)

    def label(self, number: str, depth: int) -> str:
        """Count one more paragraph, and say what Word draws before it; nothing for a bullet."""
        level = self.level(number, depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.family[number], [None] * MOST_LEVELS)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (MOST_LEVELS - depth - 1)
        return "" if level.format in {"bullet", "none"} else self._drawn(number, level.text, counts)

    def _drawn(self, number: str, text: str, counts: list[int | None]) -> str:
        for depth in range(MOST_LEVELS):
            if f"%{depth + 1}" in text:
                level = self.level(number, depth) or Level()
                count = counts[depth]
                text = text.replace(f"%{depth + 1}", counted(level.start if count is None else count, level.format))
        return text.strip()


def counted(count: int, format_: str) -> str:
    if format_.endswith("Letter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min(9, (count - 1) // 26 + 1)
        return letter.upper() if format_.startswith("upper") else letter
    if format_.endswith("Roman") and 0 < count < 4000:
        return roman(count).upper() if format_.startswith("upper") else roman(count)
    if format_ == "thaiLetters" and count > 0:
        return THAI_LETTERS[(count - 1) % len(THAI_LETTERS)]
    return f"{count:02d}" if format_ == "decimalZero" else str(count)


def roman(count: int) -> str:
    written = ""
    for value, letters in ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def numbering_of(root: Any) -> Numbering:
    """What the numbering part of a document says; `root` may be None."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {
        each.get(q("w:abstractNumId"), ""): levels_of(each.findall(q("w:lvl")))
        for each in root.iter(q("w:abstractNum"))
    }
    for each in root.iter(q("w:num")):
        number = each.get(q("w:numId"), "")
        link = each.find(q("w:abstractNumId"))
        of = link.get(q("w:val"), "") if link is not None else ""
        changed, overrides = overridden(each, abstract.get(of, {}))
        numbering.levels[number] = changed
        # One that begins anew counts for itself.
        numbering.family[number] = f"own {number}" if overrides else of
    return numbering


def overridden(num: Any, levels: dict[int, Level]) -> tuple[dict[int, Level], bool]:
    changed, begins_anew = dict(levels), False
    for override in num.findall(q("w:lvlOverride")):
        depth = whole(override.get(q("w:ilvl")))
        changed.update(levels_of(override.findall(q("w:lvl"))))
        start = override.find(q("w:startOverride"))
        if start is not None:
            begins_anew = True
            old = changed.get(depth, Level())
            changed[depth] = Level(old.format, old.text, whole(start.get(q("w:val"))))
    return changed, begins_anew


def levels_of(elements: list[Any]) -> dict[int, Level]:
    found = {}
    for each in elements:
        depth = whole(each.get(q("w:ilvl")))
        if 0 <= depth < MOST_LEVELS:
            found[depth] = Level(
                format=value_of(each, "w:numFmt") or "decimal",
                text=value_of(each, "w:lvlText"),
                start=whole(value_of(each, "w:start") or "1"),
            )
    return found


def value_of(element: Any, name: str) -> str:
    child = element.find(q(name))
    return (child.get(q("w:val")) or "") if child is not None else ""


def whole(text: str | None) -> int:
    """A whole number that somebody's program wrote; 0 for what is none."""
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 9 else 0
