"""What can be found of a recording and of a leaflet, in a page that shows them, and where does a hit lead?

The words of a recording are told in groups of cues, each with the address of its first line in the transcript. They
are those that the player shows: its reading in the page's language, and what captions say beside that. Where there is
nothing in the page's language, all languages are told that there are. What a page shows as not yet checked is told
like the rest. A part has no audience of its own: it belongs to the page, and so to those who may see the page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from media.legible import BETWEEN_PAGES
from media.models import Leaflet, Recording, RecordingText
from media.playing import (
    READ_FIRST,
    Line,
    Reading,
    anchor_of_player,
    clock,
    first_understood,
    lines_of,
    readings_of,
    with_all_that_plays,
)
from portal.base.findable import LEAFLET, TRANSCRIPT, Part

#: A group is as much as one hears in a moment. It ends between two cues; a cue that is longer is a group.
LONGEST_GROUP, MOST_SECONDS = 400, 45.0
#: Nine hours; whoever has more said is still found by title.
MOST_GROUPS = 720
LONGEST_PIECE = 1_500


def parts_of_recording(recording: Recording, *, language: str, title: str = "", block_id: str = "") -> Iterator[Part]:
    """For a page in `language` that shows `recording`, under a title of its own perhaps, in a block of its body."""
    with_all_that_plays([recording])
    texts: list[RecordingText] = list(recording.texts.all())
    readings = readings_of(texts, spoken=recording.language)
    shown = first_understood(readings, language=language, spoken=recording.language)
    anchor, title = anchor_of_player(recording, block_id), title or recording.title
    if shown is None or not shown.lines:
        yield Part(text="", heading=title, anchor=anchor)
        return
    understood = [shown] if shown.language == language else readings.values()
    for reading in understood:
        lines = [*reading.lines, *said_besides(reading, texts)]
        for group in islice(groups_of(lines), MOST_GROUPS):
            yield Part(
                text="\n".join(" ".join(line.text.split()) for line in group),
                heading=f"{title} · {clock(group[0].start)}",
                anchor=f"{anchor}-{place_of(group[0], shown.lines)}",
                kind=TRANSCRIPT,
                language="" if reading.language == language else reading.language,
            )


def said_besides(reading: Reading, texts: Iterable[RecordingText]) -> list[Line]:
    """What other texts in the same language say and this one does not, however they are cut into cues."""
    others = {text.kind: text for text in texts if text.language == reading.language and text.pk != reading.words.pk}
    said, besides = letters_of(reading.lines), list[Line]()
    for text in (others[kind] for kind in READ_FIRST if kind in others):
        new = [line for line in lines_of(text.vtt) if letters_of([line]) not in said]
        besides += new
        said += letters_of(new)
    return besides


def letters_of(lines: Iterable[Line]) -> str:
    """Letters and digits alone: captions end lines and sentences where a transcript does not."""
    return "".join(filter(str.isalnum, "".join(line.text for line in lines).casefold()))


def groups_of(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    length = 0
    for line in sorted(lines, key=lambda line: line.start):
        is_full = length + len(line.text) > LONGEST_GROUP or line.end - (group or [line])[0].start > MOST_SECONDS
        if group and is_full:
            yield group
            group, length = [], 0
        group.append(line)
        length += len(line.text)
    if group:
        yield group


def place_of(line: Line, shown: list[Line]) -> str:
    """The address of the line itself, or of what the page shows at its time."""
    placed = [each for each in shown if each.place]
    return placed[max(0, bisect_right(placed, line.start, key=lambda each: int(each.start)) - 1)].place


def parts_of_leaflet(leaflet: Leaflet, *, anchor: str, title: str = "") -> Iterator[Part]:
    """One part for each page of the PDF, and for each piece of a long page; at least one, for its title."""
    pieces = [piece for page in leaflet.text.split(BETWEEN_PAGES) for piece in pieces_of(page)]
    for piece in pieces or [""]:
        yield Part(text=piece, heading=title or leaflet.title, anchor=anchor, kind=LEAFLET)


def pieces_of(page: str) -> Iterator[str]:
    piece: list[str] = []
    length = 0
    for line in page.splitlines():
        if piece and length + len(line) > LONGEST_PIECE:
            yield "\n".join(piece)
            piece, length = [], 0
        piece.append(line)
        length += len(line) + 1
    if piece:
        yield "\n".join(piece)
