"""Which words does a page of a PDF show, and which does its author say that they are?

Letters are shown by number, and a table of the font tells which letter a number is. For Thai, Lao, Khmer and Burmese
that is not enough: a mark that was moved to fit has a number of its own, which many programs forget to tell. Where the
program says what a piece of text really is (ActualText, ISO 32000-2, 14.9.4), that is taken. Headers, footers and
numbers of pages that are marked as such (artifacts, 14.8.2.2) are left out: they are not what the leaflet says.
"""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.generic import ContentStream, FloatObject, NameObject, TextStringObject

#: Two letters that no text can hold (Unicode, 23.7): what was shown between them is replaced by what it really is.
BEGINS, ENDS = "\U0001fffe", "\U0001ffff"
BETWEEN = re.compile(f"{BEGINS}[^{BEGINS}{ENDS}]*{ENDS}")
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
MOST_LEVELS = 64
Order = tuple[list[Any], bytes]


class Mark(TextStringObject):
    """A letter between those of the page that takes no place: the library counts the width of what it iterates over."""

    def __iter__(self) -> Iterator[str]:
        return iter(())


def words_on(page: Any) -> str:
    """The words of one page, line by line."""
    if "/Contents" not in page:
        return ""
    spans = Spans(page)
    # As bytes: which letters they are, only the font knows.
    given = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes").operations
    orders = list(spans.orders(given))
    new = ContentStream(None, page.pdf)
    new.operations = orders
    page[NameObject("/Contents")] = new
    actual = iter(spans.actual)
    return BETWEEN.sub(lambda _shown: next(actual, ""), page.extract_text()).replace(BEGINS, "").replace(ENDS, "")


class Spans:
    """Goes through the drawing orders of a page once; afterwards `actual` has the real texts of its marked pieces."""

    def __init__(self, page: Any) -> None:
        self.actual: list[str] = []
        self.properties = _dictionary(_dictionary(page.get("/Resources")).get("/Properties"))
        #: Of each piece that is open: "artifact", its real text, or None for all others.
        self.open: list[tuple[str, str] | None] = []
        self.waiting: str | None = None
        self.begun = False

    def orders(self, given: list[Order]) -> Iterator[Order]:
        for operands, operator in placed_once(given):
            if operator in {b"BDC", b"BMC"}:
                self._open(operands)
            elif operator == b"EMC":
                yield from self._close()
            elif operator in SHOWS:
                yield from self._show(operands, operator)
            else:
                yield operands, operator

    def _open(self, operands: list[Any]) -> None:
        kind = self._kind(operands) if len(self.open) < MOST_LEVELS else None
        # What stands inside a piece whose text is known is known with it.
        inside = any(piece and piece[0] == "actual" for piece in self.open)
        self.open.append(None if inside else kind)
        if kind and kind[0] == "actual" and not inside:
            self.waiting = kind[1]

    def _kind(self, operands: list[Any]) -> tuple[str, str] | None:
        if operands and operands[0] == "/Artifact":
            return "artifact", ""
        named = operands[1] if len(operands) > 1 else None
        facts = _dictionary(self.properties.get(named) if isinstance(named, NameObject) else named)
        text = facts.get("/ActualText")
        return ("actual", decoded(text)) if isinstance(text, bytes | str) else None

    def _show(self, operands: list[Any], operator: bytes) -> Iterator[Order]:
        if any(piece and piece[0] == "artifact" for piece in self.open):
            return
        if self.waiting is not None:
            self.actual.append(self.waiting)
            self.waiting, self.begun = None, True
            # Not where the piece is opened: the line may begin only after that.
            if operator in {b"'", b'"'}:
                yield [], b"T*"
                operands, operator = operands[-1:], b"Tj"
            yield [Mark(BEGINS)], b"Tj"
        yield operands, operator

    def _close(self) -> Iterator[Order]:
        piece = self.open.pop() if self.open else None
        if piece and piece[0] == "actual":
            self.waiting = None
            if self.begun:
                self.begun = False
                yield [Mark(ENDS)], b"Tj"


def placed_once(given: list[Order]) -> Iterator[Order]:
    """Where a line's beginning is set, and then the pen moved along it, the pen is set at once.

    Chromium and Android write each run of letters so. The library takes the way from the beginning of the line for a
    gap between words.
    """
    placed: list[float] | None = None
    for operands, operator in given:
        moved = numbers(operands, 2) if operator == b"Td" and placed else None
        if placed and moved:
            a, b, c, d, x, y = placed
            placed = [a, b, c, d, x + moved[0] * a + moved[1] * c, y + moved[0] * b + moved[1] * d]
            continue
        if placed:
            yield [FloatObject(number) for number in placed], b"Tm"
        placed = numbers(operands, 6) if operator == b"Tm" else None
        if not placed:
            yield operands, operator
    if placed:
        yield [FloatObject(number) for number in placed], b"Tm"


def decoded(text: bytes | str) -> str:
    """A text string (7.9.2.2). What has no mark of order is nearly ASCII."""
    if isinstance(text, str):
        return text
    if text.startswith((b"\xfe\xff", b"\xff\xfe")):
        return text.decode("utf-16", "ignore")
    return text.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")


def numbers(operands: list[Any], count: int) -> list[float] | None:
    if len(operands) != count or not all(isinstance(number, int | float) for number in operands):
        return None
    return [float(number) for number in operands]


def _dictionary(thing: Any) -> Any:
    found = thing.get_object() if hasattr(thing, "get_object") else thing
    return found if isinstance(found, dict) else {}
