"""Which verb was asked for? Everything here still runs on the bare Python, outside `.venv`."""

import os
import subprocess
import sys
from collections.abc import Sequence

from portal.launch import packages
from portal.launch.commands import ROOT, UnableToLaunch
from portal.launch.progress import complain

# verb: (the packages it needs, the module of the second stage)
VERBS = {
    "run": (packages.RUNNING, "portal.launch.run"),
    "dev": (packages.RUNNING, "portal.launch.dev"),
    "check": (packages.DEVELOPING, "portal.launch.check"),
    "format": (packages.DEVELOPING, "portal.launch.tidy"),
    "messages": (packages.DEVELOPING, "portal.launch.messages"),
}


def main(arguments: Sequence[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    if verb not in VERBS:
        complain(f"There is no verb {verb}; there are: {', '.join(VERBS)}.")
        return 2
    lock, module = VERBS[verb]
    try:
        packages.provide(lock)
    except UnableToLaunch as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped before the packages were installed; the next start begins there again.")
        return 130
    return go_on_in(module, rest)


def go_on_in(module: str, arguments: Sequence[str]) -> int:
    """Become the second stage, so that a signal reaches it and not a go-between."""
    os.chdir(ROOT)
    command = [str(packages.interpreter()), "-m", module, *arguments]
    sys.stdout.flush()
    if os.name == "nt":  # there exec returns to the shell at once
        return subprocess.call(command)  # noqa: S603
    os.execv(command[0], command)  # noqa: S606
