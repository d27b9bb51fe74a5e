"""Which tables only arrange a page, and what stands in them?

Many procedures are one table from the first line to the last: a frame around the page, with headings, lists and other
tables inside. Such a table is dissolved, and what is in it goes on as running text, in reading order. A table that
shows something stays one; words in it stay in their cells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lessons.manuals.word_in.parts import Cell, Heading, Image, Item, Part, Row, Spans, Table, Text, all_parts, plain

#: A frame with more words than this is a text with a line around it, not a box.
MOST_WORDS_IN_BOX = 120
#: What may stand beside a heading in its row: its number.
LONGEST_NUMBER = 12


@dataclass
class Dissolved:
    """What is left, and how many tables were dissolved."""

    parts: list[Part]
    frames: int = 0


def dissolved(parts: Iterable[Part]) -> Dissolved:
    result = Dissolved([])
    for part in parts:
        if not isinstance(part, Table):
            result.parts.append(part)
            continue
        pieces = list(pieces_of(part))
        if not any(isinstance(piece, Table) and piece.rows and not is_inside(piece, part) for piece in pieces):
            result.frames += 1
        for piece in pieces:
            if isinstance(piece, Table) and is_inside(piece, part):
                inner = dissolved([piece])
                result.parts += inner.parts
                result.frames += inner.frames
            else:
                result.parts.append(piece)
    return result


def is_inside(piece: Table, table: Table) -> bool:
    return piece is not table and any(piece is part for row in table.rows for cell in row.cells for part in cell.parts)


def pieces_of(table: Table) -> Iterator[Part]:
    """The table itself, or what it is dissolved into: headings, running text, and tables of the rows between."""
    if is_frame(table):
        for row in table.rows:
            for cell in row.cells:
                yield from cell.parts
        return
    waiting: list[Row] = []
    for row in table.rows:
        if is_heading_row(row):
            if waiting:
                yield Table(tuple(waiting))
                waiting = []
            yield from heading_of(row)
        else:
            waiting.append(row)
    if len(waiting) == len(table.rows):
        yield table
    elif waiting:
        yield Table(tuple(waiting))


def is_frame(table: Table) -> bool:
    """One column, in which there is more than a box holds: headings, lists to follow or to tick, tables, much text."""
    if any(sum(bool(cell.parts) for cell in row.cells) > 1 for row in table.rows):
        return False
    inside = [part for row in table.rows for cell in row.cells for part in cell.parts]
    if any(is_structure(part) for part in inside):
        return True
    words = sum(len(plain(part.spans).split()) for part in all_parts(inside) if isinstance(part, Text | Item | Heading))
    return words > MOST_WORDS_IN_BOX


def is_structure(part: Part) -> bool:
    return isinstance(part, Heading | Table | Image) or (isinstance(part, Item) and part.kind in {"number", "check"})


def is_heading_row(row: Row) -> bool:
    """A heading, and beside it at most its number."""
    headed = [cell for cell in row.cells if any(isinstance(part, Heading) for part in cell.parts)]
    others = [cell for cell in row.cells if cell not in headed and cell.parts]
    return not row.is_header and len(headed) == 1 and all(len(words_in(cell)) <= LONGEST_NUMBER for cell in others)


def words_in(cell: Cell) -> str:
    """Its words on one line; for what is more than words, something longer than any number."""
    if any(not isinstance(part, Text | Heading | Item) for part in cell.parts):
        return " " * (LONGEST_NUMBER + 1)
    return " ".join(plain(part.spans) for part in cell.parts if isinstance(part, Text | Heading | Item))


def heading_of(row: Row) -> Iterator[Part]:
    """The heading, with the number that stood before it, and what else stood in its cell."""
    for number, cell in enumerate(row.cells):
        if not any(isinstance(part, Heading) for part in cell.parts):
            continue
        before = [part.spans for other in row.cells[:number] for part in other.parts
                  if isinstance(part, Text | Item)]  # fmt: skip
        after = [part for other in row.cells[number + 1 :] for part in other.parts]
        for part in cell.parts:
            if isinstance(part, Heading) and before:
                numbers = tuple(span for spans in before for span in spans)
                yield Heading(part.level, (*numbers, *spaced(part)), part.anchors)
                before = []
            else:
                yield part
        yield from after
        return


def spaced(part: Heading) -> Spans:
    return (replace(part.spans[0], text=f" {part.spans[0].text}"), *part.spans[1:])
