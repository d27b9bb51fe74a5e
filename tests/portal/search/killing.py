"""A worker that is killed again and again while it writes, beside somebody who goes on publishing.

`python -m tests.portal.search.killing KILLS` works on the database of VAR_DIR and prints what came of it as JSON.
Workers are forks of one process that has loaded the portal: forty of them would otherwise spend minutes starting.
"""

import fcntl
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass, field

import django
from django.core.management import call_command
from django.db import connections

WORKER = ["--backend", "background", "--queue-name", "*", "--no-startup-delay", "--no-reload"]
CHANGES_A_ROUND = 25
#: How long one worker is waited for on a busy machine, and how long it may rest before it is given more to do.
SECONDS_OF_PATIENCE, SECONDS_WITHOUT_WORK = 60, 5
WORDS = "abcdefghijklmnoprstuvwyz"


@dataclass
class Outcome:
    """`lost` are acknowledged changes that were not found at the end, `wrong` what was found and should not be."""

    kills: int = 0
    killed_while_writing: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    differences: int = 0
    waiting: int = 0


def worker(*, until_done: bool = False) -> int:
    """The id of a new task worker."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        call_command("db_worker", *WORKER, *(["--batch"] if until_done else []), verbosity=0)
    finally:
        os._exit(0)


def is_writing() -> bool:
    from portal.search import feeding

    try:
        with open(feeding.index().folder / "lock", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def kill_while_it_writes(child: int, *, expected: dict[int, str], chance: random.Random, outcome: Outcome) -> None:
    """At some moment of a batch. It is stopped before it is looked at: what it does then, it does when it is killed.

    A batch takes some tenths of a second, from reading the rows to deleting them; where it was over already, an earlier
    moment is tried, and a worker that has nothing left to write gets more.
    """
    patience, moment = time.monotonic() + SECONDS_OF_PATIENCE, chance.uniform(0, 0.2)
    is_hit = False
    while not is_hit and time.monotonic() < patience:
        if not begins_to_write(until=time.monotonic() + SECONDS_WITHOUT_WORK):
            publish(expected, chance=chance, outcome=outcome)
            continue
        time.sleep(moment)
        os.kill(child, signal.SIGSTOP)
        os.waitpid(child, os.WUNTRACED)
        is_hit, moment = is_writing(), moment / 2
        if not is_hit:
            os.kill(child, signal.SIGCONT)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    outcome.killed_while_writing += is_hit
    outcome.kills += 1


def begins_to_write(*, until: float) -> bool:
    while not (begun := is_writing()) and time.monotonic() < until:
        time.sleep(0.001)
    return begun


def publish(expected: dict[int, str], *, chance: random.Random, outcome: Outcome) -> None:
    """Change some articles, one transaction each; what `expected` holds is committed."""
    from lessons.articles.models import ArticlePage

    for _change in range(CHANGES_A_ROUND):
        article = ArticlePage.objects.get(pk=chance.choice(sorted(expected)))
        if chance.random() < 0.05 and len(expected) > 20:
            del expected[article.pk]
            article.delete()
            continue
        word = "zq" + "".join(chance.choice(WORDS) for _letter in range(10))
        article.title = f"Lesson {word}"
        article.save()
        expected[article.pk] = word
    outcome.acknowledged += CHANGES_A_ROUND


def compare(expected: dict[int, str], outcome: Outcome) -> None:
    from portal.search import health
    from portal.search.models import Change
    from tests.portal.search.indexes import pages_found

    outcome.lost = [f"{pk} {word}" for pk, word in expected.items() if word and pages_found(word) != {pk}]
    outcome.wrong = [str(pk) for pk in sorted(pages_found("lesson") - set(expected))]
    outcome.differences = len(health.differences())
    outcome.waiting = Change.objects.count()


def main(kills: int) -> None:
    django.setup()
    from lessons.articles.models import ArticlePage

    chance, outcome = random.Random(4), Outcome()  # noqa: S311
    os.waitpid(worker(until_done=True), 0)
    expected = dict.fromkeys(ArticlePage.objects.values_list("pk", flat=True), "")
    for _round in range(kills):
        child = worker()
        publish(expected, chance=chance, outcome=outcome)
        kill_while_it_writes(child, expected=expected, chance=chance, outcome=outcome)
    os.waitpid(worker(until_done=True), 0)
    compare(expected, outcome)
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
