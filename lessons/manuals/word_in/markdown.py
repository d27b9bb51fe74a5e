"""What does a file of Markdown say, part by part?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from textwrap import dedent
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from lessons.manuals.word_in.markdown_boxes import boxes
from lessons.manuals.word_in.parts import (
    BoxKind,
    Cell,
    Heading,
    Image,
    Item,
    ItemKind,
    Notice,
    Part,
    Reading,
    Row,
    Span,
    Spans,
    Table,
    Text,
    plain,
)
from lessons.manuals.word_in.words import words_of

TO_TICK = re.compile(r"^\s*(?:[-*+]|[0-9]+[.)])\s+\[[ xX]\]\s", re.MULTILINE)
BOX = re.compile(r"\[([ xX])\](?:\s+|\Z)")
FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
#: A footnote: its mark in the text, and its words at the margin.
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n[ \t]{2,}\S.*)*)", re.MULTILINE)
NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
#: What programs fill in or draw, which stands as it was written: {{ name }}, {% include %}, :icon:, { .class }.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
ATTRIBUTES = re.compile(r"""\s*(?<!\{)\{:?\s*(?:[.#][\w-]+|[\w-]+=(?:"[^"]*"|[\w-]+))(?:\s[^{}]*)?\}""")
COMMENT = re.compile(r"\s*<!--")
LISTS = {"bullet_list", "ordered_list"}
WARNINGS = {"danger", "warning", "caution", "attention", "error", "bug", "failure"}
KEY_POINTS = {"important"}


@dataclass
class Place:
    """Where a file stands in its tree: what its links and pictures are relative to."""

    name: str = ""
    #: Finds a picture, and gives the name of the copy in the folder of the job, or nothing.
    picture: Any = None


class Markdown:
    """Reads one file into `reading`."""

    def __init__(self, reading: Reading, place: Place) -> None:
        self.reading, self.place = reading, place
        self.md = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(boxes)

    def read(self, text: str) -> None:
        found = FRONT.match(text)
        if found:
            title = TITLE.search(found[1])
            self.reading.title = title[1] if title else ""
            text = text[found.end() :]
        self.reading.remark("placeholders", len(PLACEHOLDER.findall(text)))
        text = NOTE.sub(self.note, text)
        self.reading.parts += list(self.parts(self.parsed(text)))

    def note(self, found: re.Match[str]) -> str:
        inside = self.parsed("\n".join(line.strip() for line in found[2].splitlines()))
        self.reading.notes[f"{self.place.name}:{found[1]}"] = list(self.parts(inside))
        return ""

    def parsed(self, text: str) -> list[SyntaxTreeNode]:
        """The nodes of a text, whose words are counted."""
        root = SyntaxTreeNode(self.md.parse(text))
        for word, count in words_of("\n".join(said(root))).items():
            self.reading.words[word] = self.reading.words.get(word, 0) + count
        return list(root.children)

    def parts(self, nodes: list[SyntaxTreeNode]) -> Iterator[Part]:
        for node in nodes:
            yield from self.of(node)

    def of(self, node: SyntaxTreeNode) -> Iterator[Part]:
        reads: dict[str, Any] = {
            "heading": self.heading, "paragraph": self.paragraph, "bullet_list": self.list, "ordered_list": self.list,
            "table": self.table, "box": self.box, "fence": self.code, "code_block": self.code, "html_block": self.html,
        }  # fmt: skip
        if node.type in reads:
            yield from reads[node.type](node)
        else:
            yield from self.parts(node.children)

    def heading(self, node: SyntaxTreeNode) -> Iterator[Part]:
        for piece in self.pieces(node):
            if isinstance(piece, tuple):
                yield Heading(int(node.tag[1]), piece, (f"{self.place.name}#{slug(plain(piece))}",))
            else:
                yield piece

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Part]:
        """Its words and pictures; a box to tick that begins one of its lines was indented in a way of its own."""
        raw = node.children[0].content if node.children else ""
        found = TO_TICK.search(raw, raw.find("\n") + 1) if "\n" in raw else None
        if found:
            for half in (raw[: found.start()], raw[found.start() :]):
                yield from self.parts(SyntaxTreeNode(self.md.parse(half.strip("\n"))).children)
            return
        for piece in self.pieces(node):
            yield Text(piece) if isinstance(piece, tuple) else piece

    def list(self, node: SyntaxTreeNode, level: int = 0) -> Iterator[Part]:
        kind: ItemKind = "number" if node.type == "ordered_list" else "bullet"
        for child in node.children:
            yield from self.item(child, kind, level)

    def item(self, node: SyntaxTreeNode, kind: ItemKind, level: int) -> Iterator[Part]:
        """The item with what stands in it up to the first list; the items of that are one level deeper."""
        children = list(node.children)
        at = next((number for number, child in enumerate(children) if child.type in LISTS), len(children))
        inside = list(self.parts(children[:at]))
        spans: Spans = ()
        first = inside[0] if inside and children[0].type == "paragraph" else None
        if isinstance(first, Text):
            del inside[0]
            spans = first.spans
        found = BOX.match(spans[0].text) if spans else None
        if found:
            kind, spans = "check", (replace(spans[0], text=spans[0].text[found.end() :]), *spans[1:])
        words = next((part for part in inside if isinstance(part, Text)), None)
        if not plain(spans) and words is not None:
            # A picture came first.
            inside.remove(words)
            spans = words.spans
        yield Item(kind, level, spans, parts=tuple(inside))
        for child in children[at:]:
            yield from self.list(child, level + 1) if child.type in LISTS else self.of(child)

    def table(self, node: SyntaxTreeNode) -> Iterator[Part]:
        rows = []
        for section in node.children:
            for row in section.children:
                cells = tuple(Cell(tuple(self.paragraph(cell))) for cell in row.children)
                rows.append(Row(cells, is_header=section.type == "thead"))
        yield Table(tuple(rows))

    def box(self, node: SyntaxTreeNode) -> Iterator[Part]:
        title = self.inline_text(node.nester_tokens.opening.content if node.nester_tokens else "")
        inside = tuple(self.parts(node.children))
        opening = node.nester_tokens.opening if node.nester_tokens else None
        if opening is not None and opening.markup == "===":
            yield Heading(4, title) if plain(title) else Text(title)
            yield from inside
            return
        name = opening.info.split(" ")[0] if opening is not None else ""
        self.reading.remark("boxes")
        kind: BoxKind = "warning" if name in WARNINGS else "key_point" if name in KEY_POINTS else "remark"
        yield Notice(kind, title or (Span(name.capitalize()),), inside)

    def inline_text(self, text: str) -> Spans:
        nodes = SyntaxTreeNode(self.md.parseInline(text)).children
        return tuple(piece for node in nodes for piece in self.spans(node, Span("")) if isinstance(piece, Span))

    def code(self, node: SyntaxTreeNode) -> Iterator[Part]:
        """Lines as they are; but boxes to tick that were indented too far are no code."""
        if node.type == "code_block" and TO_TICK.search(node.content):
            yield from self.parts(SyntaxTreeNode(self.md.parse(dedent(node.content))).children)
            return
        self.reading.remark("code")
        words = node.content.rstrip("\n")
        if words.strip():
            yield Text((Span(words),))

    def html(self, node: SyntaxTreeNode) -> Iterator[Part]:
        if COMMENT.match(node.content):
            yield from self.comment(node.content)
            return
        words, pictures = text_of_html(node.content)
        self.reading.remark("html")
        for source, alt in pictures:
            yield from self.image(source, alt)
        if words:
            yield Text((Span(words),))

    def comment(self, html: str) -> Iterator[Part]:
        """What somebody took out for a while. Things to tick are kept, and the author is told to look at them."""
        inside = dedent(COMMENT.sub("", html).replace("-->", ""))
        self.reading.remark("commented_out" if TO_TICK.search(inside) else "comments")
        if TO_TICK.search(inside):
            yield from self.parts(self.parsed(inside))

    # Words in a line

    def pieces(self, node: SyntaxTreeNode) -> Iterator[Spans | Part]:
        """The words of a paragraph, and between them its pictures."""
        waiting: list[Span] = []
        for child in node.children:
            for piece in self.spans(child, Span("")):
                if isinstance(piece, Span):
                    waiting.append(piece)
                    continue
                if plain(waiting):
                    yield stripped(waiting)
                waiting = []
                yield piece
        if plain(waiting) or any(span.note for span in waiting):
            yield stripped(waiting)

    def spans(self, node: SyntaxTreeNode, style: Span) -> Iterator[Span | Part]:
        if node.type == "text":
            yield from self.noted(ATTRIBUTES.sub("", node.content), style)
        elif node.type == "code_inline":
            yield replace(style, text=node.content)
        elif node.type in {"softbreak", "hardbreak"}:
            yield replace(style, text=" " if node.type == "softbreak" else "\n")
        elif node.type == "html_inline":
            yield replace(style, text="\n" if node.content.lower().startswith("<br") else "")
        elif node.type == "image":
            yield from self.image(str(node.attrs.get("src", "")), node.content)
        else:
            inner = style
            if node.type == "strong":
                inner = replace(style, is_bold=True)
            elif node.type == "em":
                inner = replace(style, is_italic=True)
            elif node.type == "link":
                inner = replace(style, href=self.target(str(node.attrs.get("href", ""))))
            for child in node.children:
                yield from self.spans(child, inner)

    def noted(self, text: str, style: Span) -> Iterator[Span]:
        at = 0
        for found in NOTE_MARK.finditer(text):
            key = f"{self.place.name}:{found[1]}"
            if key in self.reading.notes:
                yield replace(style, text=text[at : found.start()])
                yield Span("", style.is_bold, style.is_italic, note=key)
                at = found.end()
        yield replace(style, text=text[at:])

    def target(self, href: str) -> str:
        """A link within the tree as `#file.md` or `#file.md#place`; any other as it is."""
        if re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            return href
        if href.startswith("#"):
            return f"#{self.place.name}{href}"
        path, _, place = href.partition("#")
        return f"#{resolved(self.place.name, path)}{'#' + place if place else ''}"

    def image(self, source: str, alt: str) -> Iterator[Part]:
        if re.match(r"[a-z][a-z0-9+.-]*:|//", source, re.IGNORECASE):
            self.reading.remark("linked_pictures")
        elif name := self.place.picture(resolved(self.place.name, source)) if self.place.picture else "":
            self.reading.remark("pictures")
            yield Image(name, " ".join(alt.split()))
            return
        else:
            self.reading.remark("missing_pictures")
        if alt.strip():
            yield Text((Span(alt, is_italic=True),))


def said(root: SyntaxTreeNode) -> Iterator[str]:
    """The words of all nodes of a file, before anything is made of them."""
    for node in root.walk():
        if node.type == "inline":
            yield "".join(said_in_line(node)).removeprefix("[x] ").removeprefix("[X] ")
        elif node.type in {"fence", "code_block"}:
            yield node.content
        elif node.type == "html_block":
            yield text_of_html(node.content)[0]
        elif node.type == "box" and node.nester_tokens:
            yield NOTE_MARK.sub("", node.nester_tokens.opening.content)


def said_in_line(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.walk():
        if child.parent is not None and child.parent.type == "image":
            continue  # what it says is told by the picture
        if child.type in {"text", "code_inline", "image"}:
            yield NOTE_MARK.sub("", ATTRIBUTES.sub("", child.content))
        elif child.type in {"softbreak", "hardbreak"} or child.content.lower().startswith("<br"):
            yield " "


def stripped(spans: list[Span]) -> Spans:
    found = [span for span in spans if span.text or span.note]
    found[0] = replace(found[0], text=found[0].text.lstrip())
    found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(found)


def resolved(place: str, path: str) -> str:
    """The name in the tree of what a file called `place` means by `path`."""
    names = [] if path.startswith("/") else place.split("/")[:-1]
    for name in path.split("/"):
        if name == ".." and names:
            names.pop()
        elif name not in {"", ".", ".."}:
            names.append(name)
    return "/".join(names)


def slug(words: str) -> str:
    """The anchor that programs give to a heading."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words.lower())).strip("-")


class Words(HTMLParser):
    """The words and pictures of a piece of HTML; scripts and styles have none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"script", "style"}:
            self.silent += 1
        elif tag == "img":
            self.pictures.append((told.get("src") or "", told.get("alt") or ""))
        elif tag in {"br", "p", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def text_of_html(html: str) -> tuple[str, list[tuple[str, str]]]:
    parser = Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in unescape("".join(parser.words)).splitlines())
    return "\n".join(line for line in lines if line), parser.pictures
