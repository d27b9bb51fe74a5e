"""What does an upload cost the running portal, and does it keep what it was given when its worker is killed?

`python -m tests.benchmarks.uploads [--json] [--count 200] [--var DIR]`. One curator, the real server and worker.

| measure | bar |
|---|---|
| a JPEG of 24 megapixels, from the first byte sent to the answer | at most 2 s on a quiet machine |
| the same as multiple of what Pillow needs to unpack it in the same run | told |
| all sizes of it, made by the worker | at most 2 s of CPU time |
| memory of the web server, and of the worker with its workshop, at their highest | each at most 300 MB |
| pictures brought one after the other while the worker is killed with -9 | all there, with all their sizes |
"""

import argparse
import json
import os
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from tests.benchmarks.client import Client
from tests.benchmarks.front_door import TOKEN, Bar, lines_of
from tests.benchmarks.ingest import LARGE, photograph
from tests.factories.server import Server, children_of, peak_memory, prepare, running

CURATOR, PASSWORD = "curator@demo.example", "thai-silk-demonstration"
MANY = "/admin/images/multiple/add/"
BOUNDARY = "a-line-that-is-in-no-picture-of-ours"
MEGABYTE = 1024 * 1024
SIZES = 12
PATIENCE = 900


def jpeg(size: tuple[int, int], *, shade: int = 0) -> bytes:
    """Each shade is another picture: what is there already is told, and not brought twice."""
    image = photograph(size).point(lambda value: min(255, value + shade % 16))
    image.putpixel((0, 0), (shade % 256, shade // 256, 0))
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


class Curator:
    """Somebody who is signed in and brings pictures."""

    def __init__(self, port: int) -> None:
        self._client = Client(port)
        found = TOKEN.search(self._client.get("/en/accounts/login/").body)
        assert found is not None
        fields = f"csrfmiddlewaretoken={found.group(1).decode()}&login={quote(CURATOR)}&password={PASSWORD}"
        assert self._client.post("/en/accounts/login/", fields).status == 302
        page = self._client.get(MANY)
        token = TOKEN.search(page.body) or re.search(rb'data-csrf="([^"]+)"', page.body)
        assert token is not None, page.head
        self._token = token.group(1).decode()

    def bring(self, content: bytes, *, name: str) -> int:
        """The status; a refusal is an error here."""
        fields = {"csrfmiddlewaretoken": self._token, "credit": "The centre", "rights": "own", "rights_note": ""}
        fields["collection"] = "1"
        lines = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        file = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files[]"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        body = ("".join(lines) + file).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        answer = self._client._ask(self._client.request("POST", MANY, body=body, kind=kind))
        assert b'"success": true' in answer.body, answer.body[:500]
        return answer.status


def counted(var_dir: Path, question: str) -> int:
    with closing(sqlite3.connect(var_dir / "portal.sqlite3", timeout=60)) as database:
        return int(database.execute(question).fetchone()[0])


def wait_for_sizes(var_dir: Path) -> None:
    until = time.monotonic() + PATIENCE
    while counted(var_dir, "SELECT count(*) FROM media_picture WHERE renditions_made_at IS NULL"):
        if time.monotonic() > until:
            raise TimeoutError("The sizes of pictures were not made in time.")
        time.sleep(0.2)


def one_large(server: Server) -> list[Bar]:
    """A picture of 24 megapixels, three times; the quickest counts, for the machine is shared."""
    pictures = [jpeg(LARGE, shade=number) for number in range(3)]
    web, worker = children_of(server)
    curator, took, drawn = Curator(server.port), [], []
    for number, content in enumerate(pictures):
        begun = time.perf_counter()
        curator.bring(content, name=f"large-{number}.jpg")
        took.append(time.perf_counter() - begun)
        before = server.cpu_seconds()
        wait_for_sizes(server.var_dir)
        drawn.append(server.cpu_seconds() - before)
    return [
        Bar("24 megapixels brought, s", round(min(took), 2), at_most=2),
        Bar("the same / Pillow unpacks it", round(min(took) / unpacked_in(pictures[0]), 1), at_most=20),
        Bar("all its sizes made, s of CPU", round(min(drawn), 2), at_most=2),
        Bar("web server at its highest, MB", round(peak_memory(web) / MEGABYTE), at_most=300),
        Bar("worker at its highest, MB", round(peak_memory(worker) / MEGABYTE), at_most=300),
    ]


def unpacked_in(content: bytes) -> float:
    begun = time.perf_counter()
    Image.open(BytesIO(content)).load()
    return time.perf_counter() - begun


def many(var_dir: Path, *, count: int) -> list[Bar]:
    """`count` pictures; half-way the worker is killed, which ends the portal; it is started again."""
    before = counted(var_dir, "SELECT count(*) FROM media_picture")
    pictures = [jpeg((900 + number % 7, 600), shade=number) for number in range(count)]
    with killed_at_the_end(var_dir) as server:
        curator = Curator(server.port)
        for number, content in enumerate(pictures):
            curator.bring(content, name=f"{number}.jpg")
    waiting = counted(var_dir, "SELECT count(*) FROM media_picture WHERE renditions_made_at IS NULL")
    with running(var_dir):
        wait_for_sizes(var_dir)
    there = counted(var_dir, "SELECT count(*) FROM media_picture") - before
    return [
        Bar("pictures still waiting when the worker was killed", waiting, at_least=1),
        Bar("pictures there of those brought", there, at_least=count, at_most=count),
        Bar("of them with all their sizes on the disk", complete(var_dir, after=before), at_least=count),
    ]


@contextmanager
def killed_at_the_end(var_dir: Path) -> Iterator[Server]:
    with running(var_dir) as server:
        _web, worker = children_of(server)
        yield server
        os.kill(worker, signal.SIGKILL)
        server.process.wait(timeout=60)


def complete(var_dir: Path, *, after: int) -> int:
    """How many of the new pictures have every size, and every size its file."""
    question = "SELECT image_id, file FROM media_picturerendition ORDER BY image_id"
    with closing(sqlite3.connect(var_dir / "portal.sqlite3")) as database:
        new = {
            row[0] for row in database.execute("SELECT id FROM media_picture ORDER BY id LIMIT -1 OFFSET ?", [after])
        }
        sizes: dict[int, int] = dict.fromkeys(new, 0)
        for picture, file in database.execute(question):
            if picture in new and (var_dir / "media" / file).stat().st_size > 0:
                sizes[picture] += 1
    return sum(1 for number in sizes.values() if number >= SIZES - 2)


def run(var_dir: Path, *, count: int) -> list[Bar]:
    prepare(var_dir)
    with running(var_dir) as server:
        wait_for_sizes(var_dir)
        found = one_large(server)
    return found + many(var_dir, count=count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--count", type=int, default=200, help="how many pictures are brought together")
    parser.add_argument("--var", type=Path, help="a folder to keep the prepared database in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bars = run(options.var or Path(folder), count=options.count)
    print(json.dumps([asdict(bar) for bar in bars], indent=2) if options.json else "\n".join(lines_of(bars, width=56)))
    return 0 if all(bar.is_met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
