"""Does `.venv` hold exactly the packages that the lock names?

Only packages whose digest stands in the lock are installed. A stamp in `.venv` keeps the lock's own digest,
so that the second start has nothing to do.
"""

import hashlib
import os
import shutil
import sys
import venv
from pathlib import Path

from portal.launch.commands import ROOT, UnableToLaunch, run
from portal.launch.progress import complain, step

FOLDER = ROOT / ".venv"
RUNNING = "requirements.txt"
DEVELOPING = "requirements-dev.txt"


def interpreter(folder: Path = FOLDER) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def provide(lock: str, *, folder: Path = FOLDER) -> None:
    """Make the environment and install the lock into it, each only where that is still to be done."""
    if is_installed(lock, folder=folder):
        return
    if not interpreter(folder).exists():
        with step("Making .venv"):
            make(folder)
    with step("Installing the packages"):
        install(lock, folder=folder)
    for name in {lock, RUNNING}:  # what developing needs includes what running needs
        stamp(name, folder=folder).write_text(digest(name))


def is_installed(lock: str, *, folder: Path = FOLDER) -> bool:
    mark = stamp(lock, folder=folder)
    return interpreter(folder).exists() and mark.exists() and mark.read_text() == digest(lock)


def stamp(lock: str, *, folder: Path) -> Path:
    return folder / f".installed-{lock}"


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make(folder: Path) -> None:
    try:
        venv.create(folder, with_pip=True, clear=folder.exists(), symlinks=os.name != "nt")
    except Exception as error:  # ensurepip is left out of some Pythons and fails in many ways
        shutil.rmtree(folder, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise UnableToLaunch(
            f"This Python could not make a virtual environment ({error}).\n"
            f"On Debian or Ubuntu: apt-get install python{version}-venv; then run the command again."
        ) from error


def install(lock: str, *, folder: Path) -> None:
    """Install with uv where it is there (six times as fast), otherwise or if that fails with pip."""
    if uv := shutil.which("uv"):
        quickly = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(interpreter(folder))]
        if run([*quickly, *what(lock)]) == 0:
            return
        complain("uv could not install the packages; trying pip.")
    pip = [str(interpreter(folder)), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if run([*pip, "--no-input", *what(lock)]) != 0:
        raise UnableToLaunch(
            "The packages could not be installed: the lines above say why. Often it is the network, a proxy "
            "or a mirror that pip was not told of (HTTPS_PROXY, PIP_INDEX_URL). Then run the command again."
        )


def what(lock: str) -> list[str]:
    # The lock is complete, so nothing is resolved: that is faster, and nothing that is not in it gets in.
    return ["--no-deps", "--require-hashes", "-r", str(ROOT / lock)]
