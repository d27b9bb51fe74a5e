"""What is the portal doing while somebody waits?"""

import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

SECONDS_WITHOUT_A_WORD = 2.0


def say(sentence: str) -> None:
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    print(f"\n{sentence}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str, *, quiet_for: float = SECONDS_WITHOUT_A_WORD) -> Generator[None]:
    """Tell of a step that takes longer than `quiet_for` seconds, and at its end how long it took."""
    began = time.monotonic()
    patience = threading.Timer(quiet_for, say, [f"  {name} ..."])
    patience.start()
    try:
        yield
    finally:
        patience.cancel()
        patience.join()  # no thread may be left when the servers are forked
    took = time.monotonic() - began
    if took > quiet_for:
        say(f"  {name}: done in {took:.0f} s")
