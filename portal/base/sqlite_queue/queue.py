"""Whose turn is it to write?

SQLite lets waiting writers poll and favours whoever came last: with eight writing processes the slowest per
cent of writes took 2 s. One file lock, taken before the write transaction begins, made that 0.2 s at the same
throughput.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting has to do.
    fcntl = None  # type: ignore[assignment]


class UnableToTakeTurn(Exception):
    """Another writer has kept the turn for longer than a writer may wait."""


class Turn:
    """One connection's place in the queue of writers.

    Every connection opens the lock file for itself, because `flock` belongs to an open file: two threads
    that shared one would both believe that it is their turn. The file stays open only while the turn lasts,
    and the system closes it when a process is killed, so a dead writer never keeps the others waiting.
    """

    def __init__(self, *, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._file: int | None = None

    def take(self) -> None:
        """Wait until it is our turn; raise UnableToTakeTurn after `patience` seconds."""
        if fcntl is None or self._file is not None:
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if not (_is_free(file) or Wait(file).is_over_within(self._patience)):
            raise UnableToTakeTurn(f"database is locked: another writer has kept it for {self._patience:g} s")
        self._file = file

    def give_up(self) -> None:
        """Let the next writer in; harmless when it is not our turn."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            # Closing alone would not unlock a file that a forked child has inherited.
            fcntl.flock(file, fcntl.LOCK_UN)
        finally:
            os.close(file)

    @contextmanager
    def patient_for(self, seconds: float) -> Iterator[None]:
        """Wait no longer than this, inside."""
        patience, self._patience = self._patience, seconds
        try:
            yield
        finally:
            self._patience = patience

    def __del__(self) -> None:
        self.give_up()


class Wait:
    """A place in the line behind a lock file that may be left again.

    The system's own line is fair and wakes the next one at once, but knows no time limit: one forgotten shell
    in the middle of a transaction would hang the whole portal. So a thread stands in line for us. (Asking
    again every millisecond instead made the slowest per cent of writes three times as slow.)
    """

    def __init__(self, file: int) -> None:
        self._file = file
        self._over = threading.Event()
        # Taken once: by the thread when the lock is ours, or by us when we leave the line.
        self._decision = threading.Lock()

    def is_over_within(self, seconds: float) -> bool:
        """True when the lock is ours; otherwise the line is left and the file is, or will be, closed."""
        threading.Thread(target=self._stand_in_line, daemon=True).start()
        try:
            self._over.wait(seconds)
        except BaseException:
            if not self._leave():
                os.close(self._file)
            raise
        return not self._leave()

    def _leave(self) -> bool:
        """False when the lock came first, perhaps in this very moment."""
        return self._decision.acquire(blocking=False)

    def _stand_in_line(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        if self._decision.acquire(blocking=False):
            self._over.set()
        else:
            os.close(self._file)


def _is_free(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
