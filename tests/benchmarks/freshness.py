"""How soon is a page found after it was published, and does anybody notice that the index is built again?

`python -m tests.benchmarks.freshness [--pages 20] [--rebuilds 10] [--readers 4] [--var DIR] [--json]`: the real web
server and task worker, the demonstration, and an editor's process that publishes. Two cores.

| measure | bar |
|---|---|
| seconds until a page is found, on an idle machine, the worst | at most 5 |
| the same while readers search as fast as they can | at most 60 |
| the same while they do and the index is built again and again | at most 60 |
| searches that failed, or found nothing, during the rebuilds | 0 |
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.client import Answer, Client
from tests.benchmarks.front_door import Bar, lines_of
from tests.factories.server import ROOT, Server, environment, prepare, running

#: Words that the demonstration holds; every search for one of them finds something.
ASKED = ["interview", "silk", "trafficking", "%E0%B8%9C%E0%B8%B9%E0%B9%89%E0%B9%80%E0%B8%AA%E0%B8%B5%E0%B8%A2%E0%B8%AB"
         "%E0%B8%B2%E0%B8%A2"]  # fmt: skip
SECONDS_BETWEEN_LOOKS = 0.05
PATIENCE = 180


@dataclass
class Searches:
    """What readers met."""

    asked: int = 0
    failed: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def has_results(body: bytes) -> bool:
    return b'class="hit"' in body


@contextmanager
def searching(server: Server, *, readers: int) -> Iterator[Searches]:
    """Readers who search one after the other, as fast as they are answered."""
    met, over = Searches(), threading.Event()

    def read(nth: int) -> None:
        client = Client(server.port)
        while not over.is_set():
            word = ASKED[(met.asked + nth) % len(ASKED)]
            begun = time.perf_counter()
            answer = client.get(f"/en/search/?q={word}")
            met.asked += 1
            met.seconds.append(time.perf_counter() - begun)
            if answer.status != 200:
                met.failed.append(f"{answer.status} for {word}")
            elif not has_results(whole(answer)):
                met.empty.append(word)

    threads = [threading.Thread(target=read, args=[nth], daemon=True) for nth in range(readers)]
    for thread in threads:
        thread.start()
    yield met
    over.set()
    for thread in threads:
        thread.join(timeout=60)


def whole(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if b"content-encoding: gzip" in answer.head.lower() else answer.body


class Editor:
    """A process of its own that publishes an article when it is told a title."""

    def __init__(self, var_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH], cwd=ROOT, env=environment(var_dir), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout
        self._process.stdout.readline()

    def publish(self, word: str) -> float:
        """Seconds that it took."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def leave(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


PUBLISH = """
import sys, time, django
django.setup()
from lessons.articles.models import ArticleIndexPage, ArticlePage
from wagtail.models import Page
shelf = ArticleIndexPage.objects.filter(locale__language_code="en").first()
print("ready", flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    page = ArticlePage(title=f"Freshness {line.strip()}", slug=line.strip(), locale=shelf.locale, live=False)
    Page.objects.get(pk=shelf.pk).add_child(instance=page)
    page.save_revision().publish()
    print(time.perf_counter() - begun, flush=True)
"""


def until_found(server: Server, editor: Editor, *, words: Sequence[str]) -> tuple[list[float], list[float]]:
    """For each of `words`, the seconds that publishing took, and those until a page with it was found."""
    client, publishing, finding = Client(server.port), [], []
    for word in words:
        publishing.append(editor.publish(word))
        begun = time.perf_counter()
        while time.perf_counter() - begun < PATIENCE:
            if f"/{word}/".encode() in whole(client.get(f"/en/search/?q={word}")):
                break
            time.sleep(SECONDS_BETWEEN_LOOKS)
        finding.append(time.perf_counter() - begun)
    return publishing, finding


@contextmanager
def rebuilding(var_dir: Path, *, times: int) -> Iterator[list[float]]:
    """The index is built again so many times, one after the other; the seconds that each took."""
    took: list[float] = []

    def rebuild() -> None:
        for _time in range(times):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "manage.py", "rebuild_index", "--verbosity", "0"],
                cwd=ROOT, env=environment(var_dir), check=True,
            )  # fmt: skip
            took.append(time.perf_counter() - begun)

    thread = threading.Thread(target=rebuild)
    thread.start()
    yield took
    thread.join()


def words_of(name: str, *, count: int, run: str) -> list[str]:
    return [f"zq{name}{run}{chr(ord('a') + nth // 20)}{chr(ord('b') + nth % 20)}x" for nth in range(count)]


def run(var_dir: Path, *, pages: int, rebuilds: int, readers: int) -> dict[str, float]:
    prepare(var_dir)
    mark = "".join(chr(ord("a") + int(digit)) for digit in str(int(time.time()) % 100_000))
    with running(var_dir) as server:
        editor = Editor(var_dir)
        time.sleep(3)
        _took, idle = until_found(server, editor, words=words_of("i", count=pages, run=mark))
        with searching(server, readers=readers) as met_before:
            publishing, loaded = until_found(server, editor, words=words_of("l", count=pages, run=mark))
        with searching(server, readers=readers) as met, rebuilding(var_dir, times=rebuilds) as took:
            _took, rebuilt = until_found(server, editor, words=words_of("r", count=pages, run=mark))
        editor.leave()
    return {
        "found when idle, median s": statistics.median(idle),
        "found when idle, worst s": max(idle),
        "found under load, median s": statistics.median(loaded),
        "found under load, worst s": max(loaded),
        "publishing under load, worst s": max(publishing),
        "searches under load": met_before.asked,
        "rebuilds": len(took),
        "a rebuild, median s": statistics.median(took),
        "found during rebuilds, worst s": max(rebuilt),
        "searches during rebuilds": met.asked,
        "failed searches": len(met_before.failed) + len(met.failed),
        "empty searches": len(met_before.empty) + len(met.empty),
        "a search during rebuilds, worst s": max(met.seconds),
    }


def bars(found: dict[str, float]) -> list[Bar]:
    limits = {
        "found when idle, worst s": 5, "found under load, worst s": 60, "found during rebuilds, worst s": 60,
        "failed searches": 0, "empty searches": 0,
    }  # fmt: skip
    return [Bar(name, round(found[name], 2), at_most=most) for name, most in limits.items()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=20, help="how many pages are published for each measure")
    parser.add_argument("--rebuilds", type=int, default=10)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--var", type=Path, help="a folder to keep the prepared database in")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        var_dir = (options.var or Path(temporary)).resolve()
        found = run(var_dir, pages=options.pages, rebuilds=options.rebuilds, readers=options.readers)
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        lines = [f"{name:<36}{figure:>12.2f}" for name, figure in found.items()]
        sys.stdout.write("\n".join([*lines, "", *lines_of(bars(found), width=36)]) + "\n")
    return 0 if all(bar.is_met for bar in bars(found)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
