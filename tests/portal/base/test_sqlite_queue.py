"""Do writers of several processes queue, without losing a write or being turned away?"""

import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError
from django.db.utils import ConnectionHandler

from portal.base.sqlite_queue.base import WRITES, DatabaseWrapper, patient_for
from portal.base.sqlite_queue.queue import Turn, UnableToTakeTurn

TABLES = """
    CREATE TABLE tally (total integer);
    INSERT INTO tally VALUES (0);
    CREATE TABLE line (process integer, number integer);
    CREATE TABLE alone (id integer PRIMARY KEY, process integer, number integer)
"""


class Database:
    """One SQLite file that any number of connections open."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._open: list[DatabaseWrapper] = []

    def connection(self, **options: Any) -> DatabaseWrapper:
        settings = {"ENGINE": "portal.base.sqlite_queue", "NAME": str(self.file), "OPTIONS": options}
        wrapper = ConnectionHandler({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS]
        assert isinstance(wrapper, DatabaseWrapper)
        self._open.append(wrapper)
        return wrapper

    def one(self, query: str) -> Any:
        with self.connection().cursor() as cursor:
            return cursor.execute(query).fetchone()[0]

    @property
    def queue_is_free(self) -> bool:
        somebody = Turn(path=Path(f"{self.file}.lock"), patience=0)
        try:
            somebody.take()
        except UnableToTakeTurn:
            return False
        somebody.give_up()
        return True

    def is_freed(self) -> bool:
        """Whether the queue is free within a moment: a process that another thread starts holds a copy of the lock
        until it becomes its program."""
        ends = time.monotonic() + 5
        while not (is_free := self.queue_is_free) and time.monotonic() < ends:
            time.sleep(0.01)
        return is_free

    def close(self) -> None:
        for wrapper in self._open:
            wrapper.inc_thread_sharing()
            wrapper.close()


@pytest.fixture(autouse=True)
def _databases_of_our_own(django_db_blocker: Any) -> Iterator[None]:
    """These tests open files of their own; the suite's database stays shut."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "portal.sqlite3")
    with database.connection().cursor() as cursor:
        for statement in TABLES.split(";"):
            cursor.execute(statement)
    yield database
    database.close()


def begin(wrapper: DatabaseWrapper) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def writer(database: Database, *arguments: str, **pipes: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.portal.base.sqlite_writer", str(database.file), *arguments]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **pipes)


def test_eight_writing_processes_lose_nothing_and_none_is_turned_away(database: Database) -> None:
    writers = [writer(database, "40") for _ in range(8)]
    outcomes = [process.communicate(timeout=120) for process in writers]

    assert [process.returncode for process in writers] == [0] * 8, outcomes
    assert database.one("SELECT total FROM tally") == 320
    assert database.one("SELECT count(*) FROM line") == 320
    assert max(float(slowest) for slowest, _ in outcomes) < 5


def test_threads_of_one_process_queue_too(database: Database) -> None:
    def add_twenty() -> None:
        wrapper = database.connection()
        for _ in range(20):
            begin(wrapper)
            with wrapper.cursor() as cursor:
                total = cursor.execute("SELECT total FROM tally").fetchone()[0]
                cursor.execute("UPDATE tally SET total = %s", [total + 1])
            wrapper.commit()
            wrapper.set_autocommit(True)
        wrapper.close()

    threads = [threading.Thread(target=add_twenty) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert database.one("SELECT total FROM tally") == 120


def test_a_write_transaction_holds_the_queue_from_its_beginning_to_its_commit(database: Database) -> None:
    wrapper = database.connection()
    assert database.queue_is_free
    begin(wrapper)
    assert not database.queue_is_free
    wrapper.commit()
    assert database.is_freed()


def test_the_queue_is_free_after_an_exception_in_a_transaction(database: Database) -> None:
    wrapper = database.connection()
    begin(wrapper)
    with pytest.raises(OperationalError), wrapper.cursor() as cursor:
        cursor.execute("UPDATE nothing_of_this_name SET total = 1")
    wrapper.rollback()
    assert database.is_freed()


def test_the_queue_is_free_after_a_single_write_that_failed(database: Database) -> None:
    with database.connection().cursor() as cursor:
        cursor.execute("INSERT INTO alone (id) VALUES (1)")
        with pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO alone (id) VALUES (1)")
    assert database.queue_is_free


def test_the_queue_is_free_after_a_connection_is_closed_in_mid_transaction(database: Database) -> None:
    wrapper = database.connection()
    begin(wrapper)
    wrapper.close()
    assert database.queue_is_free


def test_the_queue_is_free_after_a_thread_ended_in_mid_transaction(database: Database) -> None:
    def forget() -> None:
        forgotten = Database(database.file).connection()
        begin(forgotten)
        with forgotten.cursor() as cursor:
            cursor.execute("UPDATE tally SET total = 99")

    thread = threading.Thread(target=forget)
    thread.start()
    thread.join()
    gc.collect()

    assert database.queue_is_free
    assert database.one("SELECT total FROM tally") == 0


def test_a_write_that_answers_with_rows_ends_its_turn_and_still_answers(database: Database) -> None:
    with database.connection().cursor() as cursor:
        cursor.execute("INSERT INTO alone (number) VALUES (1), (2), (3) RETURNING number")
        assert database.queue_is_free
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(1) == [(2,)]
        assert cursor.fetchall() == [(3,)]
        assert cursor.fetchone() is None
    assert database.one("SELECT count(*) FROM alone") == 3


def test_a_reader_is_not_held_up_by_a_writer(database: Database) -> None:
    wrapper = database.connection()
    begin(wrapper)
    with wrapper.cursor() as cursor:
        cursor.execute("UPDATE tally SET total = 7")
        assert database.one("SELECT total FROM tally") == 0
    wrapper.commit()
    assert database.one("SELECT total FROM tally") == 7


def test_a_writer_that_waited_in_vain_is_told_so(database: Database) -> None:
    begin(database.connection())
    hasty = database.connection(timeout=0.05).cursor()
    with pytest.raises(OperationalError, match="another writer has kept it"), hasty as cursor:
        cursor.execute("UPDATE tally SET total = 1")


def test_a_killed_writer_leaves_neither_a_lock_nor_half_a_write(database: Database, tmp_path: Path) -> None:
    marker = tmp_path / "in-the-middle"
    process = writer(database, "stay", str(marker), stdin=subprocess.PIPE)
    while not marker.exists():
        assert process.poll() is None, process.communicate()
        threading.Event().wait(0.01)
    assert not database.queue_is_free

    process.kill()
    process.communicate()

    assert database.queue_is_free
    assert database.one("SELECT total FROM tally") == 0


def test_the_file_is_kept_durably_and_its_foreign_keys_hold(database: Database) -> None:
    assert database.one("PRAGMA journal_mode") == "wal"
    assert database.one("PRAGMA synchronous") == 2
    assert database.one("PRAGMA foreign_keys") == 1


def test_a_database_in_memory_has_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {"ENGINE": "portal.base.sqlite_queue", "NAME": ":memory:"}
    with ConnectionHandler({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("CREATE TABLE tally (total integer)")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ("insert into tally values (1)", True),
        ("  /* why */ -- and how\n DELETE FROM tally", True),
        ("BEGIN IMMEDIATE", True),
        ("WITH old AS (SELECT 1) UPDATE tally SET total = 1", True),
        ("SELECT * FROM tally WHERE total = 'UPDATE'", False),
        ("PRAGMA foreign_keys", False),
        ("SAVEPOINT s1", False),
        ("CREATED", False),
    ],
)
def test_only_what_may_change_the_file_waits(statement: str, writes: bool) -> None:
    assert bool(WRITES.match(statement)) is writes


def test_what_may_be_left_undone_waits_only_a_moment(database: Database) -> None:
    writer, visitor = database.connection(), database.connection(timeout=5)
    visitor.ensure_connection()
    begin(writer)
    began = time.monotonic()
    with pytest.raises(OperationalError), patient_for(0.05, connection=visitor), visitor.cursor() as cursor:
        cursor.execute("UPDATE tally SET total = 7")
    assert time.monotonic() - began < 2
    writer.rollback()
    with patient_for(0.05, connection=visitor), visitor.cursor() as cursor:
        cursor.execute("UPDATE tally SET total = 8")
    assert visitor.turn
    assert visitor.turn._patience == 5
    assert database.one("SELECT total FROM tally") == 8
