"""Is a real index scored as the formulas say? They are written here once more, in plain Python."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search import scoring
from portal.search.document import Document
from portal.search.queries import (
    NOTHING,
    All,
    AnyOf,
    AtLeast,
    Everything,
    Fuzzy,
    Phrase,
    Prefix,
    Query,
    Scaled,
    Without,
    Word,
)
from portal.search.scoring import K1, B
from portal.search.whoosh_index import Index

TERMS = ("loom", "looms", "loon", "lo", "silk", "slik", "silken", "ไหม", "ผ้า", "ผ้าไหม", "a")
Scores = dict[str, float]


# --- the same in plain Python ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Text:
    """A document of the fields that are scored with their lengths, by places, and without lengths."""

    key: str
    words: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()

    def document(self) -> Document:
        places = {word: [nth for nth, one in enumerate(self.words) if one == word] for word in self.words}
        return Document(
            owner=f"text:{self.key}",
            pk=self.key,
            labels=self.labels,
            terms={"all": self.weights("all"), "title": self.weights("title")},
            places={"all": places},
            shown={},
        )

    def weights(self, field_name: str) -> dict[str, float]:
        if field_name == "labels":
            return dict.fromkeys(self.labels, 1.0)
        terms = {"all": self.words, "title": self.title}[field_name]
        return {term: float(terms.count(term)) for term in terms}


@dataclass(frozen=True)
class Plain:
    """What every query of our language finds among some texts, and how well."""

    texts: Sequence[Text]
    by_type: dict[type, Callable[[Any], Scores]] = field(default_factory=dict)

    def find(self, query: Query) -> Scores:
        answer: Callable[[Any], Scores] = getattr(self, f"_{type(query).__name__.lower()}")
        return answer(query)

    def _word(self, query: Word) -> Scores:
        weights = {text.key: text.weights(query.field) for text in self.texts}
        holding = [key for key, terms in weights.items() if query.term in terms]
        if query.field == "labels":
            return dict.fromkeys(holding, query.weight)
        lengths = {key: sum(terms.values()) for key, terms in weights.items()}
        mean = sum(lengths.values()) / (len(lengths) or 1)
        rarity = log(1 + (len(self.texts) - len(holding) + 0.5) / (len(holding) + 0.5))
        found = {}
        for key in holding:
            often = weights[key][query.term]
            damped = often + K1 * (1 - B + B * lengths[key] / mean)
            found[key] = query.weight * rarity * often * (K1 + 1) / damped
        return found

    def _anyof(self, query: AnyOf) -> Scores:
        return self._atleast(AtLeast(1, query.parts))

    def _all(self, query: All) -> Scores:
        return self._atleast(AtLeast(len(query.parts), query.parts)) if query.parts else {}

    def _atleast(self, query: AtLeast) -> Scores:
        found = [self.find(part) for part in query.parts]
        held = {text.key: [scores[text.key] for scores in found if text.key in scores] for text in self.texts}
        return {key: sum(scores) for key, scores in held.items() if len(scores) >= max(1, query.count)}

    def _phrase(self, query: Phrase) -> Scores:
        loose = self._all(All(tuple(Word(query.field, term) for term in query.terms)))
        length = len(query.terms)
        holding = {
            text.key
            for text in self.texts
            if any(text.words[nth : nth + length] == query.terms for nth in range(len(text.words)))
        }
        return {key: score for key, score in loose.items() if key in holding}

    def _prefix(self, query: Prefix) -> Scores:
        terms = self._terms(query.field, query.beginning)
        return self._anyof(AnyOf(tuple(Word(query.field, term) for term in terms)))

    def _fuzzy(self, query: Fuzzy) -> Scores:
        typos = 0 if len(query.term) < 3 else 1 if len(query.term) < 6 else 2
        near = {term: slips(query.term, term) for term in self._terms(query.field, query.beginning)}
        words = [Word(query.field, term, 1 / (1 + count)) for term, count in near.items() if count <= typos]
        return self._anyof(AnyOf(tuple(words)))

    def _terms(self, field_name: str, beginning: str) -> list[str]:
        every = {term for text in self.texts for term in text.weights(field_name)}
        return sorted(term for term in every if term.startswith(beginning))

    def _without(self, query: Without) -> Scores:
        unwanted = self.find(query.unwanted)
        return {text.key: 0.0 for text in self.texts if text.key not in unwanted}

    def _everything(self, query: Everything) -> Scores:
        return {text.key: 0.0 for text in self.texts}

    def _scaled(self, query: Scaled) -> Scores:
        return {key: score * query.weight for key, score in self.find(query.part).items()}


def slips(one: str, other: str) -> int:
    """Letters that were left out, put in, changed, or exchanged with their neighbour; none is touched twice."""
    rows = [list(range(len(other) + 1))]
    for nth, letter in enumerate(one, start=1):
        row = [nth]
        for place, against in enumerate(other, start=1):
            best = min(rows[-1][place] + 1, row[-1] + 1, rows[-1][place - 1] + (letter != against))
            if nth > 1 and place > 1 and letter == other[place - 2] and one[nth - 2] == against:
                best = min(best, rows[-2][place - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


# --- real indexes ---------------------------------------------------------------------------------------------
@contextmanager
def index_of(texts: Iterable[Text]) -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        with index.turn():
            index.replace([text.document() for text in texts])
        yield index


def write(index: Index, text: Text | None, *, key: str) -> None:
    with index.turn():
        index.write([text.document()] if text else [], instead_of=[f"text:{key}"])


def agree(index: Index, texts: Sequence[Text], query: Query, *, among: Query | None = None) -> None:
    hits = index.reader().find(query, among=among or Everything())
    expected = Plain(texts).find(query)
    allowed = Plain(texts).find(among or Everything())
    assert {hit.pk: hit.score for hit in hits} == pytest.approx(
        {key: score for key, score in expected.items() if key in allowed}, rel=1e-4, abs=1e-4
    )
    assert len(hits) == len({hit.pk for hit in hits})
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


#: Whoosh keeps the length of a text in one byte: up to ten words it is exact.
some_words = st.lists(st.sampled_from(TERMS), max_size=10).map(tuple)
some_texts = st.lists(
    st.builds(
        Text,
        key=st.just(""),
        words=some_words,
        title=st.lists(st.sampled_from(TERMS), max_size=3).map(tuple),
        labels=st.frozensets(st.sampled_from(["everybody", "staff"])),
    ),
    max_size=24,
).map(lambda texts: [Text(str(nth), text.words, text.title, text.labels) for nth, text in enumerate(texts)])
fields = st.sampled_from(["all", "title", "labels"])
terms = st.sampled_from((*TERMS, "everybody", "staff", "unheard"))
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Word, fields, terms, st.sampled_from([1.0, 0.3])),
    st.builds(Phrase, st.just("all"), st.lists(terms, min_size=1, max_size=3).map(tuple)),
    st.builds(Prefix, fields, st.sampled_from(["", "l", "loo", "si", "ผ้", "x"])),
    st.builds(Fuzzy, fields, terms),
    st.builds(lambda term: Fuzzy("all", term, term[:2]), st.sampled_from(["silk", "loon", "silkne", "ผ้าไหน"])),
    st.just(Everything()),
    st.just(NOTHING),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AtLeast, st.integers(0, 3), st.lists(inner, max_size=3).map(tuple)),
        st.builds(Without, inner),
        st.builds(Scaled, inner, st.sampled_from([0.2, 1.0, 2.0])),
    ),
    max_leaves=6,
)
changes = st.lists(st.tuples(st.integers(0, 26), st.none() | some_words), max_size=6)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(texts=some_texts, asked=st.lists(queries, min_size=6, max_size=12), among=queries)
def test_any_query_finds_what_the_formulas_say(texts: list[Text], asked: list[Query], among: Query) -> None:
    with index_of(texts) as index:
        for query in asked:
            agree(index, texts, query)
            agree(index, texts, query, among=among)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(texts=some_texts, edits=changes, asked=st.lists(queries, min_size=6, max_size=12))
def test_after_any_changes_all_is_as_if_it_had_been_written_at_once(
    texts: list[Text], edits: list[tuple[int, tuple[str, ...] | None]], asked: list[Query]
) -> None:
    now = {text.key: text for text in texts}
    with index_of(texts) as index:
        for nth, words in edits:
            key = str(nth)
            now.pop(key, None)
            if words is not None:
                now[key] = Text(key, words)
            write(index, now.get(key), key=key)
        for query in asked:
            agree(index, list(now.values()), query)


def many() -> list[Text]:
    return [
        Text(str(nth), ("silk",) * (1 + nth % 3) + (TERMS[nth % len(TERMS)], "wage") * (nth % 4)) for nth in range(120)
    ]


def test_many_segments_answer_as_one_index_would() -> None:
    texts = {text.key: text for text in many()}
    with index_of(texts.values()) as index:
        for nth in range(0, 12, 3):
            key = str(nth)
            texts[key] = Text(key, ("silk", f"new{nth}", "wage"))
            write(index, texts[key], key=key)
        for nth in range(1, 40, 12):
            del texts[str(nth)]
            write(index, None, key=str(nth))
        assert len(index.reader()._segments) > 1
        assert index.reader().count() == len(texts)
        for query in (
            Word("all", "silk"), Word("all", "wage"), Word("all", "new3"), Prefix("all", "new"), Fuzzy("all", "wgae"),
            Phrase("all", ("silk", "new9", "wage")), Phrase("all", ("silk", "silk")), Without(Word("all", "wage")),
            AtLeast(2, (Word("all", "loom"), Word("all", "wage"), Word("all", "silk"))), Everything(),
        ):  # fmt: skip
            agree(index, list(texts.values()), query)


def test_what_is_deleted_counts_no_more_in_how_rare_a_word_is() -> None:
    texts = [*many(), Text("rare", ("bobbin", "silk"))]
    with index_of(texts) as index:
        before = index.reader().find(Word("all", "bobbin"), among=Everything())
        for _again in range(6):
            write(index, Text("rare", ("bobbin", "silk")), key="rare")
        after = index.reader().find(Word("all", "bobbin"), among=Everything())
    assert [hit.pk for hit in after] == ["rare"]
    assert after[0].score == pytest.approx(before[0].score, rel=1e-4)


# --- each kind of query ---------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def shelf() -> Iterator[Index]:
    texts = [
        Text("1", ("raw", "silk", "loom")),
        Text("2", ("silk", "raw", "loom")),
        Text("3", ("loom", "loom", "loom", "silken")),
        Text("4", ("wage",)),
        Text("5"),
    ]
    with index_of(texts) as index:
        yield index


def found(index: Index, query: Query) -> list[str]:
    return [hit.pk for hit in index.reader().find(query, among=Everything())]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Phrase("all", ("raw", "silk")), {"1"}),
        (Phrase("all", ("silk", "raw")), {"2"}),
        (Phrase("all", ("raw", "loom")), {"2"}),
        (Phrase("all", ("loom", "loom", "loom")), {"3"}),
        (Phrase("all", ("loom", "loom", "loom", "loom")), set()),
        (Phrase("all", ("raw",)), {"1", "2"}),
        (Phrase("all", ()), set()),
        (Phrase("all", ("raw", "unheard")), set()),
        (Prefix("all", "silk"), {"1", "2", "3"}),
        (Prefix("all", "silke"), {"3"}),
        (Prefix("all", "z"), set()),
        (Fuzzy("all", "looom"), {"1", "2", "3"}),
        (Fuzzy("all", "slik"), {"1", "2"}),
        (Fuzzy("all", "slik", "si"), set()),
        (Fuzzy("all", "sikl", "si"), {"1", "2"}),
        (Fuzzy("all", "wg"), set()),
        (Without(Word("all", "silk")), {"3", "4", "5"}),
        (Without(Without(Word("all", "silk"))), {"1", "2"}),
        (AtLeast(2, (Word("all", "raw"), Word("all", "silken"), Word("all", "loom"))), {"1", "2", "3"}),
        (AtLeast(3, (Word("all", "raw"), Word("all", "silk"), Word("all", "silken"))), set()),
        (AtLeast(0, (Word("all", "wage"),)), {"4"}),
        (AtLeast(1, ()), set()),
        (All(()), set()),
        (NOTHING, set()),
        (Everything(), {"1", "2", "3", "4", "5"}),
    ],
    # Sets have another order in each process.
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_each_kind_of_query_finds_what_its_name_says(shelf: Index, query: Query, expected: set[str]) -> None:
    assert set(found(shelf, query)) == expected


def test_a_word_that_is_repeated_counts_more_and_a_long_text_less(shelf: Index) -> None:
    assert found(shelf, Word("all", "loom"))[0] == "3"
    with index_of([Text("long", ("silk", *("wage",) * 60)), Text("short", ("silk", "wage"))]) as index:
        assert found(index, Word("all", "silk")) == ["short", "long"]


def test_equals_keep_the_order_in_which_they_were_written() -> None:
    with index_of([Text(str(nth), ("silk",)) for nth in range(30)]) as index:
        assert found(index, Word("all", "silk")) == [str(nth) for nth in range(30)]


def test_no_beginning_makes_a_question_endless() -> None:
    texts = [Text(str(nth), (f"silk{nth:04}",)) for nth in range(scoring.MOST_TERMS + 50)]
    with index_of(texts) as index:
        assert len(found(index, Prefix("all", "silk"))) == scoring.MOST_TERMS
        assert len(found(index, Fuzzy("all", "silk0001"))) <= scoring.MOST_FUZZY_TERMS
