"""Are exactly the packages of the lock installed, once, and is a failure explained?"""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from portal.launch import packages
from portal.launch.commands import UnableToLaunch

NAME = "loom-1.0.dist-info"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose lock names one package, which lies in a folder: no network, no uv."""
    wheel = tmp_path / "loom-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("loom.py", "WARP = 'silk'")
        archive.writestr(f"{NAME}/METADATA", "Metadata-Version: 2.1\nName: loom\nVersion: 1.0\n")
        archive.writestr(f"{NAME}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{NAME}/RECORD", "")
    write_lock(tmp_path, digest=hashlib.sha256(wheel.read_bytes()).hexdigest())
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return tmp_path


def write_lock(clone: Path, *, digest: str) -> None:
    (clone / "requirements.txt").write_text(f"loom==1.0 --hash=sha256:{digest}\n")


def test_the_lock_is_installed_and_the_second_time_nothing_is_done(clone: Path) -> None:
    folder = clone / ".venv"
    packages.provide("requirements.txt", folder=folder)

    command = [str(packages.interpreter(folder)), "-c", "import loom; print(loom.WARP)"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "silk\n"
    assert packages.is_installed("requirements.txt", folder=folder)


def test_another_lock_is_installed_again(clone: Path) -> None:
    folder = clone / ".venv"
    packages.interpreter(folder).parent.mkdir(parents=True)
    packages.interpreter(folder).touch()
    packages.stamp("requirements.txt", folder=folder).write_text(packages.digest("requirements.txt"))
    assert packages.is_installed("requirements.txt", folder=folder)

    write_lock(clone, digest="0" * 64)
    assert not packages.is_installed("requirements.txt", folder=folder)


def test_a_package_with_another_digest_than_the_lock_s_is_not_installed(clone: Path) -> None:
    write_lock(clone, digest="0" * 64)
    with pytest.raises(UnableToLaunch, match="could not be installed"):
        packages.provide("requirements.txt", folder=clone / ".venv")
    assert not list((clone / ".venv").rglob("loom.py"))
