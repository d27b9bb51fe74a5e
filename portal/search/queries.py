"""What is asked of the index? A small language of our own, so that no engine ever reads a visitor's text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from portal.search import analysis

LONGEST_QUESTION = 200
MOST_WORDS = 24
#: What a word in a title, and a pair of clusters, count beside a word anywhere.
TITLE_WEIGHT = 1.0
PAIRS_WEIGHT = 0.1
#: Words that stand in nearly every text of their language: they decide nothing when any word may be found.
COMMON = frozenset(
    word
    for words in (
        "a an and are as at be by do does for from have how i in is it my of on or that the this to was we what when",
        "where which who why will with you your",
        "การ ความ และ ของ ที่ ใน เป็น ได้ ให้ มี จะ กับ จาก โดย ว่า ไม่ คือ หรือ แล้ว ก็ อะไร",
        "ແລະ ຂອງ ທີ່ ໃນ ເປັນ ໄດ້ ໃຫ້ ມີ ຈະ ກັບ ຈາກ ໂດຍ ວ່າ",
        "နှင့် သည် များ က ကို မှ တွင် ဖြင့်",
        "និង នៃ ដែល ក្នុង ជា បាន ឲ្យ មាន នឹង ពី ដោយ ថា",
        "và của là có được trong cho với từ một những các để",
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


@dataclass(frozen=True)
class Run:
    """Words that were written without a gap: one word in most languages, many in Thai. Each word by its exact term."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What a visitor asked, cleaned and cut to a length that can be answered quickly."""

    text: str
    runs: tuple[Run, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for run in self.runs for word in run.words)

    @cached_property
    def telling_words(self) -> frozenset[str]:
        """The words without those that stand in nearly every text, unless nothing else is left."""
        return self.words - COMMON or self.words


def read(text: str) -> Question:
    """Make a question of whatever somebody typed."""
    clean = " ".join(analysis.legible(text[: 4 * LONGEST_QUESTION]).split())[:LONGEST_QUESTION]
    found: list[Run] = []
    room = MOST_WORDS
    for run in analysis.runs(clean):
        terms = tuple(terms[0] for terms in map(analysis.terms_of, run[:room]) if terms)
        found.append(Run(terms, tuple(islice(analysis.pairs("".join(run)), 3 * MOST_WORDS))))
        room -= len(run)
        if room <= 0:
            break
    return Question(clean, tuple(found))


def all_words(question: Question) -> Query:
    """Every run, by its telling words or, where the dictionary cut the text elsewhere, by all its pairs of clusters."""
    runs = [run for run in question.runs if not question.telling_words.isdisjoint(run.words)]
    return All(tuple(_run(run, question.telling_words) for run in runs))


def _run(run: Run, telling: frozenset[str]) -> Query:
    words = All(tuple(_anywhere(word) for word in dict.fromkeys(run.words) if word in telling))
    if len(run.pairs) < 2:
        return words
    return AnyOf((words, Scaled(All(words_in("pairs", run.pairs)), PAIRS_WEIGHT)))


def _anywhere(word: str) -> Query:
    return AnyOf((Word("all", word), Word("title", word, TITLE_WEIGHT)))


def any_word(question: Question) -> Query:
    """Any telling word; pairs of clusters add a little, so that texts with more of the question come first."""
    pairs = sorted({pair for run in question.runs for pair in run.pairs})
    words = sorted(question.telling_words)
    return AnyOf(
        words_in("all", words)
        + words_in("title", words, weight=TITLE_WEIGHT)
        + words_in("pairs", pairs, weight=PAIRS_WEIGHT / 2)
    )


#: What is tried in turn until something is found.
LADDER = (all_words, any_word)


def words_in(field: str, terms: Iterable[str], *, weight: float = 1.0) -> tuple[Query, ...]:
    return tuple(Word(field, term, weight) for term in dict.fromkeys(terms))
