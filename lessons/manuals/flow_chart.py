"""How does a decision look, with the steps around it? As a drawing that is made here, prints in black, and overflows
nothing.

From top to bottom: the step before, the question in a box with two points, then one way below the other: the answer,
an arrow, and where it leads. A step is a plain box, another section has double sides, an end is round, and what leads
nowhere yet is dashed: the shape says it, not the colour. One narrow column serves telephones, screens and paper alike.
The drawing holds no style; `static/manuals/manual.css` colours it by its classes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lessons.manuals.lettering import leading_of, lines_of
from lessons.manuals.steps import Step, Way

WIDTH = 340.0
SIZE = 15.0
PADDING = 12.0
#: How far the points of a question stick out; nothing is written there.
POINT = 16.0
#: Where the line stands from which the ways branch off, and where they begin.
TRUNK, BRANCH = 20.0, 42.0
GAP, ARROW = 16.0, 20.0


@dataclass(frozen=True)
class Text:
    """Lines of one weight below each other."""

    lines: Sequence[str]
    is_strong: bool = False


@dataclass(frozen=True)
class Box:
    """Something with words in it, at its place."""

    shape: str
    texts: Sequence[Text]
    top: float
    left: float
    width: float
    leading: float

    insets: ClassVar[dict[str, float]] = {"question": PADDING + POINT, "end": PADDING + 8, "section": PADDING + 6}

    @property
    def height(self) -> float:
        return sum(len(text.lines) for text in self.texts) * self.leading + 2 * PADDING

    @property
    def bottom(self) -> float:
        return self.top + self.height


def drawing(name: str, question: str, *, number: int | None, before: Step | None, ways: Sequence[Way]) -> SafeString:
    """The chart as SVG; `name` makes the ids of its parts, once on a page."""
    leading = SIZE * leading_of(question, *(before.title,) if before else (), *texts_of(ways))
    return Chart(leading).drawn(name, question, number=number, before=before, ways=ways)


def texts_of(ways: Sequence[Way]) -> Iterator[str]:
    for way in ways:
        yield way.answer
        yield way.where


@dataclass(frozen=True)
class Chart:
    """A chart in the making; `leading` is the room from line to line."""

    leading: float

    def drawn(
        self, name: str, question: str, *, number: int | None, before: Step | None, ways: Sequence[Way]
    ) -> SafeString:
        parts: list[SafeString] = []
        top = 1.0
        if before is not None:
            box = self.box("step", [numbered(before.number), before.title], top=top)
            parts += [box_drawn(box), arrow_down(WIDTH / 2, box.bottom, box.bottom + ARROW)]
            top = box.bottom + ARROW
        asked = self.box("question", [numbered(number), question], top=top)
        parts.append(box_drawn(asked))
        branches, bottom = self.branches(ways, top=asked.bottom)
        return framed(name, question, ways=ways, height=bottom + 1, parts=[*branches, *parts])

    def box(self, shape: str, words: Sequence[str], *, top: float, left: float = 1.0) -> Box:
        """The first of two words is strong: the number of a step, or what kind of thing it is."""
        width = WIDTH - left - 1
        room = width - 2 * Box.insets.get(shape, PADDING)
        told = [word for word in words if word]
        texts = [Text(even_lines(word, width=room), is_strong=place < len(told) - 1) for place, word in enumerate(told)]
        return Box(shape, texts, top=top, left=left, width=width, leading=self.leading)

    def branches(self, ways: Sequence[Way], *, top: float) -> tuple[list[SafeString], float]:
        """All ways, one below the other, on one trunk; and where the last one ends."""
        parts: list[SafeString] = []
        start, knot = top - 2, top
        for way in ways:
            top += GAP
            answer = Text(lines_of(way.answer, width=WIDTH - BRANCH - 8, size=SIZE), is_strong=True)
            knot = top + self.leading / 2
            parts.append(line(TRUNK, knot, BRANCH, knot))
            parts.append(text_drawn(answer, x=BRANCH + 6, top=top, leading=self.leading))
            top += len(answer.lines) * self.leading + 2
            box = self.box(*shape_and_words(way), top=top + ARROW, left=BRANCH)
            parts += [arrow_down(BRANCH + 24, top, box.top), box_drawn(box)]
            top = box.bottom
        return [line(TRUNK, start, TRUNK, knot), *parts], top


def even_lines(text: str, *, width: float) -> list[str]:
    """As few lines as there must be, and no word left alone on the last one if that can be helped."""
    lines = lines_of(text, width=width, size=SIZE)
    for part in (0.92, 0.84, 0.76, 0.68, 0.6):
        narrower = lines_of(text, width=width * part, size=SIZE)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def numbered(number: int | None) -> str:
    return _("Step %(number)d") % {"number": number} if number else ""


def shape_and_words(way: Way) -> tuple[str, list[str]]:
    if way.step is not None and way.is_back:
        return "step", [_("Back to step %(number)d") % {"number": way.step.number}, way.step.title]
    if way.step is not None:
        return "step", [numbered(way.step.number), way.step.title]
    if way.section is not None:
        return "section", [_("Another section"), str(way.section.title)]
    if way.is_end:
        return "end", [_("The procedure ends here.")]
    return ("section", [_("Another section")]) if way.is_elsewhere else ("nowhere", [_("This way leads nowhere yet.")])


# --- what is drawn -------------------------------------------------------------------------------------------


def framed(name: str, question: str, *, ways: Sequence[Way], height: float, parts: Sequence[SafeString]) -> SafeString:
    told = " ".join(f"{way.answer}: {way.where}" for way in ways)
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-text" viewBox="0 0 {width} {height}"'
        ' width="{width}" height="{height}" fill="none" stroke="currentColor" stroke-width="1.5" font-size="{size}">'
        '<title id="{name}-title">{title}</title><desc id="{name}-text">{told}</desc>{parts}</svg>',
        name=name,
        width=short(WIDTH),
        height=short(height),
        size=short(SIZE),
        title=_("Flow chart: %(question)s") % {"question": question},
        told=told,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )


def box_drawn(box: Box) -> SafeString:
    top = box.top + PADDING
    written: list[SafeString] = []
    for text in box.texts:
        written.append(text_drawn(text, x=box.left + box.width / 2, top=top, leading=box.leading, anchor="middle"))
        top += len(text.lines) * box.leading
    return format_html("{}{}", SHAPES[box.shape](box), format_html_join("", "{}", ((part,) for part in written)))


def plain_box(box: Box, radius: float = 3, dashes: str = "none") -> SafeString:
    return format_html(
        '<rect class="chart__box chart__box--{}" x="{}" y="{}" width="{}" height="{}" rx="{}" stroke-dasharray="{}"/>',
        box.shape, short(box.left), short(box.top), short(box.width), short(box.height), short(radius), dashes,
    )  # fmt: skip


def round_box(box: Box) -> SafeString:
    return plain_box(box, radius=min(box.height / 2, 24))


def dashed_box(box: Box) -> SafeString:
    return plain_box(box, dashes="5 4")


def double_sided(box: Box) -> SafeString:
    right = box.left + box.width
    return format_html(
        "{}{}{}",
        plain_box(box),
        line(box.left + 6, box.top, box.left + 6, box.bottom),
        line(right - 6, box.top, right - 6, box.bottom),
    )


def pointed(box: Box) -> SafeString:
    left, right, middle = box.left, box.left + box.width, box.top + box.height / 2
    corners = [
        (left, middle), (left + POINT, box.top), (right - POINT, box.top),
        (right, middle), (right - POINT, box.bottom), (left + POINT, box.bottom),
    ]  # fmt: skip
    points = " ".join(f"{short(x)},{short(y)}" for x, y in corners)
    return format_html('<polygon class="chart__box chart__box--question" points="{}"/>', points)


SHAPES = {
    "step": plain_box,
    "question": pointed,
    "section": double_sided,
    "end": round_box,
    "nowhere": dashed_box,
}


def text_drawn(text: Text, *, x: float, top: float, leading: float, anchor: str = "start") -> SafeString:
    """Letters stand on a line a little below the middle of their room."""
    spans = format_html_join(
        "",
        '<tspan x="{}" y="{}">{}</tspan>',
        (
            (short(x), short(top + row * leading + leading / 2 + SIZE * 0.35), each)
            for row, each in enumerate(text.lines)
        ),
    )
    weight = "600" if text.is_strong else "400"
    return format_html(
        '<text class="chart__text" fill="currentColor" stroke="none" font-weight="{}" text-anchor="{}">{}</text>',
        weight, anchor, spans,
    )  # fmt: skip


def line(left: float, top: float, right: float, bottom: float) -> SafeString:
    return format_html(
        '<path class="chart__line" d="M{} {}L{} {}"/>', short(left), short(top), short(right), short(bottom)
    )


def arrow_down(x: float, top: float, bottom: float) -> SafeString:
    return format_html(
        '<path class="chart__line" d="M{x} {top}V{bottom}M{left} {barb}L{x} {bottom}L{right} {barb}"/>',
        x=short(x), top=short(top), bottom=short(bottom - 1), left=short(x - 5), right=short(x + 5),
        barb=short(bottom - 8),
    )  # fmt: skip


def short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
