"""Which cues does a text hold? WebVTT, and SubRip and YouTube's format, which look much the same.

Nothing is given up at the first mistake: an editor sees all of them, each with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from media.captions import markup
from media.captions.cues import MOST_CUES, Cue, Problem, lines_of
from media.captions.times import milliseconds

ARROW = "-->"
HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
#: YouTube's: "0:00:01.000,0:00:04.000" alone on a line.
TWO_TIMES = re.compile(r"[ \t]*(\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3})[ \t]*,[ \t]*(\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3})[ \t]*")
#: Where on the picture the words stand. A region is defined in a block that we leave out.
SETTINGS = (
    re.compile(r"vertical:(?:rl|lr)"),
    re.compile(r"line:-?\d{1,3}(?:\.\d{1,3})?%?(?:,(?:start|center|end))?", re.ASCII),
    re.compile(r"position:\d{1,3}(?:\.\d{1,3})?%(?:,(?:line-left|center|line-right))?", re.ASCII),
    re.compile(r"size:\d{1,3}(?:\.\d{1,3})?%", re.ASCII),
    re.compile(r"align:(?:start|center|end|left|right)"),
)


#: Nobody reads more; a file of nothing but mistakes must not fill the memory with sentences.
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Parsed:
    cues: tuple[Cue, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


@dataclass(frozen=True)
class Block:
    """Lines without an empty one between them; the first of them has the number `line`."""

    line: int
    lines: tuple[str, ...]


def cues_of(stored: str) -> tuple[Cue, ...]:
    """The cues of words that were checked before they were stored."""
    return parsed(stored).cues


def parsed(text: str, *, is_lenient: bool = False) -> Parsed:
    """The cues, and everything that is wrong.

    Leniently, cues without words are left out and cues out of order are put in order; both are mentioned.
    """
    return _Reader(is_lenient=is_lenient).read(lines_of(text))


class _Reader:
    def __init__(self, *, is_lenient: bool) -> None:
        self.is_lenient = is_lenient
        self.cues: list[Cue] = []
        self.errors: list[Problem] = []
        self.remarks: list[Problem] = []
        self.left_out = 0

    def read(self, lines: list[str]) -> Parsed:
        for block in blocks_of(lines):
            self._take(block)
        self._judge_whole()
        problems = sorted([*self.errors, *self.remarks], key=lambda problem: problem.line)
        return Parsed(tuple(self.cues), tuple(problems))

    def _take(self, block: Block) -> None:
        if block.line == 1 and HEADER.fullmatch(block.lines[0]):
            # What stands below it are facts about the file, unless somebody forgot the empty line.
            block = Block(2, block.lines[1:] if any(ARROW in line for line in block.lines) else ())
        timings = [place for place, line in enumerate(block.lines) if ARROW in line]
        if timings:
            self._take_cues(block, timings)
        elif block.lines and (found := _kind_of_aside(block)):
            self._remark(_ASIDES[found](), line=block.line)
        elif block.lines:
            self._object(_("There are words without times."), block, 0)

    def _take_cues(self, block: Block, timings: list[int]) -> None:
        """Some programs forget the empty line between two cues."""
        beginnings = _beginnings(block, timings)
        if beginnings[0] > 0:
            self._object(_("There are words without times."), block, 0)
        for begin, end in pairwise([*beginnings, len(block.lines)]):
            self._take_cue(Block(block.line + begin, block.lines[begin:end]))

    def _take_cue(self, block: Block) -> None:
        place = next(place for place, line in enumerate(block.lines) if ARROW in line)
        start, end, settings = _times_in(block.lines[place])
        text = markup.clean("\n".join(block.lines[place + 1 :]))
        if start is None or end is None:
            self._object(_("Write the times as 00:01.000 --> 00:04.000."), block, place)
        elif not markup.plain(text).strip() and self.is_lenient:
            self.left_out += 1
        elif not markup.plain(text).strip():
            self._object(_("There is no text below the times."), block, place)
        elif end <= start:
            self._object(_("The caption ends before it begins."), block, place)
        elif len(self.cues) <= MOST_CUES:
            identifier = " ".join(markup.CONTROLS.sub("", block.lines[0]).split()) if place else ""
            self.cues.append(Cue(start, end, text, identifier, settings, line=block.line + place))

    def _judge_whole(self) -> None:
        self._judge_order()
        if len(self.cues) > MOST_CUES:
            most = _("These are more than %(most)d captions. Divide the recording into parts.") % {"most": MOST_CUES}
            self.errors.append(Problem(most))
            del self.cues[MOST_CUES:]
        if self.left_out:
            count = _("Captions without words were left out: %(count)d.") % {"count": self.left_out}
            self._remark(count, line=0)
        if not self.cues and not self.errors:
            example = {"example": "00:01.000 --> 00:04.000"}
            sentence = _("There is no caption yet. A caption begins with its times, for example %(example)s.") % example
            self.errors.append(Problem(sentence))

    def _judge_order(self) -> None:
        late = [cue for before, cue in pairwise(self.cues) if cue.start < before.start]
        if late and self.is_lenient:
            self.cues.sort(key=lambda cue: (cue.start, cue.end))
            self._remark(_("The captions were put into the order of their times."), line=0)
        else:
            for cue in late:
                self._object(_("This caption begins before the one above it."), Block(cue.line, (cue.text,)), 0)

    def _object(self, sentence: str, block: Block, place: int) -> None:
        line = block.line + place
        if len(self.errors) < MOST_PROBLEMS:
            self.errors.append(Problem(sentence, line=line, excerpt=block.lines[place][:80]))

    def _remark(self, sentence: str, *, line: int) -> None:
        if len(self.remarks) < MOST_PROBLEMS:
            self.remarks.append(Problem(sentence, line=line, is_error=False))


def blocks_of(lines: list[str]) -> Iterator[Block]:
    """What stands between empty lines. YouTube's lines of times are turned into ours on the way."""
    is_youtube = not any(ARROW in line for line in lines)
    begun, kept = 1, list[str]()
    for number, line in enumerate(lines, 1):
        if line.strip():
            begun = begun if kept else number
            two = TWO_TIMES.fullmatch(line) if is_youtube else None
            kept.append(f"{two[1]} {ARROW} {two[2]}" if two else line)
        elif kept:
            yield Block(begun, tuple(kept))
            kept = []
    if kept:
        yield Block(begun, tuple(kept))


def _beginnings(block: Block, timings: list[int]) -> list[int]:
    """Where each cue of a block begins: at its times, or at the number above them."""
    first, *others = timings
    return [0 if first < 2 else first - 1, *(_with_number(block, place) for place in others)]


def _with_number(block: Block, place: int) -> int:
    return place - 1 if block.lines[place - 1].strip().isdigit() else place


def _kind_of_aside(block: Block) -> str:
    """NOTE, STYLE or REGION, or nothing."""
    name = block.lines[0].split(maxsplit=1)[0]
    return name if name in _ASIDES else ""


_ASIDES = {
    "NOTE": lambda: _("Notes are left out: they may tell who wrote this."),
    "STYLE": lambda: _("Styles are left out: readers choose how captions look."),
    "REGION": lambda: _("Regions are left out: the player places captions itself."),
}


def _times_in(line: str) -> tuple[int | None, int | None, str]:
    """Begin and end in milliseconds, and the settings that we know."""
    start, _arrow, rest = line.partition(ARROW)
    end, *settings = rest.split() or [""]
    known = [setting for setting in settings if any(form.fullmatch(setting) for form in SETTINGS)]
    return milliseconds(start), milliseconds(end), " ".join(known)
