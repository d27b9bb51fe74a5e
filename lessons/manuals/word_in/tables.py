"""How does a table become a block: a caption, one row of headings, and rows with as many cells?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lessons.manuals.word_in import rich
from lessons.manuals.word_in.parts import Cell, Heading, Image, Item, Notice, Part, Row, Span, Spans, Table, Text, plain
from lessons.manuals.word_in.wording import Wording

LONGEST_HEADING, LONGEST_CAPTION = 120, 200
MARKS = {"bullet": "•", "letter": "", "check": "☐"}
#: For a heading over nothing.
NOTHING = "–"


@dataclass
class Count:
    """How many tables and pictures have come: they are referred to by number where they had to move out of a cell."""

    tables: int = 0
    pictures: int = 0


@dataclass
class Tabled:
    """The value of a block, its number, and what had to move out of its cells."""

    value: dict[str, Any]
    #: Each with its number.
    behind: list[tuple[Table | Image, int]] = field(default_factory=list)


class Tabling:
    """Makes blocks of tables; asks `told` for the words of spans, footnotes with them."""

    def __init__(self, *, wording: Wording, count: Count, told: Callable[[Spans], Spans]) -> None:
        self.wording, self.count, self.told = wording, count, told

    def block(self, table: Table, *, caption: str, number: int) -> Tabled:
        grid = filled(table)
        made = Tabled({})
        header, body = self.header(table, grid)
        rows = [[self.words_of(cell, made) for cell in row] for row in body]
        made.value = {
            "caption": caption or self.wording.table % {"number": number},
            "header": header,
            "rows": [{"cells": row} for row in rows],
        }
        return made

    def header(self, table: Table, grid: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
        """The headings of the columns, and the rows that are left."""
        if len(grid) > 1 and is_header(table.rows[0], grid[0]):
            words = [" ".join(plain(part.spans) for part in cell.parts if isinstance(part, Text | Heading | Item))
                     for cell in spread(table.rows[0], len(grid[0]))]  # fmt: skip
            return [each or NOTHING for each in words], grid[1:]
        return [self.wording.column % {"number": number + 1} for number in range(len(grid[0]))], grid

    def words_of(self, cell: Cell, made: Tabled) -> str:
        numbers = [0] * 10
        return "".join(self.lines(cell.parts, made, numbers))

    def lines(self, parts: tuple[Part, ...], made: Tabled, numbers: list[int]) -> Iterator[str]:
        for part in parts:
            if isinstance(part, Text):
                yield rich.paragraph(self.told(part.spans))
            elif isinstance(part, Heading):
                yield rich.paragraph(rich.bold(self.told(part.spans)))
            elif isinstance(part, Item):
                mark = marked(part, numbers)
                yield rich.paragraph((Span(f"{mark} "), *self.told(part.spans)) if mark else self.told(part.spans))
                yield from self.lines(part.parts, made, [0] * 10)
            elif isinstance(part, Notice):
                yield rich.paragraph(rich.bold(self.told(part.title)))
                yield from self.lines(part.parts, made, [0] * 10)
            else:
                yield self.moved(part, made)

    def moved(self, part: Table | Image, made: Tabled) -> str:
        """A table or picture cannot stand in a cell: it comes behind the table, and the cell says so."""
        if isinstance(part, Image):
            self.count.pictures += 1
            made.behind.append((part, self.count.pictures))
            return rich.paragraph((Span(self.wording.see_picture % {"number": self.count.pictures}, is_italic=True),))
        self.count.tables += 1
        made.behind.append((part, self.count.tables))
        return rich.paragraph((Span(self.wording.see_table % {"number": self.count.tables}, is_italic=True),))


def marked(item: Item, numbers: list[int]) -> str:
    """What stands before an item in a cell, where there are no lists."""
    depth = min(item.level, 9)
    if item.kind == "number":
        numbers[depth] += 1
        numbers[depth + 1 :] = [0] * (9 - depth)
        return f"{numbers[depth]}."
    return MARKS[item.kind]


def filled(table: Table) -> list[list[Cell]]:
    """All cells of all rows, as many in each; what a cell covers besides its first place is empty."""
    grid: list[dict[int, Cell]] = [{} for _ in table.rows]
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row.cells:
            while x in grid[y]:
                x += 1
            for down in range(min(cell.down, len(grid) - y)):
                for across in range(min(cell.across, 63)):
                    grid[y + down][x + across] = Cell() if down or across else cell
            x += min(cell.across, 63)
    width = max((max(row, default=-1) + 1 for row in grid), default=1) or 1
    return [[row.get(x, Cell()) for x in range(width)] for row in grid]


def spread(row: Row, width: int) -> list[Cell]:
    """The cells of a row of headings; one that spans several columns is the heading of each."""
    cells = [cell for cell in row.cells for _ in range(min(cell.across, 63))]
    return (cells + [Cell()] * width)[:width]


def is_header(row: Row, cells: list[Cell]) -> bool:
    """Told by Word, or all in bold, or (of three columns and more) only short words; and it fits."""
    if any(not fits(cell) for cell in cells) or not any(cell.parts for cell in cells):
        return False
    if row.is_header:
        return True
    said = [words(cell) for cell in row.cells if words(cell)]
    if all(is_bold(cell) for cell in row.cells if words(cell)):
        return len(said) * 2 > len(cells)
    return len(cells) >= 3 and len(said) == len(cells) and all(len(each) <= 40 for each in said)


def words(cell: Cell) -> str:
    return " ".join(plain(part.spans) for part in cell.parts if isinstance(part, Text | Heading | Item))


def fits(cell: Cell) -> bool:
    """Words alone, no more than a heading holds, without a link or a footnote."""
    if any(not isinstance(part, Text | Heading) for part in cell.parts) or len(words(cell)) > LONGEST_HEADING:
        return False
    return not any(span.href or span.note for part in cell.parts if isinstance(part, Text | Heading)
                   for span in part.spans)  # fmt: skip


def is_bold(cell: Cell) -> bool:
    return all(
        isinstance(part, Heading) or all(span.is_bold for span in part.spans if span.text.strip())
        for part in cell.parts
        if isinstance(part, Text | Heading)
    )
