"""What is asked of the index? A small language of our own, so that no engine ever reads a visitor's text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil
from typing import Protocol

from portal.search import analysis

LONGEST_QUESTION = 200
MOST_WORDS = 24
#: Runs, phrases and exclusions of a question: in most languages every word is a run.
MOST_NEEDS = MOST_WORDS
MOST_PAIRS = 60
#: Phrases are looked for place by place, and so is what is excluded in Thai. Of more phrases the words are asked.
MOST_PHRASES, MOST_UNWANTED, MOST_WORDS_UNWANTED = 4, 3, 6
#: What else counts beside a word anywhere: the word in a title, a pair of neighbours, and what the glossary calls the
#: same. Chosen on judged questions in four languages (`manage.py evaluate_search`); all of them lie on broad plateaus.
TITLE_WEIGHT = 0.3
PAIRS_WEIGHT = 0.3
CONCEPT_WEIGHT = 0.2
#: Up to so many telling words are a search for what has all of them. More are a whole question, and hardly any text
#: that answers a question has all its words.
FEW_WORDS = 3
#: Of the pairs of clusters of a run that is written nowhere like this, so many must stand in a text.
SHARE_OF_PAIRS = 0.6
#: Words that stand in nearly every text of their language: they decide nothing when any word may be found.
COMMON = frozenset(
    analysis.terms_of(word)[0]
    for words in (
        "a an and are as at be by do does for from have how i in is it my of on or that the this to was we what when",
        "where which who why will with you your",
        "การ ความ และ ของ ที่ ใน เป็น ได้ ให้ มี จะ กับ จาก โดย ว่า ไม่ คือ หรือ แล้ว ก็ อะไร",
        "ແລະ ຂອງ ທີ່ ໃນ ເປັນ ໄດ້ ໃຫ້ ມີ ຈະ ກັບ ຈາກ ໂດຍ ວ່າ",
        "နှင့် သည် များ က ကို မှ တွင် ဖြင့်",
        "និង នៃ ដែល ក្នុង ជា បាន ឲ្យ មាន នឹង ពី ដោយ ថា",
        "và của là có được trong cho với từ một những các để",
        # What asks: rare in texts, so it would weigh much and says nothing.
        "ใคร ไหน ที่ไหน เมื่อไร เมื่อไหร่ เท่าไร เท่าไหร่ ไหร่ กี่ ใด อย่างไร ยังไง ไง ทำไม บ้าง หน่อย ครับ ค่ะ คะ",
        "ໃຜ ຫຍັງ ໃສ ເມື່ອໃດ ເທົ່າໃດ ແນວໃດ ຈັກ ໃດ ແດ່",
        "ဘာ ဘယ် ဘယ်သူ ဘယ်လို ဘယ်မှာ ဘယ်လောက် လဲ",
        "អ្វី ណា នរណា ប៉ុន្មាន តើ",
        "ai gì nào đâu bao nhiêu mấy sao",
        "什么 谁 哪 多少 几 怎么 吗 呢",
    )
    for word in words.split()
)


@dataclass(frozen=True)
class Word:
    """A term in a field; `weight` multiplies what it adds to a score."""

    field: str
    term: str
    weight: float = 1.0


@dataclass(frozen=True)
class All:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class AtLeast:
    """What at least `count` of the parts find."""

    count: int
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Phrase:
    """Terms that follow each other."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """All terms of a field that begin like this."""

    field: str
    beginning: str


@dataclass(frozen=True)
class Fuzzy:
    """The terms of a field that are nearly this one; all of them begin with `beginning`, which is exact."""

    field: str
    term: str
    beginning: str = ""


@dataclass(frozen=True)
class Without:
    """Everything but what `unwanted` finds."""

    unwanted: "Query"


@dataclass(frozen=True)
class Everything:
    pass


@dataclass(frozen=True)
class Scaled:
    part: "Query"
    weight: float


Query = Word | All | AnyOf | AtLeast | Phrase | Prefix | Fuzzy | Without | Everything | Scaled
NOTHING = AnyOf(())


class Naming(Protocol):
    """A span of a text in which the glossary names something."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def concepts(self) -> frozenset[int]: ...


class Glossary(Protocol):
    """What is asked of `portal.search.dictionary`."""

    def matches(self, text: str) -> Sequence[Naming]: ...


@dataclass(frozen=True)
class Run:
    """Words that were written without a gap, or a wording of the glossary: one word in most languages, many in Thai.

    `words` are exact terms, `pairs` neighbouring clusters, `concepts` what the glossary names with exactly these words.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    concepts: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Question:
    """What a visitor asked, cleaned and cut to a length that can be answered quickly."""

    text: str
    runs: tuple[Run, ...]
    phrases: tuple[Run, ...] = ()
    unwanted: tuple[Run, ...] = ()
    neighbours: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        return not (self.runs or self.phrases)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for run in self.runs + self.phrases for word in run.words)

    @cached_property
    def telling_words(self) -> frozenset[str]:
        """The words without those that stand in nearly every text, unless nothing else is left."""
        return self.words - COMMON or self.words

    @cached_property
    def is_whole(self) -> bool:
        """Whether this is a question and not a few words; what the glossary names counts as one."""
        needs = sum(1 if run.concepts else len(self.telling_words & set(run.words)) for run in self.runs)
        return needs > FEW_WORDS and not self.phrases

    @cached_property
    def concepts(self) -> frozenset[int]:
        return frozenset(concept for run in self.runs + self.phrases for concept in run.concepts)

    def without_concepts(self) -> "Question":
        """The same by its own words alone, without what the glossary knows of them."""
        bare = [tuple(replace(run, concepts=frozenset()) for run in runs) for runs in (self.runs, self.phrases)]
        return replace(self, runs=bare[0], phrases=bare[1])

    def also(self, names: Iterable[str]) -> "Question":
        """The same, and other names for it: to mark in a text what was found by them."""
        return replace(self, runs=self.runs + tuple(_whole(analysis.legible(name), None) for name in names))


QUOTES = '"“”„‟«»「」『』'
#: What stands between quotation marks, with a minus before it or without; what has a minus; everything else.
MEANT = re.compile(
    f"(?P<not_this>(?<!\\S)[-−])?[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]|(?<!\\S)[-−](?P<unwanted>[^\\s{QUOTES}]+)"
)


def read(text: str, *, glossary: Glossary | None = None) -> Question:
    """Make a question of whatever somebody typed. Nothing but quotation marks and a minus is syntax."""
    clean = " ".join(analysis.legible(text[: 4 * LONGEST_QUESTION]).split())[:LONGEST_QUESTION].rstrip()
    phrases: list[str] = []
    unwanted: list[str] = []
    for meant in MEANT.finditer(clean):
        excluded = meant["unwanted"] or (meant["phrase"] if meant["not_this"] else None)
        (phrases if excluded is None else unwanted).append(meant["phrase"] if excluded is None else excluded)
    plain = " ".join([MEANT.sub(" ", clean), *phrases[MOST_PHRASES:]])
    question = _question(clean, plain, phrases[:MOST_PHRASES], unwanted[:MOST_UNWANTED], glossary)
    # Who only excludes has not said what to look for: then the words are taken as they stand.
    return _question(clean, clean, [], [], glossary) if question.is_empty and question.unwanted else question


def _question(
    text: str, plain: str, phrases: Sequence[str], unwanted: Sequence[str], glossary: Glossary | None
) -> Question:
    room = MOST_WORDS
    read_phrases = _short([_whole(phrase, glossary) for phrase in phrases], room=room)
    room -= sum(len(run.words) for run in read_phrases)
    read_runs = _short(list(runs(plain, glossary)), room=room)
    return Question(
        text=text,
        runs=read_runs,
        phrases=read_phrases,
        unwanted=_short([_whole(one, None) for one in unwanted], room=MOST_WORDS_UNWANTED),
        neighbours=tuple(dict.fromkeys(analysis.neighbours(plain)))[:MOST_WORDS],
    )


def _short(runs: Sequence[Run], *, room: int) -> tuple[Run, ...]:
    """The runs that have words, as many as there is room for."""
    kept: list[Run] = []
    for run in runs[: 4 * MOST_NEEDS]:
        if run.words and room > 0 and len(kept) < MOST_NEEDS:
            kept.append(Run(run.words[:room], run.pairs[:MOST_PAIRS], run.concepts))
            room -= len(run.words)
    return tuple(kept)


def runs(text: str, glossary: Glossary | None = None) -> Iterator[Run]:
    """The runs of a text. What the glossary names is one run, whatever ICU or a blank would make of it."""
    place = 0
    for named in glossary.matches(text) if glossary else ():
        yield from map(_run_of, analysis.runs(text[place : named.start]))
        yield _whole(text[named.start : named.end], None, concepts=named.concepts)
        place = named.end
    yield from map(_run_of, analysis.runs(text[place:]))


def _run_of(words: Sequence[str]) -> Run:
    terms = tuple(terms[0] for terms in map(analysis.terms_of, words) if terms)
    return Run(terms, tuple(analysis.pairs("".join(words))))


def _whole(text: str, glossary: Glossary | None, *, concepts: frozenset[int] = frozenset()) -> Run:
    """All words of a text as one run."""
    for named in glossary.matches(text) if glossary else ():
        if not text[: named.start].strip() and not text[named.end :].strip():
            concepts = named.concepts
    words = tuple(token.terms[0] for token in analysis.tokens(text))
    return Run(words, tuple(analysis.pairs(text)), concepts)


def all_words(question: Question) -> Query:
    """Every run, by its telling words or, where the dictionary cut the text elsewhere, by all its pairs of clusters."""
    telling = question.telling_words
    runs = [_run(run, telling) for run in question.runs if not telling.isdisjoint(run.words)]
    phrases = [_phrase(run) for run in question.phrases]
    return _without_unwanted(All(tuple(runs + phrases)), question)


def _run(run: Run, telling: frozenset[str]) -> Query:
    words = All(tuple(_anywhere(word) for word in dict.fromkeys(run.words) if word in telling))
    return AnyOf((words, *_written(run), *_named(run)))


def _written(run: Run) -> Iterator[Query]:
    """The run by its clusters, which stand in a text wherever it is written, whatever the words around it are."""
    if run.pairs:
        yield Scaled(All(words_in("pairs", run.pairs)), PAIRS_WEIGHT)
    elif len(run.words) == 1 and analysis.UNSPACED_RUN.fullmatch(run.words[0]):
        yield Scaled(Prefix("pairs", run.words[0]), PAIRS_WEIGHT)


def _named(run: Run) -> Iterator[Query]:
    yield from words_in("concepts", sorted(map(str, run.concepts)), weight=CONCEPT_WEIGHT)


def _phrase(run: Run) -> Query:
    """The words in this order and nothing between; where all are of unspaced scripts the clusters do as well."""
    in_order = Phrase("all", run.words)
    if not run.pairs or not all(map(analysis.UNSPACED_RUN.fullmatch, run.words)):
        return in_order
    return AnyOf((in_order, Scaled(All(words_in("pairs", run.pairs)), PAIRS_WEIGHT)))


def _without_unwanted(query: Query, question: Question) -> Query:
    if not question.unwanted:
        return query
    return All((query, Without(AnyOf(tuple(_phrase(run) for run in question.unwanted)))))


def _anywhere(word: str) -> Query:
    return AnyOf((Word("all", word), Word("title", word, TITLE_WEIGHT)))


def any_word(question: Question) -> Query:
    """Any telling word; neighbours that stand together add a little, so that texts with more of the question come
    first."""
    runs = question.runs + question.phrases
    pairs = list(dict.fromkeys(pair for run in runs for pair in run.pairs))[:MOST_PAIRS]
    words = sorted(question.telling_words)
    found = AnyOf(
        words_in("all", words)
        + words_in("title", words, weight=TITLE_WEIGHT)
        + words_in("pairs", (*pairs, *question.neighbours), weight=PAIRS_WEIGHT)
        + words_in("concepts", sorted(map(str, question.concepts)), weight=CONCEPT_WEIGHT)
    )
    return _without_unwanted(found, question)


def most_clusters(question: Question) -> Query:
    """What is written nearly like a run of the question: most of its pairs of clusters."""
    runs = [words_in("pairs", run.pairs) for run in question.runs + question.phrases]
    near = (AtLeast(ceil(SHARE_OF_PAIRS * len(pairs)), pairs) for pairs in runs if len(pairs) > 2)
    return _without_unwanted(AnyOf(tuple(near)), question)


#: What is tried in turn until something is found.
LADDER = {"all": all_words, "any": any_word, "clusters": most_clusters}


def ladder(question: Question) -> Iterator[tuple[str, Query]]:
    """The rungs for a question, each with its name. A whole question begins with any of its words."""
    for name, rung in LADDER.items():
        if not (name == "all" and question.is_whole):
            yield name, rung(question)


def words_in(field: str, terms: Iterable[str], *, weight: float = 1.0) -> tuple[Query, ...]:
    return tuple(Word(field, term, weight) for term in dict.fromkeys(terms))
