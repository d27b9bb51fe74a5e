"""How do the web server and the task worker start together and stop together?"""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Protocol

from portal.launch import sharing
from portal.launch.address import Address
from portal.launch.commands import ROOT, UnableToLaunch, end_with_parent, manage, python
from portal.launch.progress import SECONDS_WITHOUT_A_WORD, complain, say
from portal.launch.sharing import Fork

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 15.0
SECONDS_TO_STOP_BEFORE_READY = 1.0  # Granian's worker is deaf while it starts, and has nothing to finish
BYTES_OF_A_LOG = 5_000_000
LINES_OF_A_REASON = 15


class Running(Protocol):
    """What we ask of a server that runs: a subprocess.Popen or a sharing.Fork."""

    pid: int

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(frozen=True)
class Program:
    """One of the servers: its name, its command line, and where its output goes (None: the terminal).

    With `act` the server is a fork of this process, which has loaded the portal, and not a new one.
    """

    name: str
    command: Sequence[str]
    log: Path | None = None
    act: Callable[[], None] | None = None

    def start(self) -> Running:
        output = self._open_log()
        try:
            return Fork(self.act, output=output) if self.act else self._spawn(output)
        finally:
            if output is not None:
                os.close(output)

    def _spawn(self, output: int | None) -> Running:
        # A session of its own: Ctrl-C reaches only us, and each server is told to stop once and in order.
        return subprocess.Popen(  # noqa: S603
            self.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent if sys.platform == "linux" else None,
        )

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
    words = [*(word for option in options.items() for word in option), "--no-ws", "portal.wsgi:application"]
    act = partial(sharing.granian, words) if sharing.IS_POSSIBLE else None
    return Program("The web server", python("-m", "granian", *words), log, act)


def task_worker(*, log: Path | None, is_forked: bool = sharing.IS_POSSIBLE) -> Program:
    words = ["db_worker", "--backend", "background", "--queue-name", "*", "--no-startup-delay"]
    return Program("The task worker", manage(*words), log, partial(sharing.manage, words) if is_forked else None)


class Servers:
    """Programs that live and die together. The first one answers visitors, so it has the machine to itself first."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._running: dict[str, Running] = {}
        self._asked_to_stop = False
        self._are_ready = False

    def serve(self, *, ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Start all; wait until told to stop or until one ends by itself; answer the exit code."""
        for kind in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
            signal.signal(kind, self._stop_soon)
        try:
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
        began, is_told = time.monotonic(), False
        while not self._over and not self._are_ready:
            self._are_ready = ready()
            waited = time.monotonic() - began
            if waited > SECONDS_WITHOUT_A_WORD and not is_told:
                say("  Starting the servers ...")
                is_told = True
            if waited > SECONDS_TO_START:
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


def _finish(process: Running, *, within: float) -> bool:
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
