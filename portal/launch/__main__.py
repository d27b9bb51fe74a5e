"""What does `make` call? The first stage, `python3 -m portal.launch VERB`, on any Python 3."""

# Syntax that Python 3.5 can read: a Python that is too old must get as far as the sentence that says so.
import os
import shutil
import sys

NEEDED = (3, 11)


def newer_python():  # type: ignore[no-untyped-def]
    """Another Python on this machine that is new enough, or None."""
    for minor in range(20, NEEDED[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)  # noqa: UP031
        if found:
            return found
    return None


if sys.version_info < NEEDED:
    other = newer_python()  # type: ignore[no-untyped-call]
    if other is None:
        sys.exit("The portal needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Install one.")
    os.execv(other, [other, "-m", "portal.launch"] + sys.argv[1:])  # noqa: RUF005, S606

from portal.launch.verbs import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
