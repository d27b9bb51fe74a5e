"""What is asked of one element of frozen HTML, and where on paper does it stand?"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from portal.editions.paper.lines import Style

UNSEEN = frozenset({
    "script", "style", "template", "noscript", "button", "iframe", "object", "embed", "select", "textarea", "input",
    "audio", "video", "canvas", "head", "link", "meta", "title", "map", "param", "source", "track", "datalist",
})  # fmt: skip
#: Ways on a screen that lead nowhere on paper.
WAYS = frozenset({"definition__more", "checklist__tools", "emergency-way", "visually-hidden"})


@dataclass
class Sheet:
    """What reading one page of an edition leaves behind besides its blocks."""

    language: str
    level: int
    files: set[str] = field(default_factory=set)
    drawings: list[bytes] = field(default_factory=list)
    steps: int = 0
    levels: list[int] = field(default_factory=list)

    def level_of(self, html_level: int) -> int:
        """The level of a heading on paper, where no level may be left out (PDF/UA)."""
        while self.levels and self.levels[-1] >= html_level:
            self.levels.pop()
        self.levels.append(html_level)
        return self.level + len(self.levels)


@dataclass(frozen=True)
class Place:
    """Where something stands: how much room there is (em), how deep, and how its words look."""

    room: float
    depth: int = 0
    style: Style = field(default_factory=Style)
    deep: int = 0

    def inside(self, element: Any, *, narrower: float = 0.0, deeper: bool = False) -> "Place":
        return replace(
            self,
            room=max(self.room - narrower, 2.0),
            depth=self.depth + deeper,
            style=self.style.inside(element.tag, element.attrib),
            deep=self.deep + 1,
        )


def is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or not classes_of(element).isdisjoint(WAYS)


def classes_of(element: Any) -> set[str]:
    return set(element.get("class", "").split())


def is_unseen(element: Any) -> bool:
    return element.tag in UNSEEN or is_hidden(element)


def first_inside(element: Any, name: str) -> Any:
    """The first element inside that has the class `name`."""
    return next((inner for inner in element.iterdescendants() if name in inner.get("class", "").split()), None)


def left_without(element: Any, taken: Any) -> Any:
    """`element` without `taken`, which was set already; what followed it stays."""
    if taken is not None:
        parent, before = taken.getparent(), taken.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (taken.tail or "")
        else:
            parent.text = (parent.text or "") + (taken.tail or "")
        parent.remove(taken)
    return element


def pairs_in(element: Any) -> Iterator[tuple[list[Any], list[Any]]]:
    names: list[Any] = []
    facts: list[Any] = []
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is not element:
            continue
        if child.tag == "dt" and facts:
            yield names, facts
            names, facts = [], []
        (names if child.tag == "dt" else facts).append(child)
    if names or facts:
        yield names, facts


def is_machinery(element: Any) -> bool:
    return element.tag in UNSEEN


def number_in(written_number: str | None, otherwise: int) -> int:
    text = (written_number or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def rows_of(element: Any) -> Iterator[Any]:
    for row in element.iter("tr"):
        if next(row.iterancestors("table"), None) is element:
            yield row
