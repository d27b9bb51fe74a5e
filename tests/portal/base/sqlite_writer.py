"""What does a process of its own write to one SQLite file? Run as a module with FILE and how many times."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction


def configure(file: str) -> None:
    engine: dict[str, Any] = {"ENGINE": "portal.base.sqlite_queue", "NAME": file}
    settings.configure(DATABASES={"default": engine}, USE_TZ=True)
    django.setup()


def add_one(number: int) -> None:
    """Read, then write what was read plus one: a lost update would show in the sum."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT total FROM tally")
        total = cursor.fetchone()[0]
        cursor.execute("UPDATE tally SET total = %s", [total + 1])
        with transaction.atomic():
            cursor.execute("INSERT INTO line (process, number) VALUES (%s, %s)", [os.getpid(), number])


def add_alone(number: int) -> None:
    """One statement without a transaction around it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO alone (process, number) VALUES (%s, %s)", [os.getpid(), number])


def write(*, times: int) -> None:
    slowest = 0.0
    for number in range(times):
        began = time.monotonic()
        add_one(number)
        add_alone(number)
        slowest = max(slowest, time.monotonic() - began)
    print(f"{slowest:.3f}")


def stay_in_the_middle(marker: Path) -> None:
    """Write half of something and wait to be killed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE tally SET total = total + 1000")
        marker.touch()
        sys.stdin.read()


if __name__ == "__main__":
    configure(sys.argv[1])
    if sys.argv[2] == "stay":
        stay_in_the_middle(Path(sys.argv[3]))
    else:
        write(times=int(sys.argv[2]))
