"""A real server with the demonstration in it, and what it uses of the machine."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    var_dir: Path
    process: subprocess.Popen[bytes]
    started_in: float

    def cpu_seconds(self) -> float:
        """CPU time of the portal so far, in seconds: launcher, web server, task worker."""
        return sum(map(_cpu_seconds, _family(self.process.pid)))

    def page_id(self, path: str) -> int:
        """The id of the page whose place in the tree is `path`, for example "/home/articles/"."""
        with closing(sqlite3.connect(self.var_dir / "portal.sqlite3")) as database:
            return int(database.execute("SELECT id FROM wagtailcore_page WHERE url_path = ?", [path]).fetchone()[0])

    def memory(self) -> int:
        """Bytes of memory of all of it; what processes share is counted once (PSS)."""
        return sum(map(_memory, _family(self.process.pid)))


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def children_of(server: Server) -> tuple[int, int]:
    """The processes of the web server and of the task worker, in the order in which they were started."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    for _attempt in range(600):
        if len(found := children.read_text().split()) == 2:
            return int(found[0]), int(found[1])
        time.sleep(0.05)
    raise TimeoutError("The task worker did not start within 30 seconds.")


def peak_memory(pid: int) -> int:
    """Bytes that the largest process of this family held at its highest; what it shares is counted too."""
    peaks = (Path(f"/proc/{member}/status").read_text() for member in _family(pid))
    return max(int(line.split()[1]) * 1024 for text in peaks for line in text.splitlines() if line.startswith("VmHWM"))


def environment(var_dir: Path) -> dict[str, str]:
    return {**os.environ, "VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}


def prepare(var_dir: Path) -> None:
    """What `make run` prepares before it serves; nothing if this folder has it all."""
    subprocess.run(
        [sys.executable, "-m", "portal.launch.preparation"],
        cwd=ROOT, env=environment(var_dir), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(var_dir: Path) -> Iterator[Server]:
    """The web server and the task worker, started as `make run` starts them."""
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.launch.run"],
        cwd=ROOT, env={**environment(var_dir), "HOST": "127.0.0.1", "PORT": str(port)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield Server(port=port, var_dir=var_dir, process=process, started_in=time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _attempt in range(2400):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("The server did not answer within two minutes.")
