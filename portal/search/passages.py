"""Which lines of a text answer the question? They are shown with the asked words marked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.search import analysis
from portal.search.analysis import Token

#: About three lines on a phone.
LENGTH = 180
ELLIPSIS = "…"
#: Longer texts are looked at from their beginning only.
LONGEST_LOOKED_AT = 30_000

Span = tuple[int, int]


@dataclass(frozen=True)
class Looked:
    """A text with its words, and those of them that were asked for."""

    text: str
    tokens: Sequence[Token]
    spans: Sequence[Span]


def look(text: str, *, terms: frozenset[str], runs: Collection[str]) -> Looked:
    """Find asked `terms` in a legible text; if there are none, the written `runs`, wherever a dictionary would cut."""
    text = text[:LONGEST_LOOKED_AT]
    tokens = list(analysis.tokens(text))
    spans = [(token.start, token.end) for token in tokens if not terms.isdisjoint(token.terms)]
    return Looked(text, tokens, spans or list(_written(text, runs)))


def _written(text: str, runs: Iterable[str]) -> Iterable[Span]:
    for run in runs:
        start = text.find(run)
        if start >= 0:
            yield start, start + len(run)


def marked(text: str, *, terms: frozenset[str]) -> SafeString:
    """The whole text, escaped, with the asked words marked."""
    return _with_marks(Looked(text, (), look(text, terms=terms, runs=()).spans), 0, len(text))


def passage(text: str, *, terms: frozenset[str], runs: Collection[str]) -> SafeString:
    """The part of a text in which most of the asked words stand, cut between words, escaped and marked."""
    looked = look(text, terms=terms, runs=runs)
    if not looked.tokens:
        return SafeString("")
    start, end = _window(looked)
    before = f"{ELLIPSIS} " if start > 0 else ""
    after = f" {ELLIPSIS}" if end < len(text.rstrip()) else ""
    return SafeString(before + _with_marks(looked, start, end).replace("\n", " · ") + after)


def _window(looked: Looked) -> Span:
    """The first place of LENGTH characters with the most marks, moved to where words begin and end."""
    first = looked.tokens[0].start
    starts = [start for start, _end in looked.spans] or [first]
    best = max(starts, key=lambda start: (sum(start <= other < start + LENGTH for other in starts), -start))
    start = _sentence_start(looked, best)
    end = max((token.end for token in looked.tokens if start <= token.start and token.end <= start + LENGTH), default=None)
    return start, _with_stop(looked.text, end or len(looked.text))


def _sentence_start(looked: Looked, place: int) -> int:
    """Where the reader should begin so that `place` makes sense: its line, or a few words before it."""
    line = looked.text.rfind("\n", 0, place) + 1
    if place - line <= LENGTH // 2:
        return line
    return next(token.start for token in looked.tokens if token.start >= place - LENGTH // 3)


def _with_stop(text: str, end: int) -> int:
    """A full stop or a bracket that follows the last word belongs to it."""
    while end < len(text) and text[end] in ".,;:!?)”’»ฯๆ။។":
        end += 1
    return end


def _with_marks(looked: Looked, start: int, end: int) -> SafeString:
    pieces: list[str] = []
    place = start
    for mark_start, mark_end in _joined(looked, start, end):
        pieces += [escape(looked.text[place:mark_start]), "<mark>", escape(looked.text[mark_start:mark_end]), "</mark>"]
        place = mark_end
    pieces.append(escape(looked.text[place:end]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


def _joined(looked: Looked, start: int, end: int) -> list[Span]:
    """The spans within a part of the text; those that touch each other, as in Thai, or with a blank between, as one."""
    joined: list[Span] = []
    for span_start, span_end in sorted(looked.spans):
        if span_start < start or span_end > end:
            continue
        if joined and not looked.text[joined[-1][1] : span_start].strip(" "):
            joined[-1] = (joined[-1][0], max(span_end, joined[-1][1]))
        else:
            joined.append((span_start, span_end))
    return joined
