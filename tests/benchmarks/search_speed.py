"""How fast is search among 10,000 passages, and how large is what it keeps? CPU time, as ratios in one run.

`python -m tests.benchmarks.search_speed [--json] [--passages 10000] [--questions 60] [--var DIR]` prints a table; it
needs the shared data and, the first time, some minutes to fill a portal with the passages. `--var` keeps it.

| measure | against | bar |
|---|---|---|
| one, all, any word: the ladder, the ten best | Whoosh opened for each question, all fetched | at least 20 x faster |
| suggestions for three letters | the same with a prefix | at least 20 x faster |
| a page: ten highlights, counts, facets | FTS5 over ICU words: count, ten best, their snippets | at most 5 x |
| suggestions | FTS5 over ICU words: a prefix, the eight best | at most 1 x |
| the files of the index | | at most 50 MB |
| one of 20 passages that are written together | | at most 20 ms |

A word is one of a passage, all words are two of a passage that follow each other, any word is a question of the judged
collections. Each is asked once, so that no postings are known from the same question; medians are compared. The page as
HTML, with all that a request passes, is told without a bar. Words are asked of the index alone, which is that of the
passages; pages and suggestions of a portal that holds them as articles, with all that asks who may see what.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import search_library, search_passages
from tests.benchmarks.front_door import MEGABYTE, Bar, lines_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.test import Client

    from portal.search.evaluation.folders import Passage
    from portal.search.evaluation.scratch import ScratchIndex
    from tests.benchmarks.search_rivals import Fts5Pages, PlainWhoosh

LANGUAGE = "th"
BATCH, BATCHES = 20, 5
SHORTEST_WORD = 3
ONE, ALL, ANY, SUGGESTION, PAGE, HTML, WARM_UP = (
    "one word", "all words", "any word", "suggestions", "page of results", "page as HTML", "warm-up",
)  # fmt: skip
OURS, OPENED, FTS5 = "ours", "Whoosh opened each time", "FTS5 over ICU words"


@dataclass(frozen=True)
class Timed:
    """CPU time of one kind of question, in milliseconds."""

    kind: str
    engine: str
    median: float
    p95: float


def questions(passages: "Sequence[Passage]", wanted: int) -> dict[str, list[str]]:
    """So many of each kind, the same in every run; those for pages are others, a third of each kind."""
    chance = random.Random(1948)  # noqa: S311 - no secret
    drawn = list(_words_of(chance.sample(list(passages), len(passages)), 2 * wanted))
    one = [chance.choice([word for word in words if len(word) >= SHORTEST_WORD]) for words in drawn]
    places = [chance.randrange(len(words) - 1) for words in drawn]
    two = [" ".join(words[place : place + 2]) for words, place in zip(drawn, places, strict=True)]
    names = (search_passages.THAI_WIKIPEDIA, *search_passages.XQUAD.values())
    judged = [text for name in names for text in search_passages.collection(name).questions.values()]
    whole = chance.sample(judged, 3 * wanted)
    return {
        ONE: one[:wanted],
        ALL: two[:wanted],
        ANY: whole[:wanted],
        SUGGESTION: [word[:SHORTEST_WORD] for word in one[:wanted]],
        PAGE: [text for three in zip(one[wanted:], two[wanted:], whole[wanted:], strict=False) for text in three][
            :wanted
        ],
        WARM_UP: whole[2 * wanted :],
    }


def _words_of(passages: "Sequence[Passage]", wanted: int) -> "Iterator[list[str]]":
    from portal.search.evaluation.baselines import icu_words

    every = (icu_words(passage.text) for passage in passages)
    return islice((words for words in every if len(words) > 1 and max(map(len, words)) >= SHORTEST_WORD), wanted)


def timed(kind: str, engine: str, ask: Callable[[str], object], asked: Sequence[str]) -> Timed:
    took = []
    for text in asked:
        begun_at = time.thread_time()
        ask(text)
        took.append(1000 * (time.thread_time() - begun_at))
    return Timed(kind, engine, statistics.median(took), sorted(took)[int(0.95 * (len(took) - 1))])


class Visitor:
    """Somebody who is not signed in and reads Thai."""

    def request(self, path: str = "/th/search/") -> "HttpRequest":
        from django.contrib.auth.models import AnonymousUser
        from django.test import RequestFactory

        request = RequestFactory(SERVER_NAME="localhost").get(path)
        request.user = AnonymousUser()
        return request

    def page(self, text: str) -> object:
        from portal.search import asked, dictionary, finding, queries

        question = queries.read(text, glossary=dictionary.current())
        return finding.find(asked.Asked(question), request=self.request(), language=LANGUAGE)

    def html(self, text: str) -> object:
        answer = self._browser.get(f"/{LANGUAGE}/search/", {"q": text})
        assert answer.status_code == 200
        return answer

    @cached_property
    def _browser(self) -> "Client":
        from django.test import Client

        return Client(SERVER_NAME="localhost")

    def suggestions(self, text: str) -> object:
        from portal.search import suggesting

        return suggesting.suggest(text, request=self.request(), language=LANGUAGE)


def measured(
    asked: dict[str, list[str]], visitor: Visitor, index: "ScratchIndex", opened: "PlainWhoosh", fts5: "Fts5Pages"
) -> list[Timed]:
    def best_ten(text: str) -> object:
        """Of the index alone, as of Whoosh: the ten best with what is stored of them."""
        reader = index.index.reader()
        return [reader.shown(hit.number) for hit in index.hits(text, language=LANGUAGE)]

    for ask in (visitor.page, visitor.html, visitor.suggestions, best_ten, fts5.page):
        timed(WARM_UP, "", ask, asked[WARM_UP])
    return [
        timed(ONE, OURS, best_ten, asked[ONE]),
        timed(ONE, OPENED, opened.any_word, asked[ONE]),
        timed(ALL, OURS, best_ten, asked[ALL]),
        timed(ALL, OPENED, opened.all_words, asked[ALL]),
        timed(ANY, OURS, best_ten, asked[ANY]),
        timed(ANY, OPENED, opened.any_word, asked[ANY]),
        timed(SUGGESTION, OURS, visitor.suggestions, asked[SUGGESTION]),
        timed(SUGGESTION, OPENED, opened.beginning, asked[SUGGESTION]),
        timed(SUGGESTION, FTS5, fts5.suggestions, asked[SUGGESTION]),
        timed(PAGE, OURS, visitor.page, asked[PAGE]),
        timed(PAGE, FTS5, fts5.page, asked[PAGE]),
        timed(HTML, OURS, visitor.html, asked[PAGE]),
    ]


def milliseconds_of_an_update(index: "ScratchIndex", passages: "Sequence[Passage]") -> float:
    """Of one passage of twenty that are written together; the middle of several batches."""
    took = []
    for start in range(0, BATCHES * BATCH, BATCH):
        batch = [replace(passage, text=f"{passage.text} II") for passage in passages[start : start + BATCH]]
        begun_at = time.process_time()
        index.update(batch)
        took.append(1000 * (time.process_time() - begun_at) / len(batch))
    return statistics.median(took)


def size_of(folder: Path) -> int:
    """Bytes of the generation that is in use."""
    generation = folder / (folder / "current").read_text("utf-8").split()[0]
    return sum(path.stat().st_size for path in generation.rglob("*") if path.is_file())


def bars(found: Sequence[Timed], *, size: int, update: float) -> list[Bar]:
    medians = {(one.kind, one.engine): one.median for one in found}
    faster = [
        Bar(f"{kind}: times faster than {OPENED}", round(medians[kind, OPENED] / medians[kind, OURS], 1), at_least=20)
        for kind in (ONE, ALL, ANY, SUGGESTION)
    ]
    return [
        *faster,
        Bar(f"{PAGE}: times {FTS5}", round(medians[PAGE, OURS] / medians[PAGE, FTS5], 2), at_most=5),
        Bar(f"{SUGGESTION}: times {FTS5}", round(medians[SUGGESTION, OURS] / medians[SUGGESTION, FTS5], 2), at_most=1),
        Bar("size of the index, MB", round(size / MEGABYTE, 1), at_most=50),
        Bar(f"one of {BATCH} passages that are written together, ms", round(update, 1), at_most=20),
    ]


@contextmanager
def engines(passages: "Sequence[Passage]") -> "Iterator[tuple[ScratchIndex, PlainWhoosh, Fts5Pages]]":
    from portal.search import dictionary
    from portal.search.evaluation.scratch import ScratchIndex
    from tests.benchmarks.search_rivals import Fts5Pages, PlainWhoosh

    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        index = ScratchIndex(passages, folder=Path(ours), dictionary=dictionary.current())
        yield index, PlainWhoosh(passages, folder=Path(theirs)), Fts5Pages(passages)


def run(var_dir: Path, *, passages: int, wanted: int) -> tuple[list[Timed], list[Bar]]:
    """Must be the first in its process that reads settings."""
    search_library.fill(var_dir, wanted=passages)
    os.environ |= {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    import django

    django.setup()
    from django.utils import translation

    texts = search_passages.passages(passages)
    with engines(texts) as (index, opened, fts5), translation.override(LANGUAGE):
        found = measured(questions(texts, wanted), Visitor(), index, opened, fts5)
        size = size_of(index.index.folder)
        return found, bars(found, size=size, update=milliseconds_of_an_update(index, texts))


def table(found: Sequence[Timed], judged: list[Bar]) -> str:
    lines = [f"{'CPU ms':<20}{'engine':<28}{'median':>10}{'p95':>10}"]
    lines += [f"{one.kind:<20}{one.engine:<28}{one.median:>10.2f}{one.p95:>10.2f}" for one in found]
    return "\n".join([*lines, "", *lines_of(judged, width=54)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=60, help="how many of each kind")
    parser.add_argument("--var", type=Path, help="a folder to keep the filled portal in")
    options = parser.parse_args()
    if not search_passages.is_there():
        sys.stdout.write(f"Skipped: there is no shared data in {search_passages.SHARED}.\n")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        var_dir = (options.var or Path(temporary)).resolve()
        found, judged = run(var_dir, passages=options.passages, wanted=options.questions)
    told: dict[str, Any] = {"measures": [*map(asdict, found)], "bars": [*map(asdict, judged)]}
    sys.stdout.write((json.dumps(told) if options.json else table(found, judged)) + "\n")
    return 0 if all(bar.is_met for bar in judged) else 1


if __name__ == "__main__":
    raise SystemExit(main())
