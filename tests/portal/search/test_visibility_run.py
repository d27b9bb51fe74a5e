"""Does a search ever tell somebody of what they may not see, while it is being hidden, moved, renamed or deleted?

`SEARCH_ANSWERS=1000 SEARCH_SEED=7` asks for a longer run, and another one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from lessons.articles.models import ArticleIndexPage, ArticlePage
from portal.base.audience import Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from tests.factories import house
from tests.factories.people import make_person
from tests.factories.server import ROOT
from tests.lessons.progress.server import copy_database, environment
from tests.portal.search import visibility

ANSWERS = os.environ.get("SEARCH_ANSWERS", "40")
SEED = os.environ.get("SEARCH_SEED", "4")
PEOPLE = {"learner": Role.LEARNER, "staff": Role.AUTHOR, "restricted": Role.APPROVER}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database is what the readers share")
def test_nobody_is_ever_told_of_what_they_may_not_see(home: HomePage, tmp_path: Path) -> None:
    for name, role in PEOPLE.items():
        make_person(role, email=f"{name}@example.org")
    for sensitivity in (Sensitivity.PUBLIC, Sensitivity.PARTNER, Sensitivity.STAFF):
        shelf = house.page(ArticleIndexPage, below=home, sensitivity=sensitivity)
        for number in range(8):
            word = visibility.secret(visibility.seeded(f"{sensitivity} {number}"))
            house.page(ArticlePage, below=shelf, title=f"{visibility.SHARED} {word}", sensitivity=number % 4)
    copy_database(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.search.visibility", ANSWERS, SEED],
        # With DEBUG because no style sheets were collected.
        cwd=ROOT, env={**environment(tmp_path), "SEARCH_URL": "whoosh:", "DEBUG": "1"},
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    told = json.loads(done.stdout)
    # On a busy machine few changes fit between the answers of a short run.
    assert len(told["changes"]) >= 2
    assert [reader["role"] for reader in told["readers"]] == list(visibility.ROLES)
    for reader in told["readers"]:
        assert (reader["forbidden"], reader["miscounted"], reader["failed"]) == ([], [], [])
        assert reader["answers"] >= int(ANSWERS)
    # It was worth while: something was found, and there were moments in which everything could be counted.
    assert sum(reader["hits"] for reader in told["readers"]) > 50
    assert sum(reader["counted"] for reader in told["readers"]) > 5
