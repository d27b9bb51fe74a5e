"""Do the servers live and die together, and is the reason told?"""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.launch import serving
from portal.launch.commands import UnableToLaunch
from portal.launch.serving import Program, Servers

STAYS = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: exit(0)); time.sleep(60)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
FALLS = "print('The disk is full'); raise SystemExit(3)"


def program(name: str, code: str, *, log: Path) -> Program:
    return Program(name, [sys.executable, "-c", code], log / f"{name}.log")


def stop_soon(kind: int) -> None:
    threading.Timer(0.1, os.kill, [os.getpid(), kind]).start()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    """The servers listen to Ctrl-C; the test run wants it back."""
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.getsignal(kind) for kind in kinds}
    yield
    for kind, handler in before.items():
        signal.signal(kind, handler)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_that_is_success(tmp_path: Path, kind: int) -> None:
    servers = Servers([program("web", STAYS, log=tmp_path), program("worker", STAYS, log=tmp_path)])
    code = servers.serve(ready=lambda: True, when_ready=lambda: stop_soon(kind))
    assert code == 0
    assert not any(is_alive(process.pid) for process in servers._running.values())


def test_when_one_falls_the_other_is_stopped_and_the_reason_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    servers = Servers([program("web", STAYS, log=tmp_path), program("worker", FALLS, log=tmp_path)])
    code = servers.serve(ready=lambda: True, when_ready=lambda: None)
    told = capsys.readouterr().err
    assert code == 1
    assert "worker ended by itself (exit code 3)" in told
    assert "The disk is full" in told
    assert not any(is_alive(process.pid) for process in servers._running.values())


def test_who_does_not_stop_is_killed_and_that_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SECONDS_TO_STOP", 0.2)
    log = tmp_path / "web.log"
    servers = Servers([program("web", STUBBORN, log=tmp_path)])
    code = servers.serve(
        ready=lambda: log.exists() and "deaf" in log.read_text(), when_ready=lambda: stop_soon(signal.SIGTERM)
    )
    assert code == 1
    assert not any(is_alive(process.pid) for process in servers._running.values())


def test_a_portal_that_never_answers_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SECONDS_TO_START", 0.3)
    servers = Servers([program("web", STAYS, log=tmp_path)])
    with pytest.raises(UnableToLaunch, match="did not answer within"):
        servers.serve(ready=lambda: False, when_ready=lambda: None)
    assert not any(is_alive(process.pid) for process in servers._running.values())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_servers_do_not_outlive_a_launcher_that_was_killed(tmp_path: Path) -> None:
    starter = (
        "import sys, time; from pathlib import Path; from tests.portal.launch.test_serving import *\n"
        f"print(program('web', STAYS, log=Path({str(tmp_path)!r})).start().pid, flush=True); time.sleep(60)"
    )
    reading, writing = os.pipe()
    launcher = os.posix_spawn(
        sys.executable,
        [sys.executable, "-W", "ignore", "-c", starter],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)],
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        server = int(said.readline())
    os.kill(launcher, signal.SIGKILL)
    os.waitpid(launcher, 0)
    gives_up_at = time.monotonic() + 10
    while is_alive(server) and time.monotonic() < gives_up_at:
        threading.Event().wait(0.02)
    assert not is_alive(server)


def test_a_long_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "BYTES_OF_A_LOG", 10)
    (tmp_path / "web.log").write_text("older than this start")
    program("web", "print('new')", log=tmp_path).start().wait()
    assert (tmp_path / "web.log").read_text() == "new\n"
    assert (tmp_path / "web.old.log").read_text() == "older than this start"
