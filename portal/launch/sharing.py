"""How do several servers share the memory that the portal's code takes?

The code of the portal and its packages takes 115 MB. It is loaded once, and the servers are forks of the process
that loaded it: the web server, its workers and the task worker then share most of those pages. Measured after the
same 480 requests: 283 MB with one web worker each loading for itself, 213 MB forked; 276 MB with two.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from portal.launch.commands import UnableToLaunch, end_with_parent

# Elsewhere system libraries do not survive a fork.
IS_POSSIBLE = sys.platform == "linux"


#: Of glibc's malloc.h. What is larger than the threshold goes back to the system when it is no longer needed.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
LARGE = 256 * 1024


def give_memory_back() -> None:
    """An upload takes tens of megabytes for a second. Left alone, the C library raises its threshold to 32 MB at the
    first of them, keeps what is freed in a heap for each thread, and a server grows to what ten uploads needed."""
    with suppress(AttributeError, OSError):  # other C libraries know no mallopt
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
        library.mallopt(M_ARENA_MAX, 2)


def load() -> None:
    """Load the portal, and leave nothing open that two processes must not share."""
    give_memory_back()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    from django.core.exceptions import ImproperlyConfigured

    gc.disable()
    try:
        import_module("portal.wsgi")
    except ImproperlyConfigured as error:
        raise UnableToLaunch(str(error)) from error
    _load_what_the_first_visitor_would()
    # Objects that the collector never touches again stay on shared pages.
    gc.collect()
    gc.freeze()
    gc.enable()


def _load_what_the_first_visitor_would() -> None:
    from django.db import connections
    from django.template import engines
    from django.urls import get_resolver

    engines.all()
    _ = get_resolver().url_patterns
    connections.close_all()


def granian(arguments: Sequence[str]) -> None:
    from granian.cli import entrypoint

    multiprocessing.set_start_method("fork", force=True)
    sys.argv = ["granian", *arguments]
    entrypoint()


def manage(arguments: Sequence[str]) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *arguments])


class Fork:
    """A copy of this process that does one thing; looked after like a subprocess.Popen."""

    def __init__(self, act: Callable[[], None], *, output: int | None) -> None:
        self._code: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _carry_out(act, output=output)

    def poll(self) -> int | None:
        """The exit code, a signal as a negative number, or None while it runs."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float | None = None) -> int:
        gives_up_at = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > gives_up_at:
                raise subprocess.TimeoutExpired("a fork", timeout or 0)
            time.sleep(0.01)
        return code


def _carry_out(act: Callable[[], None], *, output: int | None) -> None:
    """The life of the copy. It must not come back into the code that forked it."""
    code = 1
    try:
        _become_a_server(output)
        act()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _become_a_server(output: int | None) -> None:
    os.setsid()
    end_with_parent()
    for kind in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if output is not None:
        os.dup2(output, 1)
        os.dup2(output, 2)
