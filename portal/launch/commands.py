"""Which other programs does the launcher run, and where does the project lie?"""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class UnableToLaunch(Exception):
    """A sentence that says what is wrong and what to do."""


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run to the end with the terminal's own output; answer the exit code."""
    return subprocess.run(command, cwd=cwd, env=env, check=False).returncode  # noqa: S603


def ask(command: Sequence[str]) -> str:
    """What a program prints, however it ends."""
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout  # noqa: S603


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def manage(*arguments: str) -> list[str]:
    return python("manage.py", *arguments)


def tool(name: str) -> str:
    """A program that lies beside our Python in `.venv`."""
    return str(Path(sys.executable).with_name(name))


def end_with_parent() -> None:
    """Ask the system to stop this process when the one that started it is killed with -9 (Linux only)."""
    ask_for_signal_at_parents_death = 1
    ctypes.CDLL(None).prctl(ask_for_signal_at_parents_death, signal.SIGTERM)
