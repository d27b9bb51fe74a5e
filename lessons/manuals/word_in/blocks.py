"""Which blocks do the parts of a section become?

Nothing is cut: what is too long for the field where it belongs goes, whole, to the next place where it fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from lessons.manuals.word_in import rich
from lessons.manuals.word_in.parts import (
    Cell,
    Heading,
    Image,
    Item,
    Notice,
    Part,
    Row,
    Span,
    Spans,
    Table,
    Text,
    plain,
)
from lessons.manuals.word_in.tables import LONGEST_CAPTION, Count, Tabling
from lessons.manuals.word_in.wording import Wording

LONGEST_HEADING = LONGEST_STEP = LONGEST_TITLE = 160
LONGEST_TO_TICK, LONGEST_WARNING, LONGEST_ALT, LONGEST_PICTURE_CAPTION = 300, 120, 255, 300


@dataclass
class Manual:
    """What all sections share: words, footnotes, and where each anchor ended up."""

    wording: Wording
    notes: dict[str, list[Part]]
    #: What a heading of the first size within a section is in the file, less one.
    level: int = 1
    count: Count = field(default_factory=Count)
    #: Section and block of each place that something may link to; the section itself if there is no block.
    anchors: dict[str, tuple[int, str]] = field(default_factory=dict)
    steps: int = 0
    remarks: dict[str, int] = field(default_factory=dict)
    #: Makes ids of blocks that are the same whenever the same file is read.
    root: UUID = field(default_factory=lambda: NAMESPACE_URL)

    def remark(self, name: str) -> None:
        self.remarks[name] = self.remarks.get(name, 0) + 1


class Blocks:
    """The blocks of one section, made one after the other."""

    def __init__(self, manual: Manual, *, section: int) -> None:
        self.manual, self.section = manual, section
        self.made: list[dict[str, Any]] = []
        self.heading = ""
        self.caption: Spans = ()
        self.noted: list[str] = []
        self.ticked = self.steps = 0
        self.is_procedure = True
        #: Links of the items of the checklist that is being made, whose items are words alone.
        self.links: list[Spans] = []
        self.tabling = Tabling(wording=manual.wording, count=manual.count, told=self.told)

    def take(self, parts: Iterable[Part]) -> None:
        """Lists are looked at as a whole: what they are depends on all of their items."""
        for is_item, group in groupby(parts, lambda part: isinstance(part, Item)):
            several = list(group)
            self.is_procedure = not is_item or tells_what_to_do(several)
            for part in several:
                self.put(part)

    def finish(self) -> list[dict[str, Any]]:
        self.end_checklist()
        self.give_back_caption()
        self.put_notes()
        return self.made

    def put(self, part: Part) -> None:
        if not isinstance(part, Item) or part.kind != "check":
            self.end_checklist()
        if isinstance(part, Table) or (isinstance(part, Image) and self.caption):
            caption, self.caption = self.caption, ()
            self.put_table(part, caption) if isinstance(part, Table) else self.put_image(part, caption=caption)
            return
        self.give_back_caption()
        puts: dict[type[Any], Any] = {
            Heading: self.put_heading, Text: self.put_text, Item: self.put_item, Image: self.put_image,
            Notice: self.put_notice,
        }  # fmt: skip
        puts[type(part)](part)

    def add(self, type_: str, value: Any, *, anchors: tuple[str, ...] = ()) -> None:
        block_id = str(uuid5(self.manual.root, f"{self.section}/{len(self.made)}"))
        self.made.append({"type": type_, "value": value, "id": block_id})
        self.anchor(anchors, block_id)

    def anchor(self, anchors: tuple[str, ...], block_id: str = "") -> None:
        for name in anchors:
            self.manual.anchors.setdefault(name, (self.section, block_id))

    def told(self, spans: Spans) -> Spans:
        """With the numbers of footnotes where their marks are."""
        return tuple(self.note_mark(span) if span.note else self.checked_link(span) for span in spans)

    def note_mark(self, span: Span) -> Span:
        if span.note not in self.noted:
            self.noted.append(span.note)
        return Span(f" [{self.noted.index(span.note) + 1}]", span.is_bold, span.is_italic)

    def checked_link(self, span: Span) -> Span:
        if not span.href or span.href.startswith(("#", rich.INSIDE)) or rich.SAFE.match(span.href):
            href = f"{rich.INSIDE}{span.href}" if span.href.startswith("#") else span.href
            return Span(span.text, span.is_bold, span.is_italic, href)
        self.manual.remark("unsafe_links")
        return Span(span.text, span.is_bold, span.is_italic)

    def put_heading(self, part: Heading) -> None:
        spans = self.told(part.spans)
        words = plain(spans)
        if not words:
            self.anchor(part.anchors, self.made[-1]["id"] if self.made else "")
            return
        self.heading = words
        if len(words) > LONGEST_HEADING:
            self.add("paragraph", rich.paragraph(rich.bold(spans)), anchors=part.anchors)
            return
        level = "2" if part.level <= self.manual.level + 1 else "3"
        self.add("heading", {"text": words, "level": level}, anchors=part.anchors)

    def put_text(self, part: Text) -> None:
        if part.is_caption and not self.caption and len(plain(part.spans)) <= LONGEST_CAPTION:
            self.caption = part.spans
            return
        self.add("paragraph", rich.paragraph(self.told(part.spans)), anchors=part.anchors)

    def give_back_caption(self) -> None:
        """Of a caption under a table or picture, or of none: it is a paragraph, unless what is above can take it."""
        spans, self.caption = self.caption, ()
        if not spans:
            return
        above = self.made[-1] if self.made else None
        words = plain(self.told(spans))
        if above and above["type"] == "picture" and not above["value"]["caption"]:
            above["value"]["caption"] = words
        else:
            self.add("paragraph", rich.paragraph(self.told(spans)))

    # Lists

    def put_item(self, part: Item) -> None:
        if part.kind == "check":
            self.put_to_tick(part)
        elif part.level and self.made and self.made[-1]["type"] in {"procedure_step", "list"}:
            self.put_below(part)
        elif part.kind == "number" and self.is_procedure:
            self.put_step(part)
        else:
            self.put_in_list(part)
        if part.kind != "check":
            self.take(part.parts)

    def put_step(self, part: Item) -> None:
        spans = self.told(part.spans)
        self.steps += 1
        title, rest = rich.first_sentence(spans, most=LONGEST_STEP)
        name = plain(title) or self.manual.wording.step % {"number": self.steps}
        text = rich.paragraph(rest) if plain(rest) else ""
        value = {"title": name, "when": "", "who": "", "text": text, "do_no_harm": "", "time_limit": "", "evidence": ""}
        if any(span.href for span in title):
            # A title holds no links, so the words stand in the text, too.
            value["text"] = rich.paragraph(title) + text
        self.add("procedure_step", value, anchors=part.anchors)

    def put_in_list(self, part: Item) -> None:
        last = self.made[-1] if self.made else None
        html = rich.paragraph(self.told(part.spans))
        kind = "number" if part.kind == "number" else "bullet"
        if last and last["type"] == "list" and last["value"]["kind"] == kind and not part.level:
            last["value"]["items"].append(html)
            self.anchor(part.anchors, last["id"])
        else:
            self.add("list", {"kind": kind, "items": [html]}, anchors=part.anchors)

    def put_below(self, part: Item) -> None:
        """An item below a step or below another item."""
        last = self.made[-1]
        html = rich.rich(self.told(part.spans))
        self.anchor(part.anchors, last["id"])
        if last["type"] == "list":
            last["value"]["items"][-1] += f"<p>{'– ' * part.level}{html}</p>"
            return
        tag = "ol" if part.kind == "number" else "ul"
        dashes = "– " * (part.level - 1)
        text = last["value"]["text"]
        item = f"<li>{dashes}{html}</li>"
        is_going_on = text.endswith(f"</{tag}>")
        last["value"]["text"] = text.removesuffix(f"</{tag}>") + item + f"</{tag}>" if is_going_on else (
            f"{text}<{tag}>{item}</{tag}>"
        )  # fmt: skip

    def put_to_tick(self, part: Item) -> None:
        spans = self.told(part.spans)
        dashes = "– " * part.level
        fits, rest = rich.as_many(spans, most=LONGEST_TO_TICK - len(dashes))
        if not self.ticked:
            title = self.heading if 0 < len(self.heading) <= LONGEST_TITLE else self.manual.wording.checklist
            self.add("checklist", {"title": title, "items": []}, anchors=part.anchors)
        self.ticked += 1
        items = self.made[-1]["value"]["items"]
        items.append(f"{dashes}{plain(fits)}".strip() or NO_WORDS)
        self.anchor(part.anchors, self.made[-1]["id"])
        self.links += [(span,) for span in spans if span.href]
        if plain(rest) or part.parts:
            self.end_checklist()
            if plain(rest):
                self.add("paragraph", rich.paragraph(rest))
            self.take(part.parts)

    def end_checklist(self) -> None:
        """Behind a checklist stand the links of its items, which hold words alone."""
        links, self.links, self.ticked = self.links, [], 0
        if links:
            self.add("list", {"kind": "bullet", "items": [rich.paragraph(spans) for spans in links]})

    # Tables, pictures, boxes, notes

    def put_table(self, part: Table, caption: Spans = (), *, number: int = 0) -> None:
        if not number:
            self.manual.count.tables += 1
            number = self.manual.count.tables
        if not any(cell.parts for row in part.rows for cell in row.cells):
            part = Table((Row((Cell(),)),)) if not part.rows else part
        made = self.tabling.block(part, caption=plain(self.told(caption)), number=number)
        self.add("table", made.value)
        for moved, its_number in made.behind:
            if isinstance(moved, Table):
                self.put_table(moved, number=its_number)
            else:
                self.put_image(moved, caption=(Span(self.manual.wording.picture % {"number": its_number}),))

    def put_image(self, part: Image, *, caption: Spans = ()) -> None:
        words = plain(self.told(caption))
        value = {"picture": part.file, "alt": part.alt, "is_decorative": False, "caption": words}
        too_long = len(part.alt) > LONGEST_ALT
        if too_long:
            value["alt"] = ""
        self.add("picture", value)
        if too_long:
            self.add("paragraph", f"<p>{escape(part.alt, quote=False)}</p>")

    def put_notice(self, part: Notice) -> None:
        title = self.told(part.title)
        texts = [each for each in part.parts if isinstance(each, Text)]
        whole = len(texts) == len(part.parts)
        inside = "".join(rich.paragraph(self.told(each.spans)) for each in texts) if whole else ""
        if part.kind == "warning":
            self.put_warning(title, inside)
        else:
            named = rich.paragraph(rich.bold(title)) if plain(title) else ""
            if part.kind == "key_point" and (named or inside):
                self.add("key_point", {"text": named + inside})
            elif named or inside:
                self.add("paragraph", named + inside)
        if not whole:
            self.take(part.parts)

    def put_warning(self, title: Spans, inside: str) -> None:
        name = plain(title)
        has_room = bool(inside) and len(name) <= LONGEST_WARNING and not any(span.href for span in title)
        text = inside if has_room else (rich.paragraph(title) if name else "") + inside
        if text:
            self.add("warning", {"title": name if has_room else "", "text": text})

    def put_notes(self) -> None:
        """The footnotes of this section, by the numbers that stand in it."""
        if not self.noted:
            return
        self.add("heading", {"text": self.manual.wording.notes, "level": "2"})
        items, behind, at = [], list[Part](), 0
        while at < len(self.noted):
            parts = self.manual.notes.get(self.noted[at], [])
            texts = [each for each in parts if isinstance(each, Text | Item | Heading)]
            behind += [each for each in parts if not isinstance(each, Text | Item | Heading)]
            items.append("".join(rich.paragraph(self.told(each.spans)) for each in texts) or f"<p>{NO_WORDS}</p>")
            at += 1
        self.add("list", {"kind": "number", "items": items})
        noted, self.noted = self.noted, []
        self.take(behind)
        self.noted = noted


def tells_what_to_do(items: list[Part]) -> bool:
    """Whether a numbered list is a procedure. One sentence in pieces is none: "(1) what is due; (2) what is paid"."""
    numbered = [
        plain(item.spans) for item in items if isinstance(item, Item) and item.kind == "number" and not item.level
    ]
    pieces = [words for words in numbered if words[:1].islower() or words.endswith((";", ",", "; and", "; or"))]
    return len(pieces) * 2 <= len(numbered)


#: For an item in which there is nothing.
NO_WORDS = "–"
