"""Which concepts of the glossary does a text name, and where?

One `Dictionary` answers both sides, on a legible text (`analysis.legible`), with places in its characters:

- `matches(text)` for a question: what is named, without overlaps, the longest wording first, from left to right. Where
  it stands can be replaced by its concepts.
- `concepts_in(text)` for a document: how often each concept is named, also inside a longer wording: who writes of
  witness protection writes of protection too.

A word of English or Vietnamese is matched as `analysis.terms_of` gives it, so "victims" name what "victim" names; small
words in between are passed over, and Vietnamese is known without its marks where none were typed. Scripts without
spaces are matched by their characters, because ICU may cut a text otherwise than the wording; a match begins and ends
with a whole syllable. `current()` is the glossary of this site; it is made again after a change in any process.

A concept is known by its number, which is also the key of its row.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from portal.base.page_cache.facts import remember
from portal.glossary.dropping import TAG
from portal.glossary.models import Wording as StoredWording
from portal.glossary.readings import readings
from portal.search.analysis import LEADING_VOWELS, UNSPACED, folded, legible, terms_of

#: Words, runs of unspaced scripts, and what no match crosses: the end of a sentence or of a line, or a comma.
PIECES = re.compile(
    rf"(?P<unspaced>[{UNSPACED}]+)"
    rf"|(?P<word>[^\W_{UNSPACED}]+(?:['\u2019\u02bc][^\W_{UNSPACED}]+)*)"
    r"|(?P<gap>\.\.+|…)|(?P<stop>[\n.!?;:,。，、])"
)
ELLIPSIS = re.compile(r"\s*(?:\.\.+|…)\s*")
#: English words that are passed over inside a wording.
SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
#: What stands where a wording has an ellipsis, in items: words, or characters of an unspaced script.
MOST_BETWEEN = 30
#: Marks and vowels that belong to the letter before them, in Thai, Lao, Khmer and Burmese.
BELONGS_BEFORE = frozenset(
    chr(code)
    for first, last in (
        *((0x0E30, 0x0E3A), (0x0E45, 0x0E45), (0x0E47, 0x0E4E)),
        *((0x0EB0, 0x0EBD), (0x0EC8, 0x0ECE)),
        *((0x17B4, 0x17D3), (0x17DD, 0x17DD)),
        *((0x102B, 0x103E), (0x1056, 0x1059), (0x105E, 0x1060), (0x1062, 0x1064), (0x1067, 0x106D), (0x1071, 0x1074)),
        *((0x1082, 0x108D),),
    )
    for code in range(first, last + 1)
)
#: What comes after these belongs to them: vowels that are written before their letter, and stackers.
BELONGS_AFTER = LEADING_VOWELS | {"\u17d2", "\u1039"}
#: Of a Burmese letter with one of these, it is the end of the syllable before it.
BURMESE_LETTERS = frozenset(map(chr, range(0x1000, 0x102B)))
ENDS_SYLLABLE = (["\u103a"], ["\u1039"])
#: The form of a stop, and of what may be anything.
STOP, ANYTHING = "", "…"
#: Burmese and Khmer sentences end with signs of their own script.
STOPS = frozenset([STOP, "\u104a", "\u104b", "\u17d4"])


class Wording(NamedTuple):
    """A concept's name in one language, as staff wrote it."""

    concept: int
    language: str
    text: str


@dataclass(frozen=True)
class Match:
    """A place in a text and the concepts that it may mean; `languages` are those in which they are called so."""

    start: int
    end: int
    concepts: frozenset[int]
    languages: frozenset[str]


@dataclass
class Node:
    """What may follow, word by word or character by character, and what has been named when one is here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    concepts: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()

    def may_go_on(self, form: str) -> bool:
        return bool(self.concepts) or form in self.next or form in SMALL or ANYTHING in self.next

    def add(self, forms: Iterable[str], wording: Wording) -> None:
        node = self
        for form in forms:
            node = node.next.setdefault(form, Node())
        if node is not self:
            node.concepts |= {wording.concept}
            node.languages |= {wording.language}


@dataclass
class Items:
    """What a text is matched by, in its order: words, characters of unspaced scripts, and stops, which have no form.

    `bare` are the forms of Latin words without their marks. Four lists, because most texts have a thousand characters.
    """

    forms: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, forms: Sequence[str], *, bare: Sequence[str], starts: Iterable[int], ends: Iterable[int]) -> None:
        self.forms.extend(forms)
        self.bare.extend(bare)
        self.starts.extend(starts)
        self.ends.extend(ends)


class Dictionary:
    """All wordings of a glossary, ready to be found."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        written = list(wordings)
        self.version = hashlib.blake2b(repr(written).encode(), digest_size=8).hexdigest()
        self._names: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._tree = Node()
        for wording in written:
            self._names[wording.concept, wording.language].append(wording.text)
            for reading in readings(legible(wording.text)):
                self._plant(reading, wording)

    @classmethod
    def of(cls, wordings: Iterable[Wording]) -> "Dictionary":
        """The wordings of a concept in a language in their order: the first is the preferred one."""
        return cls(wordings)

    def _plant(self, reading: str, wording: Wording) -> None:
        parts = [items_of(part) for part in ELLIPSIS.split(reading)]
        for forms in ([items.forms for items in parts], [items.bare for items in parts]):
            self._tree.add([form for part in forms for form in (ANYTHING, *filter(None, part))][1:], wording)
            joined = [form for part in forms for form in part if form]
            self._tree.add(joined, wording)
            self._tree.add([form for form in joined if form not in SMALL], wording)
        if "-" in reading:
            self._plant(reading.replace("-", ""), wording)

    @property
    def concepts(self) -> frozenset[int]:
        return frozenset(concept for concept, _language in self._names)

    def wordings(self, concept: int, language: str) -> Sequence[str]:
        """What the concept is called in a language, as staff wrote it, the preferred wording first."""
        return self._names.get((concept, language), ())

    def readings(self, concept: int, language: str) -> list[str]:
        """All that the concept is called in a language: both names where a wording says two."""
        return list(dict.fromkeys(name for text in self.wordings(concept, language) for name in readings(text)))

    def name(self, concept: int, language: str) -> str:
        """The preferred wording; nothing where the language has none."""
        return next(iter(self.wordings(concept, language)), "")

    def matches(self, text: str) -> list[Match]:
        """What a legible text names, in its order, without overlaps: the longest wording that begins first."""
        items = items_of(text)
        found: list[Match] = []
        free_from = 0
        for place in self._beginnings(items):
            named = _named(self._tree, items, place) if place >= free_from else ()
            if named:
                free_from, node = max(named, key=itemgetter(0))
                end = items.ends[free_from - 1]
                found.append(Match(items.starts[place], end, node.concepts, node.languages))
        return found

    def concepts_in(self, text: str) -> Counter[int]:
        """How often a legible text names each concept, also inside longer wordings."""
        items = items_of(text)
        found: Counter[int] = Counter()
        for place in self._beginnings(items):
            found.update({concept for _end, node in _named(self._tree, items, place) for concept in node.concepts})
        return found

    def _beginnings(self, items: Items) -> list[int]:
        """Where a wording may begin, judged by two items; most places are sorted out here."""
        first = self._tree.next
        return [
            place
            for place, (form, following) in enumerate(zip_longest(items.forms, items.forms[1:], fillvalue=STOP))
            if form in first and first[form].may_go_on(following) and _is_border(items, place)
        ]


def _named(node: Node, items: Items, place: int) -> list[tuple[int, Node]]:
    """What is named by wordings that begin at `place`, each with the place after it."""
    found: list[tuple[int, Node]] = []
    while place < len(items.forms):
        if ANYTHING in node.next:
            found += _named_after_gap(node.next[ANYTHING], items, place)
        form = items.forms[place]
        place += 1
        if form in node.next:
            node = node.next[form]
            if node.concepts and _is_border(items, place):
                found.append((place, node))
        elif form not in SMALL:
            break
    return found


def _named_after_gap(node: Node, items: Items, place: int) -> list[tuple[int, Node]]:
    found: list[tuple[int, Node]] = []
    for begin in range(place, min(place + MOST_BETWEEN, len(items.forms))):
        if items.forms[begin] in STOPS:
            break
        if items.forms[begin] in node.next and _is_border(items, begin):
            found += _named(node, items, begin)
    return found


def items_of(text: str) -> Items:
    """What a legible text is matched by."""
    items = Items()
    for piece in PIECES.finditer(text):
        start, end = piece.span()
        if piece.lastgroup == "unspaced":
            _add_characters(items, piece[0], start)
        elif piece.lastgroup == "word":
            terms = terms_of(piece[0])
            if terms:
                items.add(terms[:1], bare=terms[-1:], starts=[start], ends=[end])
        elif piece.lastgroup == "stop":
            items.add([STOP], bare=[STOP], starts=[start], ends=[end])
    return items


def _add_characters(items: Items, run: str, start: int) -> None:
    if folded(run) == run:
        items.add(run, bare=run, starts=range(start, start + len(run)), ends=range(start + 1, start + len(run) + 1))
        return
    for place, character in enumerate(run, start):
        forms = folded(character)
        items.add(forms, bare=forms, starts=[place] * len(forms), ends=[place + 1] * len(forms))


def _is_border(items: Items, place: int) -> bool:
    """Whether a syllable may begin or end before the item at `place`."""
    if place in (0, len(items.forms)) or items.starts[place] > items.ends[place - 1]:
        return True
    here, before = items.forms[place], items.forms[place - 1]
    return not (
        before in BELONGS_AFTER
        or here in BELONGS_BEFORE
        or items.starts[place] == items.starts[place - 1]
        or (here in BURMESE_LETTERS and items.forms[place + 1 : place + 2] in ENDS_SYLLABLE)
    )


def current() -> Dictionary:
    """The glossary of this site. Asking costs no query until a term is changed, in this or another process.

    Inside of a transaction that changed it, the answer is made afresh and not kept.
    """
    return remember("portal_search.dictionary", tags=[TAG], find=_of_this_site)


def _of_this_site() -> Dictionary:
    rows = StoredWording.objects.order_by("concept_id", "sort_order", "pk")
    return Dictionary(Wording(*row) for row in rows.values_list("concept_id", "language", "text"))
