"""What do we take a manual to be made of, before it has sections and blocks?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

ItemKind = Literal["bullet", "number", "letter", "check"]
BoxKind = Literal["warning", "key_point", "remark"]


@dataclass(frozen=True)
class Span:
    """Words in one style. A line break is a newline; `note` is the key of a footnote whose mark stands here."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""
    note: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    spans: Spans
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    spans: Spans
    anchors: tuple[str, ...] = ()
    is_caption: bool = False
    is_title: bool = False


@dataclass(frozen=True)
class Item:
    """One item of a list; what stands below it (code, tables, a warning) are its `parts`."""

    kind: ItemKind
    level: int
    spans: Spans
    anchors: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Image:
    """A picture: the name of its file in the folder of the job."""

    file: str
    alt: str = ""


@dataclass(frozen=True)
class Cell:
    parts: tuple["Part", ...] = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    is_header: bool = False


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Notice:
    """A box that warns, stresses or explains."""

    kind: BoxKind
    title: Spans
    parts: tuple["Part", ...] = ()


Part = Heading | Text | Item | Image | Table | Notice


@dataclass
class Reading:
    """All that was read of one file: its parts, its footnotes, and how often something was met that needs a word."""

    title: str = ""
    parts: list[Part] = field(default_factory=list)
    notes: dict[str, list[Part]] = field(default_factory=dict)
    #: One key of `remarks.Remark` each, with how often.
    remarks: dict[str, int] = field(default_factory=dict)
    #: Words in the file, by what `words.words_of` takes for a word.
    words: dict[str, int] = field(default_factory=dict)

    def remark(self, name: str, times: int = 1) -> None:
        if times:
            self.remarks[name] = self.remarks.get(name, 0) + times


def plain(spans: Iterable[Span]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(span.text for span in spans).split())


def all_parts(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part and what is inside of it, in reading order."""
    for part in parts:
        yield part
        if isinstance(part, Table):
            yield from all_parts(inner for row in part.rows for cell in row.cells for inner in cell.parts)
        elif isinstance(part, Item | Notice):
            yield from all_parts(part.parts)
