"""Which lines of a text answer the question? They are shown with the asked words marked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.search import analysis
from portal.search.analysis import LONGEST_WORD, Token
from portal.search.queries import Question

#: About three lines on a phone.
LENGTH = 180
ELLIPSIS = "…"
#: Longer texts are looked at from their beginning only.
LONGEST_LOOKED_AT = 30_000
#: A text is looked at in pieces that end at a blank: no word of any language goes across one.
PIECE = re.compile(r".{100,}?\s|.+", re.DOTALL)
#: At least so many letters every form of a word shares with its stem; it may differ in the last one.
LETTERS_OF_A_STEM = 3
#: Words with marks are also found without them, so what a piece holds cannot be seen at a glance.
MARKED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")

#: So many words are marked in a text: with more, its best place has been seen already.
MOST_MARKED = 200
#: Of a run, so many places in a text are looked for.
MOST_WRITTEN = 100

Span = tuple[int, int]


@dataclass(frozen=True)
class Looked:
    """A text, and where in it the words stand that were asked for."""

    text: str
    spans: Sequence[Span]


def look(text: str, question: Question) -> Looked:
    """Find the words of the question in a legible text, and its unspaced runs wherever a dictionary would cut."""
    text = text[:LONGEST_LOOKED_AT]
    spans = (span for piece in PIECE.finditer(text) for span in _spans_in(piece[0], piece.start(), question))
    return Looked(text, [*islice(spans, MOST_MARKED), *_written(text, question)])


def _spans_in(piece: str, place: int, question: Question) -> Iterator[Span]:
    """The asked words in a piece. Cutting words costs most of an answer's time: pieces without any are left out."""
    if MARKED_LATIN.search(piece) is None:
        folded = analysis.folded(piece)
        if not any(word[: max(LETTERS_OF_A_STEM, len(word) - 1)] in folded for word in question.telling_words):
            return
    for start, end in _telling(analysis.tokens(piece), question):
        yield place + start, place + end


def _telling(tokens: Iterable[Token], question: Question) -> Iterator[Span]:
    """The asked words; common ones only where they touch a telling one, as in การคัดแยก."""
    asked, telling = question.words, question.telling_words
    start = end = -1
    is_telling = False
    for token in tokens:
        if asked.isdisjoint(token.terms):
            continue
        if token.start != end:
            if is_telling:
                yield start, end
            start, is_telling = token.start, False
        end = token.end
        is_telling = is_telling or not telling.isdisjoint(token.terms)
    if is_telling:
        yield start, end


def _written(text: str, question: Question) -> Iterator[Span]:
    for run in question.runs:
        written = "".join(run.words)
        if run.pairs and not question.telling_words.isdisjoint(run.words):
            for found in islice(re.finditer(re.escape(written), text), MOST_WRITTEN):
                yield found.span()


def marked(text: str, question: Question) -> SafeString:
    """The whole text, escaped, with the asked words marked."""
    return _with_marks(look(text, question), 0, len(text))


def passage(text: str, question: Question) -> SafeString:
    """The part of a text in which most of the asked words stand, cut between words, escaped and marked."""
    looked = look(text, question)
    start, end = _window(looked)
    before = f"{ELLIPSIS} " if start > 0 else ""
    after = f" {ELLIPSIS}" if end < len(text.rstrip()) else ""
    return SafeString(before + _with_marks(looked, start, end).replace("\n", " · ") + after)


def _window(looked: Looked) -> Span:
    """The first place of LENGTH characters with the most marks, moved to where words begin and end."""
    start = _sentence_start(looked.text, _richest(looked))
    cut = looked.text[start : start + LENGTH + LONGEST_WORD]
    ends = [start + token.end for token in analysis.tokens(cut) if token.end <= LENGTH]
    return start, _with_stop(looked.text, max(ends, default=min(start + LENGTH, len(looked.text))))


def _richest(looked: Looked) -> int:
    """The first place from which LENGTH characters hold most of the question, each wording counted once."""
    spans = sorted(looked.spans)
    near: Counter[str] = Counter()
    best = most = reached = 0
    for start, end in spans:
        while reached < len(spans) and spans[reached][0] < start + LENGTH:
            near[looked.text[slice(*spans[reached])]] += 1
            reached += 1
        if (richness := sum(map(len, near))) > most:
            best, most = start, richness
        near -= Counter([looked.text[start:end]])
    return best


def _sentence_start(text: str, place: int) -> int:
    """Where the reader should begin so that `place` makes sense: its line, or a few words before it."""
    line = text.rfind("\n", 0, place) + 1
    if place - line <= LENGTH // 2:
        return line
    # Begun a word earlier than needed: the first word may be cut.
    begun = max(line, place - LENGTH // 3 - LONGEST_WORD)
    starts = (begun + token.start for token in analysis.tokens(text[begun:place]))
    return next((start for start in starts if start >= place - LENGTH // 3), place)


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
