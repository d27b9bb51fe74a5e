"""What does a job give back? A manual as JSON, whose links and pictures the portal puts in."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lessons.manuals.word_in.blocks import Blocks, Manual
from lessons.manuals.word_in.dissolving import dissolved
from lessons.manuals.word_in.parts import Heading, Reading, Text, plain
from lessons.manuals.word_in.sections import Divided, Section, divided
from lessons.manuals.word_in.wording import Wording
from lessons.manuals.word_in.words import kept, words_in_blocks, words_of

#: Of the title of a page.
LONGEST_TITLE = 200


@dataclass
class Made:
    title: str
    intro: list[dict[str, Any]]
    #: Each with "title", "blocks" and "place".
    sections: list[dict[str, Any]] = field(default_factory=list)
    #: Number of the section (-1 for the manual itself) and id of the block of each place that is linked to.
    anchors: dict[str, tuple[int, str]] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)
    words: int = 0
    words_kept: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def made_of_one(reading: Reading, *, wording: Wording, seed: str) -> Made:
    """The manual that one file holds."""
    flat = dissolved(reading.parts)
    reading.parts = flat.parts
    reading.remark("frames", flat.frames)
    return made_of(divided(reading), reading, wording=wording, seed=seed)


def made_of(parts: Divided, reading: Reading, *, wording: Wording, seed: str) -> Made:
    manual = Manual(wording, reading.notes, level=parts.level, root=uuid5(NAMESPACE_URL, seed))
    intro = Blocks(manual, section=-1)
    intro.take(parts.intro)
    made = Made(parts.title, intro.finish())
    for number, section in enumerate(parts.sections):
        made.sections.append(blocks_of(section, manual, number=number))
    reading.remark("by_bold", int(parts.by_bold))
    reading.remark("headings", sum(isinstance(part, Heading) and bool(plain(part.spans)) for part in reading.parts))
    made.remarks = {**reading.remarks, **manual.remarks}
    made.anchors = manual.anchors
    made.words = sum(reading.words.values())
    made.words_kept = kept(Counter(reading.words), words_in(made))
    return made


def blocks_of(section: Section, manual: Manual, *, number: int) -> dict[str, Any]:
    blocks = Blocks(manual, section=number)
    blocks.anchor(section.anchors)
    title = plain(blocks.told(section.title))
    if len(title) > LONGEST_TITLE:
        # The title of a page is shortened by the portal; here stands all of it.
        blocks.put(Text(section.title))
    blocks.heading = title
    blocks.take(section.parts)
    return {"title": title, "blocks": blocks.finish(), "place": section.place}


def words_in(made: Made) -> Counter[str]:
    words = words_in_blocks(made.intro)
    words.update(words_of(made.title))
    for section in made.sections:
        words.update(words_in_blocks(section["blocks"]))
        words.update(words_of(section["title"]))
    return words


def read(path: Path, *, folder: Path, wording: Wording) -> Made:
    """What a file, or a folder of Markdown, becomes. Raises Unreadable."""
    # Each parser is loaded only for its own files.
    if path.is_file() and path.suffix.lower() == ".docx":
        from lessons.manuals.word_in.document import read_word

        return made_of_one(read_word(path, folder=folder), wording=wording, seed=path.name)
    from lessons.manuals.word_in.trees import gathered, text_of

    if path.is_file() and path.suffix.lower() in {".md", ".markdown"}:
        reading = markdown_of(text_of(path.read_bytes()), name=path.name)
        return made_of_one(reading, wording=wording, seed=path.name)
    tree = gathered(path, folder=folder)
    return made_of(tree.divided, tree.reading, wording=wording, seed=path.name)


def markdown_of(text: str, *, name: str) -> Reading:
    """One file of Markdown by itself, whose headings are its sections; pictures beside it are out of reach."""
    from lessons.manuals.word_in.markdown import Markdown, Place

    reading = Reading()
    Markdown(reading, Place(name)).read(text)
    return reading
