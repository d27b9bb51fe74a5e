"""Does every change that was acknowledged arrive, even if the worker is killed while it writes?

Forty kills take a minute; `SEARCH_KILLS=40` asks for them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from lessons.articles.models import ArticlePage
from portal.home.models import HomePage
from tests.factories import house
from tests.factories.server import ROOT
from tests.lessons.progress.server import copy_database, environment

KILLS = int(os.environ.get("SEARCH_KILLS", "5"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database is what the worker is given")
def test_a_worker_that_is_killed_while_it_writes_loses_no_change(home: HomePage, tmp_path: Path) -> None:
    for number in range(40):
        house.way_to(ArticlePage, home=home, title=f"Lesson {number}", happened="What we learned from it. " * 40)
    copy_database(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.search.killing", str(KILLS)],
        cwd=ROOT, env={**environment(tmp_path), "SEARCH_URL": "whoosh:"}, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    outcome = json.loads(done.stdout)
    assert outcome["kills"] == KILLS
    # One that does not hit proves nothing.
    assert outcome["killed_while_writing"] >= KILLS // 2
    assert (outcome["lost"], outcome["wrong"], outcome["differences"], outcome["waiting"]) == ([], [], 0, 0)
