"""Which system packages do the checks need, and may we install them here?"""

import os
import shutil
from functools import cache

from portal.launch.commands import run
from portal.launch.progress import complain, step


def can_install() -> bool:
    """Only root on Debian and its children; elsewhere a sentence says how."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def provide(package: str) -> None:
    """Install one package; what uses it finds out whether that worked."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {package} with apt-get"):
        _update()
        if run(["apt-get", "install", "--quiet=2", "--no-install-recommends", package], env=quiet) != 0:
            complain(f"apt-get could not install {package}: the lines above say why.")


@cache
def _update() -> None:
    run(["apt-get", "update", "--quiet=2"])
