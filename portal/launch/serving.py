"""How do the web server and the task worker start together and stop together?"""

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from portal.launch.address import Address
from portal.launch.commands import ROOT, UnableToLaunch, manage, python
from portal.launch.progress import complain, step

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 15.0
SECONDS_TO_STOP_BEFORE_READY = 1.0  # Granian's worker is deaf while it starts, and has nothing to finish
BYTES_OF_A_LOG = 5_000_000
LINES_OF_A_REASON = 15


@dataclass(frozen=True)
class Program:
    """One of the servers: its name, how it is started, and where its output goes (None: the terminal)."""

    name: str
    command: Sequence[str]
    log: Path | None = None

    def start(self) -> subprocess.Popen[bytes]:
        output = self._open_log()
        try:
            # A session of its own: Ctrl-C reaches only us, and each server is told to stop once and in order.
            return subprocess.Popen(  # noqa: S603
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        finally:
            if output:
                os.close(output)

    def _open_log(self) -> int | None:
        if self.log is None:
            return None
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > BYTES_OF_A_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        return os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)

    def last_words(self) -> str:
        if self.log is None or not self.log.exists():
            return ""
        lines = self.log.read_text(errors="replace").splitlines()[-LINES_OF_A_REASON:]
        return f" The end of {self.log}:\n" + "\n".join(f"    {line}" for line in lines)


def _end_with_parent() -> None:
    """Should we be killed with -9, the servers stop too instead of holding the port."""
    ask_for_signal_at_parents_death = 1
    ctypes.CDLL(None).prctl(ask_for_signal_at_parents_death, signal.SIGTERM)


def web_server(address: Address, *, log: Path | None) -> Program:
    """Granian. Its backpressure counts open connections, idle ones too: more than browsers keep open."""
    options = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": address.host,
        "--port": str(address.port),
        "--workers": os.environ.get("WEB_WORKERS") or "1",
        "--blocking-threads": "4",
        "--backpressure": "1024",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    flat = [word for option in options.items() for word in option]
    return Program("The web server", python("-m", "granian", *flat, "--no-ws", "portal.wsgi:application"), log)


def task_worker(*, log: Path | None) -> Program:
    command = manage("db_worker", "--backend", "background", "--queue-name", "*", "--no-startup-delay")
    return Program("The task worker", command, log)


class Servers:
    """Programs that live and die together. The first one answers visitors, so it has the machine to itself first."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False
        self._are_ready = False

    def serve(self, *, ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Start all; wait until told to stop or until one ends by itself; answer the exit code."""
        for kind in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
            signal.signal(kind, self._stop_soon)
        try:
            with step("Starting the servers"):
                self._start(self._programs[:1])
                self._wait_until(ready)
            if self._are_ready:
                self._start(self._programs[1:])
                when_ready()
            while not self._over:
                time.sleep(0.2)
        finally:
            fallen = self._fallen()
            in_order = self._stop_all()
        return self._verdict(fallen, in_order=in_order)

    def _start(self, programs: Sequence[Program]) -> None:
        for program in programs:
            self._running[program.name] = program.start()

    def _stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    @property
    def _over(self) -> bool:
        return self._asked_to_stop or bool(self._fallen())

    def _fallen(self) -> list[Program]:
        return [one for one in self._programs if one.name in self._running and self._code(one) is not None]

    def _code(self, program: Program) -> int | None:
        return self._running[program.name].poll()

    def _wait_until(self, ready: Callable[[], bool]) -> None:
        gives_up_at = time.monotonic() + SECONDS_TO_START
        while not self._over and not self._are_ready:
            self._are_ready = ready()
            if time.monotonic() > gives_up_at:
                words = self._programs[0].last_words()
                raise UnableToLaunch(f"The portal did not answer within {SECONDS_TO_START:.0f} s.{words}")
            time.sleep(0.05)

    def _stop_all(self) -> bool:
        """Ask every server to finish what it is doing; kill those that do not, and then answer False."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        patience = SECONDS_TO_STOP if self._are_ready else SECONDS_TO_STOP_BEFORE_READY
        return all([_finish(process, within=patience) for process in self._running.values()])

    def _verdict(self, fallen: Sequence[Program], *, in_order: bool) -> int:
        if self._asked_to_stop:
            return 0 if in_order or not self._are_ready else 1
        for program in fallen:
            complain(f"{program.name} ended by itself ({_how(self._code(program))}).{program.last_words()}")
        return 1


def _finish(process: subprocess.Popen[bytes], *, within: float) -> bool:
    try:
        process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by signal {-code}"
    return f"exit code {code}"


def is_healthy(address: Address) -> bool:
    """Does /healthz answer? Asked without urllib, which would go through a proxy.

    A production that answers only to its own name, and only over https, refuses our question: that is an answer.
    """
    asked = http.client.HTTPConnection(address.reachable_host, address.port, timeout=5)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
