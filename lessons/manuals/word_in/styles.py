"""What does the name of a style tell about a paragraph: heading, title, caption, list, bold? (ECMA-376, 17.7)"""

import re
from dataclasses import dataclass, field
from typing import Any

from lessons.manuals.word_in.names import q
from lessons.manuals.word_in.numbering import value_of, whole

#: Word writes the English names of its own styles whatever language it speaks.
HEADING = re.compile(r"heading ([1-9])\Z")
OFF = {"0", "false", "off"}
LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Style:
    """What a style says by itself; None where it says nothing."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    number: str | None = None
    depth: int | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None


@dataclass
class Styles:
    by_id: dict[str, Style] = field(default_factory=dict)
    #: What a paragraph that names no style has.
    usual: str = ""

    def chain(self, style_id: str) -> list[Style]:
        found: list[Style] = []
        while style_id in self.by_id and len(found) < LONGEST_CHAIN:
            found.append(self.by_id[style_id])
            style_id = found[-1].based_on
        return found

    def told(self, style_id: str, what: str) -> Any:
        """The first thing that a style, or what it is based on, says about `what`; None if none does."""
        return next((getattr(style, what) for style in self.chain(style_id) if getattr(style, what) is not None), None)

    def names(self, style_id: str) -> set[str]:
        return {style.name for style in self.chain(style_id)}

    def heading_level(self, style_id: str) -> int | None:
        """1 to 9, or None: an outline level of 10 (written 9) means running text."""
        level: int | None = self.told(style_id, "level")
        return level if level is not None and 1 <= level <= 9 else None


def styles_of(root: Any) -> Styles:
    """What the styles part of a document says; `root` may be None."""
    styles = Styles()
    for each in root.iter(q("w:style")) if root is not None else ():
        style_id = each.get(q("w:styleId")) or ""
        styles.by_id[style_id] = style_of(each)
        if each.get(q("w:default")) in {"1", "true", "on"} and each.get(q("w:type")) == "paragraph":
            styles.usual = style_id
    return styles


def style_of(element: Any) -> Style:
    name = value_of(element, "w:name").lower()
    paragraph, run = element.find(q("w:pPr")), element.find(q("w:rPr"))
    number, depth = list_of(paragraph)
    return Style(
        name=name,
        based_on=value_of(element, "w:basedOn"),
        level=level_of(paragraph, name),
        number=number,
        depth=depth,
        is_bold=switch(run, "w:b"),
        is_italic=switch(run, "w:i"),
        is_hidden=switch(run, "w:vanish"),
    )


def level_of(properties: Any, name: str = "") -> int | None:
    """The level of a heading, 1 to 9; 10 for what says that it is none."""
    found = HEADING.match(name)
    if found:
        return int(found[1])
    outline = properties.find(q("w:outlineLvl")) if properties is not None else None
    return whole(outline.get(q("w:val"))) + 1 if outline is not None else None


def list_of(properties: Any) -> tuple[str | None, int | None]:
    """The number of a list, "0" for what says that it is in none, and how deep."""
    found = properties.find(q("w:numPr")) if properties is not None else None
    if found is None:
        return None, None
    depth = value_of(found, "w:ilvl")
    return value_of(found, "w:numId") or None, whole(depth) if depth else None


def switch(properties: Any, name: str) -> bool | None:
    found = properties.find(q(name)) if properties is not None else None
    return None if found is None else found.get(q("w:val")) not in OFF
