"""Does the throwaway PostgreSQL start on loopback, and leave nothing behind?"""

from pathlib import Path

import psycopg
import pytest

from portal.launch import postgres

PROGRAMS = postgres.programs()


@pytest.mark.skipif(PROGRAMS is None, reason="there is no PostgreSQL server on this machine")
def test_a_server_answers_and_its_folder_is_gone_afterwards() -> None:
    assert PROGRAMS is not None
    with postgres.throwaway(PROGRAMS) as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        assert row is not None
        folder = Path(row[0])
        assert folder.exists()
    assert not folder.parent.exists()
