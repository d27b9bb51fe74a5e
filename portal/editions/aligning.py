"""Which page or block of one edition is which of the other?

What both have is put in one order, that of the later edition; what is gone stands behind what stood before it. A thing
is moved if it is not among the largest number of things that kept their order.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from rapidfuzz.distance import Indel

from portal.search.analysis import segments

Frozen = Mapping[str, Any]

#: Blocks without a common id are the same if at least half of their words are, in order.
ALIKE = 0.5
#: So much of a text says what it is.
LOOKED_AT = 2_000
#: So many couples of blocks are tried for their likeness between two that are known; more are removed and added.
MOST_COUPLES = 50 * 50
#: So many couples of texts are asked whether they are equal.
MOST_TEXTS = 10_000 * 10_000


@dataclass(frozen=True)
class Aligned:
    """A thing in both editions, or in one."""

    before: Frozen | None
    after: Frozen | None
    is_moved: bool = False


def aligned_by_key(before: Sequence[Frozen], after: Sequence[Frozen]) -> list[Aligned]:
    return _in_order(before, after, partners=_same("key", before, after))


def aligned_blocks(before: Sequence[Frozen], after: Sequence[Frozen]) -> list[Aligned]:
    """By their id; what is then left, by what it says, in order."""
    partners = _same("id", before, after)
    found = set(partners.values())
    left = [place for place in range(len(before)) if place not in partners]
    right = [place for place in range(len(after)) if place not in found]
    if left and right:
        alike = _alike([text_of(before[place]) for place in left], [text_of(after[place]) for place in right])
        partners |= {left[place]: right[other] for place, other in alike}
    return _in_order(before, after, partners=partners)


def _same(name: str, before: Sequence[Frozen], after: Sequence[Frozen]) -> dict[int, int]:
    """Places in the later edition by places in the earlier; of several with one name, the first."""
    places = {each[name]: place for place, each in reversed(list(enumerate(after)))}
    firsts = {each[name]: place for place, each in reversed(list(enumerate(before)))}
    return {place: places[key] for key, place in firsts.items() if key in places}


def _in_order(before: Sequence[Frozen], after: Sequence[Frozen], *, partners: Mapping[int, int]) -> list[Aligned]:
    stayed = _longest_rise([(place, partners[place]) for place in sorted(partners)])
    sources = {other: place for place, other in partners.items()}
    gone = _gone_behind(before, partners=partners, stayed=stayed)
    told = gone[-1]
    for other, thing in enumerate(after):
        place = sources.get(other)
        told.append(Aligned(None if place is None else before[place], thing, place is not None and place not in stayed))
        told += gone.get(place, []) if place is not None else []
    return told


def _gone_behind(
    before: Sequence[Frozen], *, partners: Mapping[int, int], stayed: frozenset[int]
) -> dict[int, list[Aligned]]:
    """What is gone, by the place of what stayed before it; -1 for what stood before everything that stayed."""
    gone: dict[int, list[Aligned]] = {-1: []}
    behind = -1
    for place, thing in enumerate(before):
        if place in stayed:
            behind = place
        elif place not in partners:
            gone.setdefault(behind, []).append(Aligned(thing, None))
    return gone


def _longest_rise(couples: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The places of the largest number of couples whose partners rise, in n log n."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, (_place, other) in enumerate(couples):
        length = bisect_left(ends, other)
        previous.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(other)
            at.append(index)
        else:
            ends[length], at[length] = other, index
    found = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(couples[index][0])
        index = previous[index]
    return frozenset(found)


# --- by what they say ------------------------------------------------------------------------------------------
def text_of(block: Frozen) -> str:
    return "\n".join([block["heading"], *block["lines"]])


def runs_in_common(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The longest sequence that both have in common, as runs: (start in `before`, start in `after`, length).

    Time and memory grow with the product of the lengths. Compared are numbers: hashes may be equal by chance.
    """
    numbers: dict[str, int] = {}
    ours, theirs = ([numbers.setdefault(each, len(numbers)) for each in texts] for texts in (before, after))
    for piece in Indel.opcodes(ours, theirs):
        if piece.tag == "equal":
            yield piece.src_start, piece.dest_start, piece.src_end - piece.src_start


def _alike(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Couples of places, in order: texts that are equal, and between them those that are alike."""
    if len(before) * len(after) > MOST_TEXTS:
        return
    at, to = 0, 0
    for start, begin, length in [*runs_in_common(before, after), (len(before), len(after), 0)]:
        yield from ((at + place, to + other) for place, other in _likest(before[at:start], after[to:begin]))
        yield from zip(range(start, start + length), range(begin, begin + length), strict=True)
        at, to = start + length, begin + length


def _likest(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The couples, in order, whose likeness is the greatest together."""
    if not before or not after or len(before) * len(after) > MOST_COUPLES:
        return []
    ours, theirs = ([_words(text) for text in texts] for texts in (before, after))
    likeness = [[Indel.normalized_similarity(one, other, score_cutoff=ALIKE) for other in theirs] for one in ours]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for place, other in product(range(len(ours) - 1, -1, -1), range(len(theirs) - 1, -1, -1)):
        together = likeness[place][other] + best[place + 1][other + 1]
        best[place][other] = max(together, best[place + 1][other], best[place][other + 1])
    return list(_chosen(likeness, best))


def _chosen(likeness: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """The way through the table of what can still be reached."""
    place, other = 0, 0
    while best[place][other]:
        if likeness[place][other] and best[place][other] == likeness[place][other] + best[place + 1][other + 1]:
            yield place, other
            place, other = place + 1, other + 1
        elif best[place][other] == best[place + 1][other]:
            place += 1
        else:
            other += 1


def _words(text: str) -> list[str]:
    return [piece for _start, _end, piece in segments(text[:LOOKED_AT]) if not piece.isspace()]
