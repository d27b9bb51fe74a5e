"""Which words of a text were removed, and which were added, in scripts with and without spaces?

ICU cuts both texts into words; the longest sequence of words that both have in common is what stayed. What stands
between two words that stayed is compared once more, because a new word can change how ICU cuts its neighbours: what is
the same at its beginning and its end stayed too. In scripts with spaces that is whole words. In the others a border is
a matter of opinion, and any whole cluster of characters stays.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from rapidfuzz.distance import Postfix, Prefix

from portal.editions.aligning import runs_in_common
from portal.search.analysis import UNSPACED, clusters, segments

#: Longer texts are compared line by line first: time and memory grow with the product of the two lengths.
MOST_PAIRS = 10_000 * 10_000
#: Words that stayed between two changes are marked with them if they are so small a part of them: a sentence that was
#: written anew is told as one, not as confetti. What is marked too much is at most twice this share.
ISLAND = 0.1
#: Two characters that may be told apart although ICU does not.
LOOSE = re.compile(f"[{UNSPACED}]{{2}}|\\s{{2}}")
#: A consonant after one of these is written below the one before: Burmese and Khmer.
STACKING = frozenset({"\u1039", "\u17d2"})


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Span:
    """A piece of text that stayed, was removed or was added."""

    mark: Mark
    text: str

    @property
    def is_break(self) -> bool:
        """Whether nothing but a line's end was removed or added."""
        return self.text == "\n"


@dataclass(frozen=True)
class Cut:
    """A text and its words and line ends (without blanks), each as (start, end)."""

    text: str
    words: Sequence[tuple[int, int]]
    borders: frozenset[int]


#: A place in both texts: (start in the text before, start in the text after).
Pair = tuple[int, int]


def compare_words(before: str, after: str) -> list[Span]:
    """All of both texts, in order, as spans; of neighbours, what was removed stands before what was added."""
    if before == after:
        return [Span(Mark.SAME, before)] if before else []
    if not before or not after:
        return [Span(Mark.REMOVED, before) if before else Span(Mark.ADDED, after)]
    head, tail = _equal_lines(before, after)
    inner = before[head : len(before) - tail], after[head : len(after) - tail]
    return _tidy([Span(Mark.SAME, before[:head]), *_compared(*inner), Span(Mark.SAME, before[len(before) - tail :])])


def is_same(spans: Iterable[Span]) -> bool:
    return all(span.mark == Mark.SAME for span in spans)


def _equal_lines(before: str, after: str) -> tuple[int, int]:
    """How many characters of both are the same, in whole lines, at the beginning and at the end."""
    head = before.rfind("\n", 0, Prefix.similarity(before, after)) + 1
    longest = Postfix.similarity(before[head:], after[head:])
    first = before.find("\n", len(before) - longest)
    return head, len(before) - first - 1 if first >= 0 else 0


def _compared(before: str, after: str) -> Iterable[Span]:
    ours, theirs = _cut(before), _cut(after)
    if len(ours.words) * len(theirs.words) > MOST_PAIRS:
        return _by_lines(before, after)
    return _between(ours, theirs, kept=_words_kept(ours, theirs))


def _cut(text: str) -> Cut:
    pieces = list(segments(text))
    words = [(start, end) for start, end, piece in pieces if "\n" in piece or not piece.isspace()]
    return Cut(text, words, frozenset(start for start, _end, _piece in pieces) | {len(text)})


def _words_kept(ours: Cut, theirs: Cut) -> Iterator[tuple[Pair, int]]:
    """The words that both texts have in common, in order: where they stand, and how long they are.

    Those that follow each other in the same way are one.
    """
    before, after = ([cut.text[start:end] for start, end in cut.words] for cut in (ours, theirs))
    for place, other, length in runs_in_common(before, after):
        begin, end = ours.words[place][0], ours.words[place + length - 1][1]
        begins = theirs.words[other][0]
        if ours.text[begin:end] == theirs.text[begins : begins + end - begin]:
            yield (begin, begins), end - begin
        else:
            for (start, stop), (starts, _stops) in zip(
                ours.words[place : place + length], theirs.words[other:], strict=False
            ):
                yield (start, starts), stop - start


def _between(ours: Cut, theirs: Cut, *, kept: Iterable[tuple[Pair, int]]) -> Iterator[Span]:
    """The words that were kept, and what stands between them."""
    begin = (0, 0)
    for end, length in kept:
        yield from _gap(ours, theirs, begin=begin, end=end)
        yield Span(Mark.SAME, ours.text[end[0] : end[0] + length])
        begin = (end[0] + length, end[1] + length)
    yield from _gap(ours, theirs, begin=begin, end=(len(ours.text), len(theirs.text)))


def _gap(ours: Cut, theirs: Cut, *, begin: Pair, end: Pair) -> Iterator[Span]:
    """What stands between two kept words, less what is the same at its beginning and at its end."""
    before, after = ours.text[begin[0] : end[0]], theirs.text[begin[1] : end[1]]
    if before == after:
        yield Span(Mark.SAME, before)
        return
    ends, their_ends = _ends(before, ours, begin[0]), _ends(after, theirs, begin[1])
    longest = Prefix.similarity(before, after)
    head = next((at for at in range(longest, 0, -1) if at in ends and at in their_ends), 0)
    longest = Postfix.similarity(before[head:], after[head:])
    tail = next(
        (rest for rest in range(longest, 0, -1) if len(before) - rest in ends and len(after) - rest in their_ends), 0
    )
    yield Span(Mark.SAME, before[:head])
    yield Span(Mark.REMOVED, before[head : len(before) - tail])
    yield Span(Mark.ADDED, after[head : len(after) - tail])
    yield Span(Mark.SAME, before[len(before) - tail :])


def _ends(piece: str, cut: Cut, begin: int) -> frozenset[int]:
    """Where `piece`, which begins at `begin`, may be divided: between words, blanks, and clusters without spaces.

    A vowel stays with the consonant that is spoken before it, and a stack of consonants in one piece.
    """
    ends = accumulate((len(cluster) for cluster in clusters(piece)), initial=0)
    return frozenset(
        end
        for end in ends
        if (begin + end in cut.borders or LOOSE.fullmatch(piece, end - 1, end + 1))
        and piece[end - 1 : end] not in STACKING
    )


def _by_lines(before: str, after: str) -> Iterator[Span]:
    """What is too long to be compared word by word in one go: equal lines first, then what stands between them."""
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    at, to = 0, 0
    runs = runs_in_common(ours, theirs) if len(ours) * len(theirs) <= MOST_PAIRS else ()
    for start, begin, length in [*runs, (len(ours), len(theirs), 0)]:
        removed, added = "".join(ours[at:start]), "".join(theirs[to:begin])
        if (removed, added) == (before, after):
            yield from (Span(Mark.REMOVED, before), Span(Mark.ADDED, after))
        else:
            yield from compare_words(removed, added)
        yield Span(Mark.SAME, "".join(ours[start : start + length]))
        at, to = start + length, begin + length


@dataclass
class Change:
    """What was removed and added in one place, what stayed after it, and how many characters are marked too much."""

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    stayed: list[str] = field(default_factory=list)
    changed: int = 0
    islands: int = 0

    def take(self, span: Span) -> None:
        {Mark.REMOVED: self.removed, Mark.ADDED: self.added, Mark.SAME: self.stayed}[span.mark].append(span.text)
        self.changed += len(span.text) if span.mark != Mark.SAME else 0

    def takes_in(self, other: "Change") -> bool:
        """Whether so little stayed between this change and the next that both are one; if so, they become one."""
        islands = self.islands + other.islands + sum(map(len, self.stayed))
        changed = self.changed + other.changed
        if islands > ISLAND * changed or any("\n" in text for text in self.stayed):
            return False
        self.removed += self.stayed + other.removed
        self.added += self.stayed + other.added
        self.stayed, self.changed, self.islands = other.stayed, changed, islands
        return True

    def told(self) -> Iterator[Span]:
        for mark, texts in ((Mark.REMOVED, self.removed), (Mark.ADDED, self.added), (Mark.SAME, self.stayed)):
            if text := "".join(texts):
                yield Span(mark, text)


def _tidy(spans: Iterable[Span]) -> list[Span]:
    """One piece for each change, with the islands in it; no two neighbours with the same mark."""
    changes = [Change()]
    for span in spans:
        if span.mark != Mark.SAME and changes[-1].stayed:
            changes.append(Change())
        if span.text:
            changes[-1].take(span)
    joined: list[Change] = []
    for change in changes:
        while joined and joined[-1].changed and joined[-1].takes_in(change):
            change = joined.pop()
        joined.append(change)
    return [span for change in joined for span in change.told()]
