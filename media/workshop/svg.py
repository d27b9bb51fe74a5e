"""How does a drawing in SVG become pixels, without doing anything else that it asks for?

It is read by a parser that knows no entities and fetches nothing; what could run or fetch is left out or refused; and
what is left is drawn by resvg, which runs no programs, with our own letters: the machine's would differ from the next
machine's. A drawing with letters that ours do not hold is refused, because it would lose its words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import resvg_py

from media.workshop.endings import Ending, Unfinished

NARROWEST, WIDEST = 1440, 2880
MOST_PIXELS = 12_000_000
MOST_ELEMENTS, DEEPEST = 100_000, 200
LETTERS = Path(__file__).parent / "letters"
#: The letters in LETTERS, as they were cut (portal/static/fonts/README.md), and white space.
COVERED = re.compile(
    "[\\s -~\u00a0-\u00ff\u0102-\u0103\u0110-\u0111\u0128-\u0129\u0131\u0152-\u0153\u0168-\u0169\u01a0-\u01a1"
    "\u01af-\u01b0\u02bc\u02c6\u02da\u02dc\u0300-\u0301\u0303-\u0304\u0308-\u0309\u0323\u0329\u0e01-\u0e3a"
    "\u0e3f-\u0e5b\u0e81-\u0e82\u0e84\u0e86-\u0e8a\u0e8c-\u0ea3\u0ea5\u0ea7-\u0ebd\u0ec0-\u0ec4\u0ec6"
    "\u0ec8-\u0ece\u0ed0-\u0ed9\u0edc-\u0edf\u1000-\u1021\u1023-\u1027\u1029-\u1032\u1036-\u104f\u1780-\u17dd"
    "\u17e0-\u17e9\u17f0-\u17f9\u1ea0-\u1ef9\u200b-\u200d\u2013-\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026"
    "\u2032-\u2033\u2039-\u203a\u2044\u20ab-\u20ac\u2122\u2212\u25cc]*"
)
#: resvg shapes a whole line by the rules of its first letter: Khmer and Burmese come out right only when alone.
SHAPED = re.compile("[\u1000-\u109f\u1780-\u17ff]")
OTHER_LETTERS = re.compile("[A-Za-z\u00c0-\u0eff\u1e00-\u1eff]")
SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
#: What runs, shows other documents, or says who drew it.
LEFT_OUT = {"script", "foreignObject", "metadata", "iframe", "handler", "audio", "video", "set", "animate"}
EMBEDDED = re.compile(r"\s*data:image/(png|jpeg|jpg|gif|webp);base64,", re.IGNORECASE)
LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
PIXELS_PER = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def drawn(content: bytes) -> bytes:
    """`content` as a PNG between NARROWEST and WIDEST pixels wide. Raises Unfinished."""
    root = parsed(content)
    if root.tag not in {f"{SVG}svg", "svg"}:
        raise Unfinished(Ending.DAMAGED)
    leave_out(root)
    check_points_inside(root)
    check_letters(root)
    width, height = size_of(root)
    ElementTree.register_namespace("", SVG[1:-1])
    png = resvg_py.svg_to_bytes(
        svg_string=ElementTree.tostring(root, encoding="unicode"),
        width=drawn_width(width, height),
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(LETTERS.glob("*.ttf"))],
        font_family="Noto Sans",
        serif_family="Noto Sans",
        sans_serif_family="Noto Sans",
        monospace_family="Noto Sans",
        cursive_family="Noto Sans",
        fantasy_family="Noto Sans",
    )
    return bytes(png)


def parsed(content: bytes) -> ElementTree.Element:
    """The tree of `content`. A document type may be named, as drawing programs do, but may not declare anything."""
    tree, depth, count = ElementTree.TreeBuilder(), 0, 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise Unfinished(Ending.TOO_LARGE)
        tree.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(_name(name))

    def refuse(*declared: object) -> None:
        raise Unfinished(Ending.DECLARES_ENTITIES)

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = tree.data
    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = refuse
    parser.Parse(content, True)
    return tree.close()


def _name(name: str) -> str:
    return "{" + name if "}" in name else name


def leave_out(parent: ElementTree.Element) -> None:
    """Take out of the tree what runs and what is never drawn, and everything that a program could be in."""
    for child in list(parent):
        if _local(child.tag) in LEFT_OUT:
            parent.remove(child)
        else:
            leave_out(child)
    for key in [key for key in parent.attrib if _local(key).lower().startswith("on")]:
        del parent.attrib[key]


def check_points_inside(root: ElementTree.Element) -> None:
    """Pictures must be in the file itself, and must not be drawings that point further; links lead nowhere here."""
    for element in root.iter():
        for key in HREFS:
            points_to = element.get(key, "")
            if _local(element.tag) == "a":
                element.attrib.pop(key, None)
            elif points_to and not points_to.startswith("#") and not EMBEDDED.match(points_to):
                raise Unfinished(Ending.POINTS_ELSEWHERE)


def check_letters(root: ElementTree.Element) -> None:
    for words in shown_words(root):
        is_mixed = SHAPED.search(words) and OTHER_LETTERS.search(words)
        if is_mixed or not COVERED.fullmatch(words):
            raise Unfinished(Ending.UNKNOWN_LETTERS)


def shown_words(root: ElementTree.Element) -> Iterator[str]:
    return ("".join(element.itertext()) for element in root.iter() if _local(element.tag) == "text")


def size_of(root: ElementTree.Element) -> tuple[float, float]:
    """Width and height as drawn at 96 pixels an inch, from the attributes or from the view box."""
    box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number]
    width, height = length_of(root.get("width", "")), length_of(root.get("height", ""))
    if len(box) == 4 and not (width and height):
        width, height = box[2], box[3]
    if not (0 < width < 1e6 and 0 < height < 1e6 and 1 / 50 <= width / height <= 50):
        raise Unfinished(Ending.HAS_NO_SIZE)
    return width, height


def length_of(text: str) -> float:
    found = LENGTH.fullmatch(text)
    return float(found[1]) * PIXELS_PER[(found[2] or "px").lower()] if found else 0.0


def drawn_width(width: float, height: float) -> int:
    """Sharp on large screens, but never more than MOST_PIXELS in all."""
    wanted = min(max(width, NARROWEST), WIDEST)
    return max(1, int(min(wanted, (MOST_PIXELS * width / height) ** 0.5)))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
