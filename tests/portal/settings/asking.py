"""How does a fresh process answer, started with these settings?"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.settings.environment import ROOT, VARIABLES

STRONG_KEY = "k3y-of-a-made-up-site-0123456789-abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Answer:
    code: int
    said: str
    warned: str


def ask(command: list[str], *, var: Path, settings: str = "portal.settings.base", **variables: str) -> Answer:
    """Run `command` with none of our variables set but these."""
    environment = _without_ours(os.environ) | variables
    environment |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": settings}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def production(command: list[str], *, var: Path, **variables: str) -> Answer:
    """As a real installation, which needs a key and its hosts."""
    needed = {"SECRET_KEY": STRONG_KEY, "ALLOWED_HOSTS": "learning.example.org"}
    return ask(command, var=var, settings="portal.settings.production", **(needed | variables))


def _without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    ours = {one.name for one in VARIABLES}
    return {name: value for name, value in environment.items() if name not in ours}
