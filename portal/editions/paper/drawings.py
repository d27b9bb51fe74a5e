"""How does a drawing that stands inside a page (a flow chart) come on paper?

It becomes a file of its own that shows nothing but itself: no scripts, no pictures, no addresses, no other HTML. Its
words are taken out and set over it by Typst, which, unlike what draws an SVG, shapes Thai, Lao, Khmer and Burmese right
on one line with other scripts. Where a word is turned or bent, it stays in the drawing.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from portal.editions.paper.letters import clean

SVG = "http://www.w3.org/2000/svg"
#: lxml reads HTML, where all names are small; SVG knows these two kinds of letters apart.
NAMES = {
    name.lower(): name
    for name in (
        "viewBox", "preserveAspectRatio", "clipPath", "linearGradient", "radialGradient", "textPath", "textLength",
        "lengthAdjust", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "gradientUnits",
        "gradientTransform", "patternUnits", "patternTransform", "patternContentUnits", "clipPathUnits", "spreadMethod",
        "startOffset", "pathLength",
    )
}  # fmt: skip
SHAPES = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "marker", "clipPath", "linearGradient", "radialGradient", "stop", "pattern", "symbol", "use",
})  # fmt: skip
INSIDE = re.compile(r"url\(\s*['\"]?#")
FAMILIES = (
    "Centre Sans Latin, Centre Sans Vietnamese, Centre Sans Thai, Centre Sans Lao, Centre Sans Khmer, "
    "Centre Sans Burmese, DejaVu Sans Mono"
)
#: A drawing smaller than this (pixels) that screen readers do not hear of is an ornament.
ORNAMENT = 64.0
WIDEST = 4000.0
DEEPEST = 40
SIZE = 16.0
INK = "#1a2038"
#: What the site's style sheets say of the boxes of a flow chart.
FILLS = {
    "chart__box--question": "#faecc6", "chart__box--step": "#fffcf5", "chart__box--section": "#efe5d1",
    "chart__box--end": "#e0e9d5",
}  # fmt: skip


@dataclass(frozen=True)
class Letters:
    """Words on one line of a drawing: where their baseline is, in its units, and how they stand to that point."""

    text: str
    x: float
    y: float
    anchor: str
    size: float
    is_strong: bool


@dataclass(frozen=True)
class Drawing:
    svg: bytes
    alt: str
    letters: Sequence[Letters]
    is_small: bool


def drawing(element: Any, *, language: str) -> Drawing | None:
    """`element`, an <svg> in a page, as a file; nothing if it has no size."""
    own = deepcopy(element)
    own.tail = None
    words = _words(own)
    made = _copied(own)
    width, height, left, above = _size(made)
    if made is None or not width or not height:
        return None
    letters = list(_letters_taken(made, left=left, above=above))
    made.set("color", INK)
    made.set("width", f"{width:g}")
    made.set("height", f"{height:g}")
    made.set("font-family", FAMILIES)
    made.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    is_small = width <= ORNAMENT and height <= ORNAMENT
    return Drawing(svg=etree.tostring(made), alt=words, letters=letters, is_small=is_small)


def _words(element: Any) -> str:
    """What stands in its place for somebody who cannot see it: its name, its description, or all of its words."""
    named = element.get("aria-label", "")
    told = [" ".join("".join(inner.itertext()).split()) for inner in element if inner.tag in {"title", "desc"}]
    texts = [" ".join("".join(inner.itertext()).split()) for inner in element.iter("text")]
    return clean(" ".join(filter(None, [named, *told])) or "; ".join(filter(None, texts)))


def _copied(element: Any, *, depth: int = 0) -> Any:
    """The shapes of `element` under their right names, in the order in which they stand, and nothing else."""
    if depth > DEEPEST:
        return None
    name = NAMES.get(str(element.tag).lower(), element.tag) if isinstance(element.tag, str) else ""
    if name not in SHAPES:
        return None
    made = etree.Element(f"{{{SVG}}}{name}", nsmap={None: SVG})
    for attribute, value in element.attrib.items():
        right = NAMES.get(attribute.lower(), attribute)
        if _is_kept(right, value):
            made.set(right, clean(value))
    for shape in element.get("class", "").split():
        if shape in FILLS:
            made.set("fill", FILLS[shape])
    made.text = clean(element.text) if element.text else None
    for child in element:
        inner = _copied(child, depth=depth + 1)
        if inner is not None:
            made.append(inner)
            inner.tail = clean(child.tail) if child.tail else None
    return made


def _is_kept(name: str, value: str) -> bool:
    if name in {"href", "xlink:href"}:
        return value.startswith("#")
    if ":" in name or name.startswith("on") or name in {"font-family", "xmlns", "role"} or name.startswith("aria-"):
        return False
    return "url(" not in value.lower() or INSIDE.match(value.lower()) is not None


def _letters_taken(made: Any, *, left: float, above: float) -> Iterator[Letters]:
    """The words of the drawing, which leave it. `left` and `above` are where its box begins."""
    for text in [found for found in made.iter(f"{{{SVG}}}text") if _stands_still(found)]:
        lines = [text, *text] if (text.text or "").strip() else list(text)
        for line in lines:
            words = " ".join((line.text or "").split())
            if words:
                yield Letters(
                    text=words,
                    x=_told(line, "x", 0.0) - left,
                    y=_told(line, "y", 0.0) - above,
                    anchor=_said(line, "text-anchor", "start"),
                    size=_told(line, "font-size", SIZE),
                    is_strong=_said(line, "font-weight", "400") in {"600", "700", "800", "bold"},
                )
        text.getparent().remove(text)


def _stands_still(text: Any) -> bool:
    """Whether each line of the text says where it stands, and nothing turns, bends or moves it."""
    moves = {"transform", "rotate", "textLength", "dx", "dy", "dominant-baseline", "writing-mode"}
    if any(moves & set(element.attrib) for element in (*text.iterancestors(), *text.iter())):
        return False
    if any((line.tail or "").strip() or len(line) for line in text):
        return False
    return all("x" in line.attrib and "y" in line.attrib for line in text)


def _said(element: Any, name: str, otherwise: str) -> str:
    return next((found.get(name) for found in (element, *element.iterancestors()) if name in found.attrib), otherwise)


def _told(element: Any, name: str, otherwise: float) -> float:
    return _length(_said(element, name, "")) or otherwise


def _size(made: Any) -> tuple[float, float, float, float]:
    """Width, height, and where the box begins."""
    if made is None:
        return 0.0, 0.0, 0.0, 0.0
    box = [_length(part) for part in re.split(r"[\s,]+", made.get("viewBox", "").strip())]
    if len(box) != 4:
        box = [0.0, 0.0, _length(made.get("width", "")), _length(made.get("height", ""))]
    left, above, width, height = box
    if 0 < width <= WIDEST and 0 < height <= WIDEST * 4:
        return width, height, left, above
    return 0.0, 0.0, 0.0, 0.0


def _length(written: str) -> float:
    found = re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,6})?)(px)?", written.strip())
    return float(found[1]) if found else 0.0
