"""How does a table stand on a page of a certain width?

Each cell gets its place, so that nothing that HTML says of spans can contradict itself; columns get widths by their
words; a table that is too wide for the page is turned, and one with more columns than can be read becomes a list.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from portal.editions.paper.letters import widest_word, width

MOST_COLUMNS = 14
MOST_SPANNED = 200
#: Room between two columns, in em of the table's letters.
GUTTER = 1.0
#: The longest word for which a column is made wider, and the longest line (em).
WIDEST_WORD, WIDEST_LINE = 14.0, 120.0
#: A cell with four times the words gets less than four times the width: rows that are all as high look calm.
LESS_THAN_LENGTH = 0.7
#: A4 turned is this much wider than upright.
TURNED = 1.55
#: The size of letters, of the text around: the first at which all words fit in their columns is taken.
SIZES = (0.92, 0.84, 0.76, 0.68)
#: A heading longer than this (letters) is not repeated on each page, and a row longer than this may be parted.
LONG_HEADING, LONG_ROW = 500, 700


@dataclass(frozen=True)
class Cell:
    element: Any
    row: int
    rows: int
    columns: int
    is_head: bool
    is_in_head: bool
    words: str
    column: int = 0


def table(
    cells: list[Cell],
    *,
    room: float,
    is_outermost: bool,
    language: str,
    contents: Callable[[Any, float], list[Any]],
) -> dict[str, Any] | None:
    """A table as the templates set it, or a list of its rows. `contents` sets a cell in so many em."""
    placed, count = _placed(cells)
    if not placed:
        return None
    if count > MOST_COLUMNS:
        return _as_list(placed, contents=contents, room=room)
    words, lines = _needs(placed, count, language=language)
    size, is_turned = _size(sum(words) + GUTTER * count, room=room, may_turn=is_outermost)
    whole = room * (TURNED if is_turned else 1.0) / size
    widths = _widths(words, lines, room=whole - GUTTER * count)
    heads = _heads(placed)
    return {
        "k": "table",
        "size": size,
        "is_turned": is_turned,
        "columns": [round(part + GUTTER, 2) for part in widths],
        "heads": heads,
        "cells": [_set(cell, widths, heads=heads, contents=contents, long=_long_rows(placed)) for cell in placed],
    }


def _placed(cells: list[Cell]) -> tuple[list[Cell], int]:
    """Each cell in the first free column of its row, as HTML has it; spans end where another cell begins."""
    taken: set[tuple[int, int]] = set()
    last = max((cell.row for cell in cells), default=0)
    placed: list[Cell] = []
    for cell in cells:
        column = 0
        while (cell.row, column) in taken:
            column += 1
        columns = 1
        while columns < min(cell.columns, MOST_SPANNED) and (cell.row, column + columns) not in taken:
            columns += 1
        rows = _free_rows(cell, column, columns, taken, last=last)
        taken.update((cell.row + down, column + across) for down in range(rows) for across in range(columns))
        placed.append(replace(cell, column=column, columns=columns, rows=rows))
    return _without_empty_columns(placed)


def _free_rows(cell: Cell, column: int, columns: int, taken: set[tuple[int, int]], *, last: int) -> int:
    wanted = cell.rows if cell.rows > 0 else last
    rows = 1
    while rows < wanted and cell.row + rows <= last:
        if any((cell.row + rows, column + across) in taken for across in range(columns)):
            break
        rows += 1
    return rows


def _without_empty_columns(placed: list[Cell]) -> tuple[list[Cell], int]:
    """Columns in which no cell begins are there only because something spans them."""
    begins = sorted({cell.column for cell in placed})
    place = {column: number for number, column in enumerate(begins)}
    narrowed = [
        replace(
            cell,
            column=place[cell.column],
            columns=sum(cell.column <= column < cell.column + cell.columns for column in begins),
        )
        for cell in placed
    ]
    return narrowed, len(begins)


def _needs(placed: list[Cell], count: int, *, language: str) -> tuple[list[float], list[float]]:
    """Of each column, its widest word and its longest line, in em."""
    words, lines = [2.0] * count, [2.0] * count
    for cell in placed:
        if cell.columns == 1:
            words[cell.column] = max(words[cell.column], _wanted(cell, language=language))
            lines[cell.column] = max(lines[cell.column], min(width(cell.words), WIDEST_LINE))
    return words, [max(line, word) for line, word in zip(lines, words, strict=True)]


def _wanted(cell: Cell, *, language: str) -> float:
    # A little more than was measured: what is a heading is set stronger than what is not.
    return min(widest_word(cell.words, language=language) * 1.04, WIDEST_WORD)


def _size(need: float, *, room: float, may_turn: bool) -> tuple[float, bool]:
    for size in SIZES:
        if need * size <= room:
            return size, False
    if may_turn:
        for size in SIZES:
            if need * size <= room * TURNED:
                return size, True
    return SIZES[-1], may_turn


def _widths(words: list[float], lines: list[float], *, room: float) -> list[float]:
    """So wide that words fit; what is left over goes to the columns that have more to say."""
    if sum(words) >= room:
        return [room * word / sum(words) for word in words]
    wanted = [(line - word + 0.5) ** LESS_THAN_LENGTH for line, word in zip(lines, words, strict=True)]
    left = room - sum(words)
    return [word + left * want / sum(wanted) for word, want in zip(words, wanted, strict=True)]


def _heads(placed: list[Cell]) -> int:
    """How many rows at the top stand again on every page."""
    rows = {cell.row for cell in placed}
    heads = 0
    while heads in rows and _is_head(placed, heads) and heads < 3:
        heads += 1
    reaches = any(cell.row < heads < cell.row + cell.rows for cell in placed)
    too_long = sum(len(cell.words) for cell in placed if cell.row < heads) > LONG_HEADING
    return 0 if reaches or too_long or heads >= len(rows) else heads


def _is_head(placed: list[Cell], row: int) -> bool:
    cells = [cell for cell in placed if cell.row == row]
    return all(cell.is_in_head for cell in cells) or (row == 0 and all(cell.is_head for cell in cells))


def _long_rows(placed: list[Cell]) -> frozenset[int]:
    return frozenset(cell.row + down for cell in placed if len(cell.words) > LONG_ROW for down in range(cell.rows))


def _set(
    cell: Cell,
    widths: list[float],
    *,
    heads: int,
    contents: Callable[[Any, float], list[Any]],
    long: frozenset[int],
) -> dict[str, Any]:
    spanned = widths[cell.column : cell.column + cell.columns]
    room = sum(spanned) + GUTTER * (len(spanned) - 1)
    return {
        "x": cell.column,
        "y": cell.row,
        "w": cell.columns,
        "h": cell.rows,
        "head": cell.is_head or cell.row < heads,
        "parts": cell.row in long or cell.rows > 1,
        "b": contents(cell.element, room),
    }


def _as_list(placed: list[Cell], *, contents: Callable[[Any, float], list[Any]], room: float) -> dict[str, Any]:
    rows: dict[int, list[Cell]] = {}
    for cell in placed:
        rows.setdefault(cell.row, []).append(cell)
    return {
        "k": "rows",
        "rows": [[contents(cell.element, room / 2) for cell in cells if cell.words] for cells in rows.values()],
    }
