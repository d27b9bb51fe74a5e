"""Are all sizes of all pictures made, even if the worker is killed in the middle?"""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from media.models import Picture
from media.renditions import all_specs
from tests.conftest import Commits
from tests.factories.server import ROOT
from tests.lessons.progress.server import copy_database, environment
from tests.media import files

COUNT = 10
WORKER = ["manage.py", "db_worker", "--backend", "background", "--queue-name", "*", "--no-startup-delay"]


def made(var_dir: Path) -> int:
    with closing(sqlite3.connect(var_dir / "portal.sqlite3", timeout=30)) as database:
        question = "SELECT count(*) FROM media_picture WHERE renditions_made_at IS NOT NULL"
        return int(database.execute(question).fetchone()[0])


def work_until(number: int, *, var_dir: Path) -> None:
    """Start a worker; kill it without warning when it has made the sizes of so many pictures."""
    worker = subprocess.Popen(
        [sys.executable, *WORKER], cwd=ROOT, env=environment(var_dir), stderr=subprocess.DEVNULL
    )  # fmt: skip
    patience = time.monotonic() + 120
    while made(var_dir) < number and time.monotonic() < patience:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database is what the worker is given")
def test_a_worker_that_is_killed_loses_no_size_of_any_picture(tmp_path: Path, committed: Commits) -> None:
    with committed():
        for width in range(600, 600 + COUNT):
            Picture.objects.create(title="Loom", file=files.called("a.jpg", files.photograph(size=(width, 400))))
    copy_database(tmp_path)
    shutil.copytree(Path(settings.VAR_DIR, "originals"), tmp_path / "originals")
    work_until(3, var_dir=tmp_path)
    assert 3 <= made(tmp_path) < COUNT
    work_until(COUNT, var_dir=tmp_path)
    expected = sorted((picture.pk, spec) for picture in Picture.objects.all() for spec in all_specs(picture))
    with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as database:
        rows = database.execute("SELECT image_id, filter_spec, file FROM media_picturerendition").fetchall()
    assert sorted((picture, spec) for picture, spec, _file in rows) == expected
    assert all((tmp_path / "media" / file).stat().st_size > 0 for _picture, _spec, file in rows)
