"""Is any question too dear? All naughty strings and a storm of made-up ones, each timed, beside questions of people.

`python -m tests.benchmarks.search_storm [--json] [--storm 10000] [--passages 10000] [--var DIR]` prints a table; it
needs the shared data and, the first time, some minutes to fill a portal.

Every string is asked of the page of results and of the suggestions, through all of the portal but its web server, in
this process: what counts is CPU time, so other work on the machine changes nothing. Beside the passages stand some
pages as long as a part of a page can be, full of frequent words, because nothing takes longer to mark than those.
What took too long is asked twice more and its least time counts: Python may just have collected its garbage.

| measure | against | bar |
|---|---|---|
| the slowest answer | 3 x the p95 of 500 questions of people in the same run, or 250 ms if that is more | at most 1 x |
| answers that are an error of the server (5xx) | | 0 |
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from portal.search.evaluation.folders import Passage
from tests.benchmarks import search_library, search_passages
from tests.benchmarks.front_door import Bar, lines_of
from tests.portal.search.naughty import FREQUENT, Sent, naughty, storm

if TYPE_CHECKING:
    from django.test import Client

QUESTIONS_OF_PEOPLE = 500
LEAST_MILLISECONDS = 250
AGAIN = 2
TIMES_OF_PEOPLE = 3
MOST_NAMED = 12
LONGEST_NAMED = 100
PEOPLE = "questions of people"
#: Both answer, and each has questions of people of its own.
PLACES = {"page": "/{}/search/?", "suggestions": "/{}/search/suggestions/?"}
LANGUAGES = ("en", "th", "vi", "lo", "km", "my")
#: Each of them has a part as long as the index keeps.
LONG_PAGES = 30
LETTERS_OF_A_LONG_PART = 25_000
MARK = "search-storm"


@dataclass(frozen=True)
class Took:
    """What one answer cost; `sent` is the address, cut where it is long."""

    place: str
    kind: str
    sent: str
    milliseconds: float
    status: int


@dataclass(frozen=True)
class Kind:
    """The answers to one kind of strings."""

    name: str
    answers: int
    median: float
    p95: float
    slowest: float


# --- the portal ------------------------------------------------------------------------------------------------
def prepare(var_dir: Path, *, passages: int) -> None:
    """The library, and long pages of frequent words beside it; from here on this process is the portal."""
    import django

    search_library.fill(var_dir, wanted=passages)
    os.environ |= {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    django.setup()
    if not (var_dir / MARK).exists():
        write_long_pages()
        (var_dir / MARK).touch()


def write_long_pages() -> None:
    from django.utils import timezone

    from lessons.articles.models import ArticlePage
    from portal.search import feeding

    indexes = search_library.indexes_by_language()
    for number in range(LONG_PAGES):
        language = LANGUAGES[number % len(LANGUAGES)]
        page = ArticlePage(
            title=f"Long {number}",
            slug=f"storm-{number}",
            body=search_library.blocks_of(long_passage(language, number)),
            locale_id=indexes[language].locale_id,
            first_published_at=timezone.now(),
        )
        indexes[language].add_child(instance=page)
    while feeding.drain():
        pass


def long_passage(language: str, number: int) -> Passage:
    """The Declaration again and again, or frequent words one after the other."""
    articles = " ".join(passage.text for passage in search_passages.declaration(language))
    words = FREQUENT[language] if number % 2 else articles
    text = " ".join([words] * (LETTERS_OF_A_LONG_PART // len(words) + 1))[:LETTERS_OF_A_LONG_PART]
    return Passage(id=f"long-{number}", title="", text=text.replace("\n", " "), language=language)


# --- what is asked ---------------------------------------------------------------------------------------------
def of_people() -> list[Sent]:
    """Real questions, in an order that is the same in each run."""
    names = (search_passages.THAI_WIKIPEDIA, *search_passages.XQUAD.values())
    asked = [text for name in names for text in search_passages.collection(name).questions.values()]
    random.Random(PEOPLE).shuffle(asked)  # noqa: S311 - no secret
    return [Sent(PEOPLE, f"q={quote(text)}") for text in asked[:QUESTIONS_OF_PEOPLE]]


def of_the_storm(wanted: int) -> list[Sent]:
    return [*(Sent("naughty", f"q={quote(text)}") for text in naughty()), *storm(wanted)]


def answers(sent: Iterable[Sent], client: "Client") -> list[Took]:
    """Each string, asked of the page and of the suggestions, in one language after the other."""
    took: list[Took] = []
    for number, one in enumerate(sent):
        for place, address in PLACES.items():
            asked = address.format(LANGUAGES[number % len(LANGUAGES)]) + one.query
            spent, status = once(asked, client)
            if spent > LEAST_MILLISECONDS:
                spent = min(spent, *(once(asked, client)[0] for _again in range(AGAIN)))
            took.append(Took(place, one.kind, one.query[:LONGEST_NAMED], spent, status))
    return took


def once(asked: str, client: "Client") -> tuple[float, int]:
    """How long an answer took, in ms, and its status."""
    begun_at = time.process_time()
    response = client.get(asked)
    return 1000 * (time.process_time() - begun_at), response.status_code


# --- what came of it -------------------------------------------------------------------------------------------
def kinds_of(took: Sequence[Took]) -> list[Kind]:
    spent: dict[str, list[float]] = defaultdict(list)
    for one in took:
        spent[f"{one.kind}, {one.place}"].append(one.milliseconds)
    return [Kind(name, len(times), at(0.5, times), at(0.95, times), max(times)) for name, times in spent.items()]


def at(share: float, times: Iterable[float]) -> float:
    ordered = sorted(times)
    return ordered[int(share * (len(ordered) - 1))]


def limit(people: Sequence[Took], place: str) -> float:
    p95 = at(0.95, (one.milliseconds for one in people if one.place == place))
    return max(LEAST_MILLISECONDS, TIMES_OF_PEOPLE * p95)


def bars(people: Sequence[Took], stormy: Sequence[Took]) -> list[Bar]:
    slowest = {place: max(one.milliseconds for one in stormy if one.place == place) for place in PLACES}
    return [
        *(
            Bar(f"{place}: the slowest answer, of what is allowed", round(slowest[place] / limit(people, place), 2),
                at_most=1)
            for place in PLACES
        ),
        Bar("errors of the server", sum(one.status >= 500 for one in (*people, *stormy)), at_most=0),
    ]  # fmt: skip


def run(var_dir: Path, *, wanted: int, passages: int) -> tuple[list[Took], list[Took]]:
    from django.test import Client

    prepare(var_dir, passages=passages)
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    people = of_people()
    # Once before it counts: the index is opened, templates are compiled.
    answers(people[:20], client)
    return answers(people, client), answers(of_the_storm(wanted), client)


def table(people: Sequence[Took], stormy: Sequence[Took], judged: list[Bar]) -> str:
    lines = [f"{'CPU time in ms':<36}{'answers':>9}{'median':>9}{'p95':>9}{'slowest':>9}"]
    lines += [
        f"{kind.name:<36}{kind.answers:>9}{kind.median:>9.1f}{kind.p95:>9.1f}{kind.slowest:>9.1f}"
        for kind in (*kinds_of(people), *sorted(kinds_of(stormy), key=lambda kind: -kind.slowest))
    ]
    slowest = sorted(stormy, key=lambda one: -one.milliseconds)[:MOST_NAMED]
    lines += ["", "the slowest", *(f"{one.milliseconds:>9.1f} {one.place}, {one.kind}: {one.sent}" for one in slowest)]
    return "\n".join([*lines, "", *lines_of(judged, width=48)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--storm", type=int, default=10_000, help="how many strings are made up")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--var", type=Path, help="a folder to keep the filled portal in")
    options = parser.parse_args()
    if not search_passages.is_there():
        sys.stdout.write(f"Skipped: there is no shared data in {search_passages.SHARED}.\n")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        people, stormy = run(
            (options.var or Path(temporary)).resolve(), wanted=options.storm, passages=options.passages
        )
    judged = bars(people, stormy)
    told = {
        "kinds": [*map(asdict, kinds_of([*people, *stormy]))],
        "slowest": [*map(asdict, sorted(stormy, key=lambda one: -one.milliseconds)[:MOST_NAMED])],
        "bars": [*map(asdict, judged)],
    }
    sys.stdout.write((json.dumps(told) if options.json else table(people, stormy, judged)) + "\n")
    return 0 if all(bar.is_met for bar in judged) else 1


if __name__ == "__main__":
    raise SystemExit(main())
