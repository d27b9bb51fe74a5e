"""How does the Markdown of a text become the blocks of a page?

Blocks get their ids from their position, so that a page and its translation have the same ones: a learner's progress
inside a page belongs to (translation key, block id).
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.home.demo.files import UnableToRead

NAMESPACE = uuid.UUID("5f0c2c1e-6a5b-5d0e-9f5e-2b7d7c3f1a60")
FENCE = re.compile(r"^::: ([a-z-]+)\n(.*?)^:::$", re.MULTILINE | re.DOTALL)

_markdown = MarkdownIt("commonmark").enable("table")

Block = tuple[str, Any]


class Shelf(Protocol):
    """Where the things lie that texts call by name; each answers an id."""

    def picture(self, key: str, *, alt: str = "") -> int: ...
    def recording(self, key: str) -> int: ...
    def leaflet(self, key: str) -> int: ...
    def page(self, path: str) -> int: ...


def fixed_id(*names: object) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, names))))


def stream(body: str, *, path: str, shelf: Shelf) -> list[dict[str, Any]]:
    """The raw value of a StreamField."""
    made = raw(_blocks(body, shelf), path)
    steps = {number: block["id"] for number, block in enumerate(filter(_is_step, made), start=1)}
    for block in made:
        if block["type"] == "decision":
            for branch in block["value"]["branches"]:
                # Texts name a step by its number.
                branch["value"]["step"] = steps.get(branch["value"]["step"], "")
    return made


def raw(blocks: Iterable[Block], *place: object) -> list[dict[str, Any]]:
    """The blocks with ids that are made of their place."""
    return [
        {"type": name, "value": _with_ids(value, *place, number), "id": fixed_id(*place, number)}
        for number, (name, value) in enumerate(blocks)
    ]


def _is_step(block: dict[str, Any]) -> bool:
    return block["type"] in ("procedure_step", "decision")


def _with_ids(value: Any, *place: object) -> Any:
    """Items of lists have ids too; a `Listed` says which lists are such."""
    if isinstance(value, Listed):
        return [
            {"type": "item", "value": _with_ids(item, *place, number), "id": fixed_id(*place, number)}
            for number, item in enumerate(value.items)
        ]
    if isinstance(value, dict):
        return {name: _with_ids(inner, *place, name) for name, inner in value.items()}
    return value


@dataclass(frozen=True)
class Listed:
    """The items of a ListBlock."""

    items: list[Any]


def _blocks(body: str, shelf: Shelf) -> Iterator[Block]:
    position = 0
    for fence in FENCE.finditer(body):
        yield from _prose(body[position : fence.start()])
        yield _fenced(fence.group(1), fence.group(2), shelf)
        position = fence.end()
    yield from _prose(body[position:])


def _fenced(name: str, source: str, shelf: Shelf) -> Block:
    try:
        return FENCED[name](yaml.safe_load(source), shelf)
    except (yaml.YAMLError, KeyError) as error:
        raise UnableToRead(f"In a block “{name}” that begins “{source[:60]}”: {error}") from error


# --- fenced blocks ------------------------------------------------------------------------------------------


def _text(fields: dict[str, Any], name: str) -> str:
    return str(fields.get(name) or "").strip()


def _step(fields: dict[str, Any], shelf: Shelf) -> Block:
    plain = {name: _text(fields, name) for name in ("title", "when", "who", "do_no_harm", "time_limit", "evidence")}
    return "procedure_step", {**plain, "text": rich(_text(fields, "text")), "roles": fields.get("roles", [])}


def _decision(fields: dict[str, Any], shelf: Shelf) -> Block:
    plain = {name: _text(fields, name) for name in ("question", "who", "text")}
    branches = [_branch(branch, shelf) for branch in fields["ways"]]
    return "decision", {**plain, "roles": fields.get("roles", []), "branches": Listed(branches)}


def _branch(fields: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """A way leads to a step by its number, to a section by its path, to `end`, or else to what follows."""
    to = fields.get("to", "next")
    leads_to = "step" if isinstance(to, int) else to if to in ("next", "end") else "section"
    return {
        "answer": _text(fields, "answer"),
        "leads_to": leads_to,
        "step": to if leads_to == "step" else "",
        "section": shelf.page(to) if leads_to == "section" else None,
        "note": _text(fields, "note"),
    }


def emergency(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "emergency", {
        "title": _text(fields, "title"),
        "actions": Listed([rich(str(action)) for action in fields["actions"]]),
        "then": _text(fields, "then"),
    }


def form(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "form", {
        "number": _text(fields, "number"),
        "title": _text(fields, "title"),
        "text": rich(_text(fields, "text")),
        "leaflet": shelf.leaflet(fields["file"]) if "file" in fields else None,
    }


def _warning(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "warning", {"title": _text(fields, "title"), "text": rich(_text(fields, "text"))}


def _key_point(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "key_point", {"text": rich(_text(fields, "text"))}


def _checklist(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "checklist", {
        "title": _text(fields, "title"),
        "items": Listed([str(item) for item in fields["items"]]),
    }


def definition(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "definition", {"term": _text(fields, "term"), "meaning": rich(_text(fields, "meaning"))}


def _picture(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "picture", {
        "picture": shelf.picture(fields["drawing"], alt=_text(fields, "alt")),
        "alt": _text(fields, "alt"),
        "is_decorative": not _text(fields, "alt"),
        "caption": _text(fields, "caption"),
    }


def _recording(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "recording", {"recording": shelf.recording(fields["recording"]), "title": _text(fields, "title")}


def _file(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "file", {"leaflet": shelf.leaflet(fields["file"]), "title": _text(fields, "title")}


def _call_to_action(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "call_to_action", {"text": _text(fields, "text"), "page": shelf.page(fields["page"])}


FENCED: dict[str, Callable[[dict[str, Any], Shelf], Block]] = {
    "step": _step,
    "decision": _decision,
    "emergency": emergency,
    "form": form,
    "warning": _warning,
    "key-point": _key_point,
    "checklist": _checklist,
    "definition": definition,
    "picture": _picture,
    "recording": _recording,
    "file": _file,
    "call-to-action": _call_to_action,
}


# --- Markdown between them ----------------------------------------------------------------------------------


def rich(markdown: str) -> str:
    """Markdown as the rich text that Wagtail's editor keeps."""
    html = str(_markdown.render(markdown)).strip()
    for ours, theirs in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{ours}>", f"<{theirs}>").replace(f"</{ours}>", f"</{theirs}>")
    return html.replace(">\n<", "><")


def _prose(markdown: str) -> Iterator[Block]:
    lines = markdown.splitlines()
    caption = ""
    for kind, first, last in _pieces(_markdown.parse(markdown)):
        source = "\n".join(lines[first:last]).strip()
        if kind == "paragraph_open" and source.startswith("Table: "):
            caption = source.removeprefix("Table: ")
        elif kind == "table_open":
            yield _table(source, caption=caption)
        else:
            yield PROSE[kind](source)


def _pieces(tokens: list[Token]) -> Iterator[tuple[str, int, int]]:
    """The outermost pieces of a text: what each is, and its lines."""
    for token in tokens:
        if token.level == 0 and token.nesting == 1 and token.map:
            yield token.type, token.map[0], token.map[1]


def _heading(source: str) -> Block:
    marks, _, text = source.partition(" ")
    return "heading", {"text": text.strip(), "level": str(min(max(len(marks), 2), 3))}


def _paragraph(source: str) -> Block:
    return "paragraph", rich(source)


def _list(source: str) -> Block:
    is_numbered = source[0].isdigit()
    items = re.split(r"^(?:-|\d+\.)\s+", source, flags=re.MULTILINE)[1:]
    return "list", {
        "kind": "number" if is_numbered else "bullet",
        "items": Listed([rich(" ".join(item.split("\n")).strip()) for item in items]),
    }


def _quotation(source: str) -> Block:
    lines = [line.removeprefix(">").strip() for line in source.splitlines()]
    attribution = lines.pop().removeprefix("—").strip() if lines[-1].startswith("—") else ""
    return "quotation", {"text": "\n".join(filter(None, lines)), "attribution": attribution}


def _table(source: str, *, caption: str) -> Block:
    header, _, *rows = [_cells(line) for line in source.splitlines()]
    return "table", {
        "caption": caption,
        "header": Listed(header),
        "rows": Listed([{"cells": Listed([rich(cell) for cell in row])} for row in rows]),
    }


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


PROSE: dict[str, Callable[[str], Block]] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "blockquote_open": _quotation,
}
