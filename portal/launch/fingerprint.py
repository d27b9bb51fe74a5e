"""Did anything change since the portal was last prepared?

Each step of the preparation has a digest of all that it is made from, and `var/prepared.json` keeps those of
the last time. A step is due when its digest is another, or when something that was made is gone.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from portal.launch.commands import ROOT

FOLDERS = ("portal", "lessons", "exhibits", "media", "locale")

# step: what it is made from. "ENVIRONMENT" stands for the variables below.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "messages": ("locale/**/*.po",),
    "database": ("requirements.txt", "**/migrations/*.py", "portal/settings/*.py", "ENVIRONMENT"),
    "static": ("requirements.txt", "**/static/**/*", "portal/base/stylesheets.py", "portal/settings/*.py"),
    "demonstration": ("**/migrations/*.py", "ENVIRONMENT"),
    "index": ("portal/search/*.py", "ENVIRONMENT"),
}

# Where the portal keeps its things, and whether it is a demonstration.
ENVIRONMENT = (
    "DJANGO_SETTINGS_MODULE",
    "VAR_DIR",
    "DATABASE_URL",
    "MEDIA_STORAGE",
    "SEARCH_URL",
    "DEMONSTRATION",
)


@dataclass
class Prepared:
    """What was prepared, which files that made, and who may sign in to look around."""

    digests: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    accounts: list[list[str]] = field(default_factory=list)

    def save(self) -> None:
        var().mkdir(parents=True, exist_ok=True)
        half_written = record().with_suffix(".new")
        half_written.write_text(json.dumps(asdict(self), indent=1))
        half_written.replace(record())


def var() -> Path:
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def record() -> Path:
    return var() / "prepared.json"


def last_time() -> Prepared:
    """What is still true of the last preparation: nothing, if something that it made is gone."""
    try:
        prepared = Prepared(**json.loads(record().read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return Prepared()
    return prepared if all(Path(path).exists() for path in prepared.made) else Prepared()


def due(prepared: Prepared) -> list[str]:
    """The steps that have to be done, in their order."""
    return [name for name in SOURCES if prepared.digests.get(name) != digest(name)]


def digest(name: str) -> str:
    total = hashlib.sha256(sys.version.encode())
    for pattern in SOURCES[name]:
        for part in _environment() if pattern == "ENVIRONMENT" else _files(pattern):
            total.update(part)
    return total.hexdigest()


def _environment() -> Iterable[bytes]:
    return (f"{name}={os.environ.get(name, '')}\n".encode() for name in ENVIRONMENT)


def _files(pattern: str) -> Iterable[bytes]:
    for path in sorted(_matching(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            yield str(path.relative_to(ROOT)).encode()
            yield path.read_bytes()


def _matching(pattern: str) -> Iterable[Path]:
    # Never through the whole clone: .venv and var hold tens of thousands of files.
    if not pattern.startswith("**/"):
        return ROOT.glob(pattern)
    return (path for folder in FOLDERS for path in (ROOT / folder).glob(pattern))
