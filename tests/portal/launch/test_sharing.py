"""Do forked servers behave like started ones?"""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.launch import sharing
from portal.launch.commands import ROOT

pytestmark = pytest.mark.skipif(not sharing.IS_POSSIBLE, reason="servers are forked on Linux only")

# In a process of its own: a test run has threads, and a fork would copy their locks.
SCRIPT = """
import os, signal, sys, threading, time
from pathlib import Path
from portal.launch.serving import Program, Servers

log = Path(sys.argv[1])
def stays(): time.sleep(60)
def falls(): print("The disk is full"); raise SystemExit(3)
def breaks(): raise ValueError("torn cloth")
def finishes(): signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); Path(log, "ready").touch(); stays()
second = {"falls": falls, "breaks": breaks, "finishes": finishes}[sys.argv[2]]
programs = [Program("web", [], log / "web.log", finishes), Program("worker", [], log / "worker.log", second)]
def stop_soon():
    if second is finishes: threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGTERM]).start()
sys.exit(Servers(programs).serve(ready=Path(log, "ready").exists, when_ready=stop_soon))
"""


def serve(log: Path, second: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, str(log), second]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_forks_stop_in_order_when_they_are_told_to(tmp_path: Path) -> None:
    ended = serve(tmp_path, "finishes")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_fork_that_falls_stops_the_other_and_its_reason_is_told(tmp_path: Path) -> None:
    ended = serve(tmp_path, "falls")
    assert ended.returncode == 1
    assert "worker ended by itself (exit code 3)" in ended.stderr
    assert "The disk is full" in ended.stderr


def test_an_exception_in_a_fork_ends_the_fork_and_goes_into_its_log(tmp_path: Path) -> None:
    ended = serve(tmp_path, "breaks")
    assert ended.returncode == 1
    assert "ValueError: torn cloth" in (tmp_path / "worker.log").read_text()
