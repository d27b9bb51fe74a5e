"""How fast does a public file leave the house? Against WhiteNoise, with the same bytes, on the same server, in one run.

`python -m tests.benchmarks.files [--json] [--seconds 8] [--var DIR]` prints a table. Two cores; one web process.

| measure | against | bar |
|---|---|---|
| a public rendition of 10 KB, 100 KB, 2 MB | WhiteNoise with a static file of the same bytes | at least 0.5 |
| a part of 64 KB of 2 MB | the same part from WhiteNoise | at least 0.5 |
| a hidden address | an address that does not exist | at most 1.25 either way |

The ratio is that of CPU time of the server for a request. A static file lies in the folder of static files before the
server starts, as WhiteNoise wants it; a rendition is one of the demonstration's, with other bytes on the disk.
"""

import gzip
import os
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.benchmarks.client import Answer, Client
from tests.benchmarks.front_door import Bar, Measure, measure, tell
from tests.factories.server import Server, prepare, running

SIZES = {"10 KB": 10 * 1024, "100 KB": 100 * 1024, "2 MB": 2 * 1024 * 1024}
LARGEST, A_PART = "2 MB", "a part of 64 KB"
OURS, THEIRS = "public rendition", "WhiteNoise"
PART = (512 * 1024, 576 * 1024 - 1)


class PartOfFileClient(Client):
    """A player that asks for a part in the middle."""

    def request(self, method: str, path: str, *, body: bytes = b"", kind: str = "") -> bytes:
        whole = super().request(method, path, body=body, kind=kind)
        return whole.replace(b"\r\n\r\n", b"\r\nRange: bytes=%d-%d\r\n\r\n" % PART, 1)


def static_files(var_dir: Path) -> dict[str, bytes]:
    """Files of each size where WhiteNoise finds them; answers their bytes. No encoding makes them smaller."""
    contents = {name: os.urandom(size) for name, size in SIZES.items()}
    for name, content in contents.items():
        (var_dir / "static" / static_name(name)).write_bytes(content)
    return contents


def static_name(size: str) -> str:
    return f"benchmark-{size.replace(' ', '-').lower()}.webp"


def public_renditions(client: Client, *, wanted: int) -> list[str]:
    """Addresses of renditions on the pages of the demonstration; the task worker may still be making them."""
    found: dict[str, None] = {}
    for _attempt in range(120):
        for page in ("/en/", "/en/exhibitions/", "/en/articles/", "/en/manuals/"):
            found.update(dict.fromkeys(re.findall(r'/files/images/[^"\s,]+', text_of(client.get(page)))))
        if len(found) >= wanted:
            return list(found)[:wanted]
        time.sleep(1)
    raise TimeoutError("The demonstration shows no pictures.")


def text_of(answer: Answer) -> str:
    is_packed = b"content-encoding: gzip" in answer.head.lower()
    return (gzip.decompress(answer.body) if is_packed else answer.body).decode()


def hidden_original(var_dir: Path) -> str:
    with closing(sqlite3.connect(var_dir / "portal.sqlite3")) as database:
        name = database.execute("SELECT file FROM media_picture LIMIT 1").fetchone()[0]
    return f"/files/{name}"


def asks_of(server: Server, contents: dict[str, bytes]) -> dict[str, tuple[Callable[[], Answer], int]]:
    client, player = Client(server.port), PartOfFileClient(server.port)
    asks: dict[str, tuple[Callable[[], Answer], int]] = {}
    addresses = dict(zip(contents, public_renditions(client, wanted=len(contents)), strict=True))
    for size, content in contents.items():
        (server.var_dir / "media" / addresses[size].removeprefix("/files/")).write_bytes(content)
        for kind, address in ((OURS, addresses[size]), (THEIRS, f"/static/{static_name(size)}")):
            assert client.get(address).body == content
            asks[f"{kind}, {size}"] = (partial(client.get, address), 200)
            if size == LARGEST:
                asks[f"{kind}, {A_PART}"] = (partial(player.get, address), 206)
    asks["hidden"] = (partial(client.get, hidden_original(server.var_dir)), 404)
    asks["unknown"] = (partial(client.get, "/files/original_images/0123456789abcdef0123.jpg"), 404)
    return asks


def bars(found: dict[str, Measure]) -> list[Bar]:
    def ratio(one: str, other: str) -> float:
        return round(found[other].cpu_milliseconds / found[one].cpu_milliseconds, 3)

    against = [Bar(f"{what}: ours / WhiteNoise", ratio(f"{OURS}, {what}", f"{THEIRS}, {what}"), at_least=0.5)
               for what in (*SIZES, A_PART)]  # fmt: skip
    slower, faster = sorted(("hidden", "unknown"), key=lambda name: found[name].cpu_milliseconds, reverse=True)
    return [*against, Bar("hidden or unknown: slower / faster", ratio(faster, slower), at_most=1.25)]


def run(var_dir: Path, *, seconds: float) -> tuple[list[Measure], list[Bar]]:
    prepare(var_dir)
    contents = static_files(var_dir)
    with running(var_dir) as server:
        found = measure(server, asks_of(server, contents), seconds=seconds)
        return list(found.values()), bars(found)


if __name__ == "__main__":
    raise SystemExit(tell(__doc__, run))
