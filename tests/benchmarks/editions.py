"""What does opening an edition cost? Compared with a static file of its size, answered by the same process.

`python -m tests.benchmarks.editions [--json] [--seconds 6] [--var DIR]` prints a table. One web process; the ratio is
that of the server's CPU time for an answer, so that a busy machine changes nothing.

| measure | against | bar |
|---|---|---|
| a section of an edition, and its cover, for visitors | a static file of the same size | at most 1.5 |
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

from tests.benchmarks.client import Answer, Client
from tests.benchmarks.front_door import Bar, Measure, measure, tell
from tests.factories.server import environment, prepare, running

CODE = "HC-SOP-777"
SECTIONS = 30


def run(var_dir: Path, *, seconds: float) -> tuple[list[Measure], list[Bar]]:
    prepare(var_dir)
    cover, section = _addresses(var_dir)
    with running(var_dir) as server:
        visitor = Client(server.port)
        sizes = {name: len(visitor.get(address).body) for name, address in (("cover", cover), ("section", section))}
        _lay_out(var_dir, sizes)
    # WhiteNoise knows the files that were there when it began.
    with running(var_dir) as server:
        visitor = Client(server.port)
        asks: dict[str, tuple[Callable[[], Answer], int]] = {
            "cover": (lambda: visitor.get(cover), 200),
            "section": (lambda: visitor.get(section), 200),
            "file like the cover": (lambda: visitor.get("/static/benchmark-cover.bin"), 200),
            "file like the section": (lambda: visitor.get("/static/benchmark-section.bin"), 200),
        }
        found = measure(server, asks, seconds=seconds)
    bars = [
        Bar(
            f"{name} / file of its size",
            round(found[name].cpu_milliseconds / found[f"file like the {name}"].cpu_milliseconds, 3),
            at_most=1.5,
        )
        for name in ("cover", "section")
    ]
    return list(found.values()), bars


def _lay_out(var_dir: Path, sizes: dict[str, int]) -> None:
    """Files as long as what is sent of the pages, which cannot be made shorter."""
    for name, size in sizes.items():
        Path(var_dir, "static", f"benchmark-{name}.bin").write_bytes(os.urandom(size))


def _addresses(var_dir: Path) -> tuple[str, str]:
    """The cover and the last section of a public edition: one of the demonstration, or one that is issued for this."""
    os.environ.update({name: environment(var_dir)[name] for name in ("VAR_DIR", "DJANGO_SETTINGS_MODULE")})
    django.setup()
    from django.db import transaction

    from portal.base.audience import ANYBODY
    from portal.editions.addresses import page_address
    from portal.editions.models import Edition
    from portal.editions.reading import pages_for
    from tests.factories.editions import issued_manual

    editions = Edition.objects.exclude(code="").order_by("number")
    if not editions:
        with transaction.atomic():
            issued_manual(code=CODE, sections=SECTIONS)
    edition = editions.all()[0]
    pages = pages_for(edition, ANYBODY, language="en")
    return page_address(edition, pages[0]), page_address(edition, pages[-1])


if __name__ == "__main__":
    sys.exit(tell(__doc__, run))
