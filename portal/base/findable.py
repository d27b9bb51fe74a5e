"""What on a page can be found on its own, and where does it stand?

A page is made of parts: its opening, then what stands under each heading and in each step of a procedure. A part holds
what a reader of the page sees, so only what is classified public, and never a block's field that is not searched.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Protocol

from django.utils import translation
from django.utils.html import strip_tags
from modelsearch.index import SearchField
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, RichTextBlock, StreamValue

#: A longer part is divided between paragraphs, so that a hit still leads to something that one can read.
LONGEST = 4_000
#: Enough letters of a block's id to tell the blocks of one page apart, and short enough for an address.
LETTERS_OF_AN_ID = 8
STEP, TRANSCRIPT, LEAFLET = "step", "transcript", "leaflet"
END_OF_A_LINE = re.compile(r"</(?:p|h\d|li|blockquote|div)>|<[bh]r\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """Something on a page that can be found on its own."""

    text: str
    """Plain text, one paragraph a line."""
    heading: str = ""
    """Plain text; empty for what stands before the first heading."""
    anchor: str = ""
    """The id in the page; empty for its top."""
    kind: str = ""
    """Empty like the page; or `step`, `transcript`, `leaflet`."""
    language: str = ""
    """Empty like the page."""


class TellsItsParts(Protocol):
    """A block class that brings parts of its own. Without this its text belongs to the part that is open.

    With `opens_part` what follows in the page belongs to the last of them, as under a heading; without, to the part
    that was open before. `block_id` is the id of the block in its page, for `anchor_of()`.
    """

    opens_part: bool = False

    def findable_parts(self, value: Any, *, language: str, block_id: str) -> Iterable[Part]: ...


class TellsItsLines(Protocol):
    """A block class that shows more words than those that are written in it, or fewer."""

    def findable_lines(self, value: Any, *, language: str) -> Iterable[str]: ...


class TellsItsPlaces(Protocol):
    """What must be known of a page to divide it."""

    language_code: Any

    def findable_opening(self) -> Iterable[str]: ...
    def findable_places(self) -> Iterable[Part]: ...


def anchor_of(kind: str, block_id: str | None) -> str:
    """An address in the page that outlives every edit of this block and others, the same in all languages."""
    return f"{kind}-{block_id[:LETTERS_OF_AN_ID]}" if block_id else ""


def parts_of(page: "TellsItsPlaces") -> list[Part]:
    """The opening of `page`, then its places; what stands before all headings is read with the opening."""
    # Headings that a template gives are found in the words that the page has, whoever asks.
    with translation.override(page.language_code):
        opening, places = Part(text=one_text(page.findable_opening())), []
        for part in page.findable_places():
            if part.heading or part.anchor or part.kind or part.language:
                places.append(part)
            else:
                opening = continued(opening, [part.text])
        return divided([opening, *places])


def plain_fields_of(page: Any) -> list[str]:
    """The searched fields of `page` that hold text and may be seen; the title is known without."""
    return [value for value in _public_values(page) if isinstance(value, str)]


def streams_of(page: Any) -> Iterator[Part]:
    """What stands in the searched streams of blocks of `page`."""
    for value in _public_values(page):
        if isinstance(value, StreamValue):
            yield from parts_of_stream(value, language=page.language_code)


def _public_values(page: Any) -> Iterator[Any]:
    classes = type(page).classification
    for field in page.get_searchable_search_fields():
        if isinstance(field, SearchField) and classes.get(field.field_name) == "public":
            # Not field.get_value(): of a stream of blocks that is the bare text, without its places.
            yield getattr(page, field.field_name)


def parts_of_stream(stream: StreamValue, *, language: str) -> list[Part]:
    """The first one is what stands before the first heading; it is there even where it is empty."""
    parts, open_one = [Part(text="")], 0
    for child in stream:
        block: TellsItsParts | None = child.block if hasattr(child.block, "findable_parts") else None
        if block is None:
            parts[open_one] = continued(parts[open_one], _lines_of_child(child, language=language))
            continue
        parts += block.findable_parts(child.value, language=language, block_id=child.id or "")
        if getattr(block, "opens_part", False):
            open_one = len(parts) - 1
    return parts


def _lines_of_child(child: Any, *, language: str) -> Iterable[str]:
    block: TellsItsLines | None = child.block if hasattr(child.block, "findable_lines") else None
    return block.findable_lines(child.value, language=language) if block else lines_of(child.block, child.value)


def continued(part: Part, lines: Iterable[str]) -> Part:
    return replace(part, text=one_text([part.text, *lines]))


def one_text(lines: Iterable[str]) -> str:
    """One paragraph a line, without blanks that nobody sees."""
    every = (" ".join(line.split()) for text in lines for line in text.splitlines())
    return "\n".join(filter(None, every))


def lines_of(block: Any, value: Any) -> Iterator[str]:
    """The words of a block as its readers see them: no choices, no ids, nothing that is not searched."""
    if value is None or not getattr(block, "search_index", True):
        return
    if isinstance(block, RichTextBlock):
        yield plain(value.source)
    elif isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from lines_of(child, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from lines_of(block.child_block, item)
    elif isinstance(block, BaseStreamBlock):
        for child in value:
            yield from lines_of(child.block, child.value)
    else:
        yield from block.get_searchable_content(value)


def plain(html: str) -> str:
    """The text of rich text, one paragraph or item a line."""
    return unescape(strip_tags(END_OF_A_LINE.sub("\n", html)))


def divided(parts: Iterable[Part]) -> list[Part]:
    """The same parts, the long ones cut between paragraphs; the pieces share heading and anchor."""
    return [replace(part, text=text) for part in parts for text in _pieces(part.text)]


def _pieces(text: str) -> Iterator[str]:
    piece: list[str] = []
    length = 0
    for line in text.splitlines():
        if piece and length + len(line) > LONGEST:
            yield "\n".join(piece)
            piece, length = [], 0
        piece.append(line)
        length += len(line) + 1
    yield "\n".join(piece)
