"""What does a Word file say, part by part? mammoth reads it; here its tree becomes our parts."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import mammoth
from mammoth import documents

from lessons.manuals.word_in import bounds
from lessons.manuals.word_in.packed import Packed
from lessons.manuals.word_in.parts import (
    Cell,
    Heading,
    Image,
    Item,
    ItemKind,
    Part,
    Reading,
    Row,
    Span,
    Spans,
    Table,
    Text,
    plain,
)
from lessons.manuals.word_in.prepared import prepared

LISTED = re.compile(r"L-(bullet|number|letter|check)-([0-9]+)\Z")
PICTURE = re.compile(r"picture:([0-9]+)\Z")
#: A paragraph that begins with a box is something to tick.
BOX = re.compile(r"\s*[☐☑☒□❏❑▢◻]\s*")
TICKED, NOT_TICKED = "☑", "☐"


class Reader:
    """Turns mammoth's tree into parts; pictures go into `folder`."""

    def __init__(self, packed: Packed, pictures: list[tuple[str, str]], *, folder: Path) -> None:
        self.packed, self.pictures, self.folder = packed, pictures, folder
        #: What the files of the pictures are called, by their places in the file.
        self.names: dict[str, str] = {}
        #: Bookmarks whose part has not come yet.
        self.anchors: list[str] = []

    def parts(self, elements: Iterable[Any]) -> list[Part]:
        return [part for element in elements for part in self.of(element)]

    def of(self, element: Any) -> Iterator[Part]:
        if isinstance(element, documents.Paragraph):
            yield from self.paragraph(element)
        elif isinstance(element, documents.Table):
            yield self.table(element)
        elif isinstance(element, documents.Bookmark):
            yield from self.bookmark(element.name)
        elif isinstance(element, documents.HasChildren):
            yield from self.parts(element.children)

    def bookmark(self, name: str) -> Iterator[Part]:
        found = PICTURE.match(name or "")
        if found:
            place, alt = self.pictures[int(found[1])]
            yield Image(self.kept(place), alt)
        elif name:
            self.anchors.append(name)

    def kept(self, place: str) -> str:
        """The name of the file with the picture, which is written once however often it is shown."""
        if place not in self.names:
            self.names[place] = name = f"{len(self.names)}{Path(place).suffix.lower()}"
            (self.folder / name).write_bytes(self.packed.bytes_of(place, most=bounds.LARGEST_PICTURE))
        return self.names[place]

    def paragraph(self, paragraph: Any) -> Iterator[Part]:
        """What stands before, between and after its pictures. The first piece is what the paragraph is."""
        pieces: list[Part | list[Span]] = [[]]
        for each in self.inline(paragraph.children, Span("")):
            if isinstance(each, Span):
                if not isinstance(pieces[-1], list):
                    pieces.append([])
                cast(list[Span], pieces[-1]).append(each)
            else:
                pieces.append(each)
        is_first = True
        for piece in pieces:
            if not isinstance(piece, list):
                yield piece
            elif plain(piece) or any(span.note for span in piece):
                yield self.text(joined(piece), paragraph.style_id if is_first else "")
                is_first = False

    def text(self, spans: Spans, style: str | None) -> Part:
        anchors, self.anchors = tuple(self.anchors), []
        if style and style.startswith("H"):
            return Heading(int(style[1:]), spans, anchors)
        if BOX.match(plain(spans)):
            return Item("check", 0, without_box(spans), anchors)
        found = LISTED.match(style or "")
        if found:
            return Item(cast(ItemKind, found[1]), int(found[2]), spans, anchors)
        return Text(spans, anchors, is_caption=style == "C", is_title=style == "T")

    def inline(self, elements: Iterable[Any], style: Span) -> Iterator[Span | Part]:
        for element in elements:
            if isinstance(element, documents.Run):
                yield from self.inline(element.children, styled(style, element))
            elif isinstance(element, documents.Hyperlink):
                href = element.href or (f"#{element.anchor}" if element.anchor else "")
                yield from self.inline(element.children, Span("", style.is_bold, style.is_italic, href))
            elif isinstance(element, documents.Bookmark):
                yield from self.bookmark(element.name)
            elif isinstance(element, documents.NoteReference):
                yield Span("", style.is_bold, style.is_italic, note=f"{element.note_type}:{element.note_id}")
            elif isinstance(element, documents.HasChildren):
                yield from self.inline(element.children, style)
            elif text := letters(element):
                yield Span(text, style.is_bold, style.is_italic, style.href)

    def table(self, table: Any) -> Table:
        rows = [each for each in table.children if isinstance(each, documents.TableRow)]
        return Table(tuple(Row(tuple(self.cells(row)), is_header=row.is_header) for row in rows))

    def cells(self, row: Any) -> Iterator[Cell]:
        for each in row.children:
            if isinstance(each, documents.TableCell):
                yield Cell(tuple(self.parts(each.children)), across=max(1, each.colspan), down=max(1, each.rowspan))


def styled(style: Span, run: Any) -> Span:
    return Span("", style.is_bold or run.is_bold, style.is_italic or run.is_italic, style.href)


def letters(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Tab):
        return " "
    if isinstance(element, documents.Checkbox):
        return f"{TICKED if element.checked else NOT_TICKED} "
    return "\n" if isinstance(element, documents.Break) else ""


def joined(spans: list[Span]) -> Spans:
    """Neighbours in one style are one; space at both ends goes."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and not last.note and not span.note and same_style(last, span):
            found[-1] = Span(last.text + span.text, last.is_bold, last.is_italic, last.href)
        else:
            found.append(span)
    if found and not found[0].note:
        found[0] = retold(found[0], found[0].text.lstrip())
    if found and not found[-1].note:
        found[-1] = retold(found[-1], found[-1].text.rstrip())
    return tuple(span for span in found if span.text or span.note)


def same_style(one: Span, other: Span) -> bool:
    return (one.is_bold, one.is_italic, one.href) == (other.is_bold, other.is_italic, other.href)


def retold(span: Span, text: str) -> Span:
    return Span(text, span.is_bold, span.is_italic, span.href, span.note)


def without_box(spans: Spans) -> Spans:
    first = next(number for number, span in enumerate(spans) if span.text.strip())
    return joined([*spans[:first], retold(spans[first], BOX.sub("", spans[first].text, count=1)), *spans[first + 1 :]])


def read_word(path: Path, *, folder: Path) -> Reading:
    """All that a Word file says. Raises Unreadable, or what mammoth raises."""
    packed, reading = Packed(path), Reading()
    file, pictures = prepared(packed, reading)
    document = tree_of(file)
    reader = Reader(packed, pictures, folder=folder)
    reading.parts = reader.parts(document.children)
    for key, note in document.notes._notes.items():
        reading.notes[":".join(key)] = reader.parts(note.body)
    reading.remark("pictures", len(pictures))
    reading.remark("footnotes", len(reading.notes))
    return reading


def tree_of(file: BytesIO) -> Any:
    """mammoth's tree of a document, taken where it offers it for changes; its HTML is of no use to us."""
    taken = []

    def take(document: Any) -> Any:
        taken.append(document)
        return document.copy(children=[])

    mammoth.convert_to_html(file, transform_document=take, include_default_style_map=False)
    return taken[0]
