"""Where does a section begin, and what is the manual called?"""

from collections import Counter
from dataclasses import dataclass, field

from lessons.manuals.word_in.parts import Heading, Part, Reading, Span, Spans, Text, plain

#: A line in bold that is taken for a heading, where a file has none: characters at most.
LONGEST_LINE = 90
ENDS = (".", ":", ";", ",", "。")


@dataclass
class Section:
    """A part of a manual: a title and what follows it."""

    title: Spans
    anchors: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    #: The file it came from, in a tree of Markdown.
    place: str = ""


@dataclass
class Divided:
    title: str
    intro: list[Part]
    sections: list[Section]
    #: What a heading of the second level in a section is in the file.
    level: int = 1
    #: Whether lines in bold were taken for headings.
    by_bold: bool = False


def divided(reading: Reading) -> Divided:
    """The parts of one file in sections: one for each heading of the highest level that stands there several times."""
    parts, by_bold = with_headings(reading.parts)
    title, parts = without_title(parts)
    levels = Counter(part.level for part in parts if isinstance(part, Heading) and plain(part.spans))
    level = min(levels, default=1)
    made = Divided(reading.title or title, [], [], level, by_bold)
    for part in parts:
        if isinstance(part, Heading) and part.level <= level and plain(part.spans):
            made.sections.append(Section(part.spans, part.anchors))
        elif made.sections:
            made.sections[-1].parts.append(part)
        else:
            made.intro.append(part)
    return made


def without_title(parts: list[Part]) -> tuple[str, list[Part]]:
    """The title of the document, and its parts without it. A single heading above all others is one, too."""
    for number, part in enumerate(parts):
        if isinstance(part, Text) and part.is_title:
            return plain(part.spans), parts[:number] + parts[number + 1 :]
    headings = [part for part in parts if isinstance(part, Heading) and plain(part.spans)]
    levels = [part.level for part in headings]
    if len(headings) > 1 and levels.count(min(levels)) == 1 and headings[0].level == min(levels):
        first = next(number for number, part in enumerate(parts) if part is headings[0])
        return plain(headings[0].spans), parts[:first] + parts[first + 1 :]
    return "", parts


def with_headings(parts: list[Part]) -> tuple[list[Part], bool]:
    """The parts; in a file without any headings, short lines in bold become some, if there are several."""
    if any(isinstance(part, Heading) for part in parts):
        return parts, False
    found = [number for number, part in enumerate(parts) if isinstance(part, Text) and looks_like_heading(part)]
    if len(found) < 2:
        return parts, False
    return [Heading(1, part.spans, part.anchors) if isinstance(part, Text) and number in found else part
            for number, part in enumerate(parts)], True  # fmt: skip


def looks_like_heading(part: Text) -> bool:
    words = plain(part.spans)
    if part.is_caption or part.is_title or not 2 < len(words) <= LONGEST_LINE or words.endswith(ENDS):
        return False
    return all(span.is_bold for span in part.spans if span.text.strip())


def whole_title(text: str) -> Spans:
    return (Span(text),)
