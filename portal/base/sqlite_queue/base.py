"""Which engine keeps the portal's SQLite file, and what does it promise?

Django's own SQLite engine, and on top of it: nothing that was answered with success is lost in a power cut
(WAL with synchronous=FULL), a transaction that may write says so at its beginning (BEGIN IMMEDIATE), and
writers of all processes and threads queue at one file lock. Readers never wait for it. A database in memory
has no queue.
"""

import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.utils import OperationalError

from portal.base.sqlite_queue.queue import Turn, UnableToTakeTurn

SECONDS_OF_PATIENCE = 20.0

# What may change the file. A WITH that only reads but names one of these words queues in vain: harmless.
WRITES = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|REINDEX|ANALYZE|VACUUM"
    r"|BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)|WITH\b.*\b(?:INSERT|UPDATE|DELETE|REPLACE))\b",
    re.IGNORECASE | re.DOTALL,
)


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """One connection, with its place in the queue of writers."""

    turn: Turn | None = None
    transaction_mode: str | None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.setdefault("timeout", SECONDS_OF_PATIENCE)
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        self.init_commands = ["PRAGMA synchronous = FULL", *self.init_commands]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        self.turn = _turn_at(connection, patience=conn_params["timeout"])
        if self.turn:
            self._write_ahead(connection)
        return connection

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch a new file to WAL; alone, because SQLite does not wait for others while it switches."""
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with self.queued(connection):
                connection.execute("PRAGMA journal_mode = WAL")

    def create_cursor(self, name: str | None = None) -> sqlite3.Cursor:
        if self.turn is None:
            return super().create_cursor(name)
        return self.connection.cursor(factory=partial(QueueingCursor, wrapper=self))

    @contextmanager
    def queued(self, connection: sqlite3.Connection) -> Generator[None]:
        """Wait for our turn; keep it for as long as a transaction is open."""
        try:
            self._take_turn()
            yield
        finally:
            self._end_turn(connection)

    def _take_turn(self) -> None:
        if self.turn:
            try:
                self.turn.take()
            except UnableToTakeTurn as error:
                raise OperationalError(str(error)) from error

    def _end_turn(self, connection: sqlite3.Connection | None) -> None:
        if self.turn and not (connection and connection.in_transaction):
            self.turn.give_up()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn(self.connection)

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn(self.connection)

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn(None)


class QueueingCursor(sqlite.SQLiteCursorWrapper):
    """A cursor that waits for its turn before a statement that writes.

    A writing statement that answers with rows (RETURNING) holds SQLite's lock until its last row is read. Its
    rows are therefore read at once and kept here, so that the turn never ends before the write does.
    """

    def __init__(self, connection: sqlite3.Connection, *, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper
        self._kept: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> "QueueingCursor":
        self._kept = None
        if not WRITES.match(query):
            return self._read(query, params)
        with self._wrapper.queued(self.connection):
            super().execute(query, params)
            self._keep_rows()
        return self

    def _read(self, query: str, params: Any) -> "QueueingCursor":
        """Run what does not write; it may still be a COMMIT written by hand, which ends our turn."""
        try:
            super().execute(query, params)
        finally:
            self._wrapper._end_turn(self.connection)
        return self

    def _keep_rows(self) -> None:
        if self.description is not None:
            self._kept = iter(super().fetchall())

    def executemany(self, query: str, param_list: Iterable[Any]) -> "QueueingCursor":
        self._kept = None
        with self._wrapper.queued(self.connection):
            super().executemany(query, param_list)
        return self

    def executescript(self, script: str) -> "QueueingCursor":
        self._kept = None
        with self._wrapper.queued(self.connection):
            super().executescript(script)
        return self

    def fetchone(self) -> Any:
        return super().fetchone() if self._kept is None else next(self._kept, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        if self._kept is None:
            return super().fetchmany(size)
        return [row for _, row in zip(range(size), self._kept, strict=False)]

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._kept is None else list(self._kept)

    def __next__(self) -> Any:
        return super().__next__() if self._kept is None else next(self._kept)


def patient_for(seconds: float, *, connection: Any) -> AbstractContextManager[None]:
    """Inside, a write that would wait longer for its turn raises OperationalError: for what may be left undone.

    `connection` may be of any engine; others have no queue.
    """
    turn: Turn | None = getattr(connection, "turn", None)
    return turn.patient_for(seconds) if turn else nullcontext()


def _turn_at(connection: sqlite3.Connection, *, patience: float) -> Turn | None:
    """The place in the queue beside this database's file, or None in memory."""
    # SQLite says which file it opened: settings may hold a URI, a link or a relative path.
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    return Turn(path=Path(f"{file}.lock"), patience=patience) if file else None
