"""How fast is the front door? Every figure is a ratio against a view that does nothing, on the same server, in one run.

`python -m tests.benchmarks.front_door [--json] [--seconds 3] [--var DIR]` prints a table. Two cores; one web process.

| measure | against | bar |
|---|---|---|
| a public page from the cache | the hello-world view | at least 0.7 |
| a lesson page for a signed-in learner | the hello-world view | at least 0.12 |
| a lesson marked as done, stored and folded | the bare one-row upsert view | at least 0.4 |
| memory of web server and task worker together | | at most 300 MB |
| start-up until the first answer | | at most 5 s |

The ratio is that of requests a second of server CPU time: what a client costs does not count, and another process on
the machine does not change it. Measures are taken in turn, several rounds, and the medians are compared.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.client import Answer, Client, asked_for
from tests.factories.server import Server, prepare, running

LEARNER, PASSWORD = "learner@demo.example", "thai-silk-demonstration"
ARTICLE = "/en/articles/the-uniform/"
COURSE = "/en/courses/first-interview/"
LESSON = f"{COURSE}before-the-first-question/before-the-room/"
ROUNDS = 3
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Measure:
    name: str
    requests_a_second: float
    cpu_milliseconds: float


@dataclass(frozen=True)
class Bar:
    """A ratio or a figure, and what it has to be."""

    name: str
    figure: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool:
        if self.at_least is not None:
            return self.figure >= self.at_least
        return self.at_most is not None and self.figure <= self.at_most


def measure(server: Server, asks: dict[str, tuple[Callable[[], Answer], int]], *, seconds: float) -> dict[str, Measure]:
    """Ask each in turn, several rounds; the medians of throughput and of the server's CPU time for a request."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in asks}
    for ask, status in asks.values():
        asked_for(0.5, ask, status=status)
    for _round in range(ROUNDS):
        for name, (ask, status) in asks.items():
            before = server.cpu_seconds()
            count, took = asked_for(seconds / ROUNDS, ask, status=status)
            rounds[name].append((count / took, 1000 * (server.cpu_seconds() - before) / count))
    return {
        name: Measure(name, statistics.median(r for r, _ in taken), statistics.median(c for _, c in taken))
        for name, taken in rounds.items()
    }


def sign_in(client: Client) -> None:
    token = TOKEN.search(client.get("/en/accounts/login/").body)
    assert token is not None
    fields = f"csrfmiddlewaretoken={token.group(1).decode()}&login={LEARNER.replace('@', '%40')}&password={PASSWORD}"
    answer = client.post("/en/accounts/login/", fields)
    assert answer.status == 302, answer.body[:500]


def asks_of(server: Server) -> dict[str, tuple[Callable[[], Answer], int]]:
    visitor, learner = Client(server.port), Client(server.port)
    sign_in(learner)
    finish = enrolled(learner)
    return {
        "hello": (lambda: visitor.get("/hello"), 200),
        "public page": (lambda: visitor.get(ARTICLE), 200),
        "signed-in lesson": (lambda: learner.get(LESSON), 200),
        "upsert": (lambda: visitor.post("/upsert", json.dumps({"number": uuid.uuid4().int % 10**9})), 200),
        "progress write": (finish, 302),
    }


def enrolled(learner: Client) -> Callable[[], Answer]:
    """Enrol the learner; the answer marks the first lesson as done, each time as a new event."""
    page = learner.get(COURSE).body
    if form := re.search(rb'action="([^"]*enrol[^"]*)"', page):
        token = TOKEN.search(page)
        assert token is not None
        learner.post(form.group(1).decode(), f"csrfmiddlewaretoken={token.group(1).decode()}&event={uuid.uuid4()}")
    page = learner.get(LESSON).body
    # In a database that was measured before, the lesson is done already; it can be marked again.
    form, token = re.search(rb'action="([^"]*)(?:finish|take-back)/"', page), TOKEN.search(page)
    assert form is not None, "The lesson page offers no way to mark it as done."
    assert token is not None
    address, secret = f"{form.group(1).decode()}finish/", token.group(1).decode()
    return lambda: learner.post(address, f"csrfmiddlewaretoken={secret}&event={uuid.uuid4()}")


def bars(server: Server, found: dict[str, Measure]) -> list[Bar]:
    def ratio(one: str, other: str) -> float:
        return round(found[other].cpu_milliseconds / found[one].cpu_milliseconds, 3)

    return [
        Bar("public page / hello", ratio("public page", "hello"), at_least=0.7),
        Bar("signed-in lesson / hello", ratio("signed-in lesson", "hello"), at_least=0.12),
        Bar("progress write / upsert", ratio("progress write", "upsert"), at_least=0.4),
        Bar("memory, MB", round(server.memory() / MEGABYTE, 1), at_most=300),
        Bar("start-up, s", round(server.started_in, 2), at_most=5),
    ]


def run(var_dir: Path, *, seconds: float) -> tuple[list[Measure], list[Bar]]:
    prepare(var_dir)
    with running(var_dir) as server:
        found = measure(server, asks_of(server), seconds=seconds)
        return list(found.values()), bars(server, found)


def table(measures: list[Measure], found: list[Bar]) -> str:
    lines = [f"{'measure':<28}{'requests/s':>12}{'CPU ms':>10}"]
    lines += [f"{m.name:<28}{m.requests_a_second:>12.0f}{m.cpu_milliseconds:>10.3f}" for m in measures]
    return "\n".join([*lines, "", *lines_of(found)])


def lines_of(found: list[Bar], *, width: int = 28) -> list[str]:
    """What each figure is, and what it has to be."""
    lines = [f"{'ratio or figure':<{width}}{'is':>12}{'bar':>10}"]
    for bar in found:
        wanted = f"≥ {bar.at_least}" if bar.at_least is not None else f"≤ {bar.at_most}"
        lines.append(f"{bar.name:<{width}}{bar.figure:>12}{wanted:>10}  {'met' if bar.is_met else 'NOT MET'}")
    return lines


def tell(doc: str | None, run: Callable[..., tuple[list[Measure], list[Bar]]]) -> int:
    """The command of a benchmark: run it, print what it found; 0 if every bar is met."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0] if doc else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--seconds", type=float, default=6, help="how long each measure is taken")
    parser.add_argument("--var", type=Path, help="a folder to keep the prepared database in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measures, found = run((options.var or Path(temporary)).resolve(), seconds=options.seconds)
    if options.json:
        sys.stdout.write(json.dumps({"measures": [*map(asdict, measures)], "bars": [*map(asdict, found)]}) + "\n")
    else:
        sys.stdout.write(table(measures, found) + "\n")
    return 0 if all(bar.is_met for bar in found) else 1


if __name__ == "__main__":
    raise SystemExit(tell(__doc__, run))
