"""How many searches a second does the portal answer? Two in five ask for a full page, the others for suggestions.

`python -m tests.benchmarks.search_load [--json] [--seconds 20] [--passages 10000] [--readers 4] [--var DIR]` prints a
table; it needs the shared data, two cores that do nothing else and, the first time, some minutes to fill a portal.

| measure | against | bar |
|---|---|---|
| searches a second | | at least 100 |
| the time within which 95 % of them are answered | the same of an empty page, asked by as many readers | under 10 x |

The server is started as `make run` starts it, with a process for each core. Readers ask one after the other, each on a
connection of its own, and every question once. The empty page is the page of search without a question. Beside it,
without a bar, stands the view that does nothing at all.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks import search_library, search_passages
from tests.benchmarks.client import Client
from tests.benchmarks.front_door import Bar, lines_of
from tests.factories.server import Server, running

WEB_WORKERS = "2"
SHARE_OF_PAGES = 0.4
LANGUAGES = ("th", "th", "th", "en", "vi")
PAGES, SUGGESTIONS, MIXED, EMPTY, HELLO = (
    "pages of results", "suggestions", "all searches", "empty page", "hello, world"
)  # fmt: skip


@dataclass
class Times:
    """Seconds that answers took, as a reader waits for them."""

    name: str
    seconds: list[float] = field(default_factory=list)

    def told(self, *, elapsed: float) -> "Told":
        ordered = sorted(self.seconds)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        return Told(self.name, len(ordered) / elapsed, 1000 * statistics.median(ordered), 1000 * p95)


@dataclass(frozen=True)
class Told:
    name: str
    a_second: float
    median: float
    p95: float


def addresses(seed: int) -> Iterator[tuple[str, str]]:
    """What one reader asks for, endlessly: which kind it is, and the address."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    asked = [text for name in (search_passages.THAI_WIKIPEDIA, *search_passages.XQUAD.values())
             for text in search_passages.collection(name).questions.values()]  # fmt: skip
    titles = [passage.title for passage in search_passages.collection(search_passages.THAI_WIKIPEDIA).passages]
    while True:
        language = chance.choice(LANGUAGES)
        if chance.random() < SHARE_OF_PAGES:
            text = chance.choice(asked if chance.random() < 0.5 else titles)
            yield PAGES, f"/{language}/search/?{urlencode({'q': text})}"
        else:
            text = chance.choice(titles)[: chance.randint(2, 6)]
            yield SUGGESTIONS, f"/{language}/search/suggestions/?{urlencode({'q': text})}"


def same(name: str, address: str) -> Iterator[tuple[str, str]]:
    while True:
        yield name, address


def read(port: int, asks: Iterator[tuple[str, str]], until: float, times: dict[str, Times]) -> None:
    """One reader: ask, read, ask the next."""
    client = Client(port)
    for name, address in asks:
        begun_at = time.perf_counter()
        if begun_at > until:
            return
        answer = client.get(address)
        if answer.status != 200:
            raise AssertionError(f"{address} answered {answer.status}")
        times[name].seconds.append(time.perf_counter() - begun_at)


def asked_by(
    readers: Sequence[Iterator[tuple[str, str]]], server: Server, *, seconds: float
) -> tuple[dict[str, Times], float]:
    """What many readers waited for, and how long all of it took."""
    times = {name: Times(name) for name in (PAGES, SUGGESTIONS, EMPTY, HELLO)}
    failures: list[BaseException] = []

    def watched(asks: Iterator[tuple[str, str]]) -> None:
        try:
            read(server.port, asks, begun_at + seconds, times)
        except (AssertionError, OSError) as failure:
            failures.append(failure)

    begun_at = time.perf_counter()
    threads = [threading.Thread(target=watched, args=[asks]) for asks in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times, time.perf_counter() - begun_at


def measured(server: Server, *, readers: int, seconds: float) -> list[Told]:
    asked_by([addresses(-number) for number in range(1, readers + 1)], server, seconds=seconds / 4)
    found: list[Told] = []
    for name, address in ((EMPTY, "/th/search/"), (HELLO, "/hello")):
        times, elapsed = asked_by([same(name, address)] * readers, server, seconds=seconds / 4)
        found.append(times[name].told(elapsed=elapsed))
    times, elapsed = asked_by([addresses(number) for number in range(1, readers + 1)], server, seconds=seconds)
    mixed = Times(MIXED, times[PAGES].seconds + times[SUGGESTIONS].seconds)
    return [*found, *(each.told(elapsed=elapsed) for each in (times[PAGES], times[SUGGESTIONS], mixed))]


def bars(found: Sequence[Told]) -> list[Bar]:
    by_name = {one.name: one for one in found}
    return [
        Bar("searches a second", round(by_name[MIXED].a_second, 1), at_least=100),
        Bar("p95 of a search: times that of an empty page", _ratio(by_name[MIXED], by_name[EMPTY]), at_most=10),
    ]


def _ratio(one: Told, other: Told) -> float:
    return round(one.p95 / other.p95, 2)


def run(var_dir: Path, *, passages: int, readers: int, seconds: float) -> tuple[list[Told], list[Bar]]:
    search_library.fill(var_dir, wanted=passages)
    os.environ["WEB_WORKERS"] = WEB_WORKERS
    with running(var_dir) as server:
        found = measured(server, readers=readers, seconds=seconds)
    return found, bars(found)


def table(found: Sequence[Told], judged: list[Bar]) -> str:
    lines = [f"{'asked by many readers':<28}{'a second':>12}{'median ms':>12}{'p95 ms':>12}"]
    lines += [f"{one.name:<28}{one.a_second:>12.1f}{one.median:>12.1f}{one.p95:>12.1f}" for one in found]
    ratio = _ratio(*(next(one for one in found if one.name == name) for name in (MIXED, HELLO)))
    return "\n".join([*lines, f"p95 of a search: {ratio} times that of hello, world", "", *lines_of(judged, width=48)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--seconds", type=float, default=20, help="how long searches are asked")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=4, help="how many ask at the same time")
    parser.add_argument("--var", type=Path, help="a folder to keep the filled portal in")
    options = parser.parse_args()
    if not search_passages.is_there():
        sys.stdout.write(f"Skipped: there is no shared data in {search_passages.SHARED}.\n")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        var_dir = (options.var or Path(temporary)).resolve()
        found, judged = run(var_dir, passages=options.passages, readers=options.readers, seconds=options.seconds)
    told: dict[str, Any] = {"measures": [*map(asdict, found)], "bars": [*map(asdict, judged)]}
    sys.stdout.write((json.dumps(told) if options.json else table(found, judged)) + "\n")
    return 0 if all(bar.is_met for bar in judged) else 1


if __name__ == "__main__":
    raise SystemExit(main())
