"""Does the index learn every change, whatever breaks?"""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from django.core.cache import cache
from django.db import connection
from django_tasks_db.models import DBTaskResult

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from portal.search import feeding
from portal.search.documents import documents_of
from portal.search.models import Change
from tests.conftest import Commits
from tests.factories import house
from tests.portal.search.conftest import Search

Index = Callable[[], int]


def test_a_change_is_noted_with_the_change_and_one_task_comes_for_many(home: HomePage, committed: Commits) -> None:
    with committed():
        for number in range(5):
            house.way_to(ArticlePage, home=home, title=f"Lesson {number}")
    assert Change.objects.count() >= 5
    assert DBTaskResult.objects.filter(task_path="portal.search.feeding.drain_index").count() == 1


def test_what_is_published_is_found_when_the_task_has_run(
    home: HomePage, indexed: Index, at_once: None, committed: Commits, search: Search
) -> None:
    with committed():
        house.way_to(ArticlePage, home=home, title="On trust")
    assert search("trust").titles == ["On trust"]
    assert not Change.objects.exists()


def test_many_changes_of_one_page_are_one_document(section: SectionPage, indexed: Index, search: Search) -> None:
    for _again in range(3):
        section.save()
    assert indexed() >= 4
    assert search("identification").count == 1


def test_publishing_never_fails_because_of_the_index(
    home: HomePage, index_folder: Path, at_once: None, committed: Commits
) -> None:
    index_folder.write_text("a file where the folder should be")
    with committed():
        house.way_to(ArticlePage, home=home, title="On trust")
    assert ArticlePage.objects.filter(title="On trust", live=True).exists()
    assert Change.objects.exists()


def test_after_a_failure_the_next_drain_finds_everything(
    home: HomePage, index_folder: Path, at_once: None, committed: Commits, search: Search
) -> None:
    index_folder.write_text("a file where the folder should be")
    with committed():
        house.way_to(ArticlePage, home=home, title="On trust")
    index_folder.unlink()
    feeding.drain()
    assert search("trust").titles == ["On trust"]


@pytest.mark.parametrize("how", ["missing", "scribbled", "old"])
def test_a_broken_index_answers_empty_and_heals(
    section: SectionPage, indexed: Index, index_folder: Path, at_once: None, search: Search, how: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    indexed()
    _break(index_folder, how)
    # Whoever comes first gets an empty answer, and has it built again.
    answer = search("identification")
    assert not answer.context["is_ready"]
    assert "being prepared" in answer.html
    assert "built again" in caplog.text
    assert "identification" not in caplog.text
    assert search("identification").titles == ["Victim identification"]


def _break(folder: Path, how: str) -> None:
    if how == "missing":
        shutil.rmtree(folder)
    elif how == "old":
        (folder / "current").write_text("00000000-of-another-time 1")
    else:
        generation = next(path for path in folder.iterdir() if path.is_dir())
        for file in generation.iterdir():
            file.write_bytes(b"scribbled")
        # Another commit, so that what this process has in memory is not used.
        (folder / "current").write_text(f"{generation.name} another")


def test_a_change_meets_a_broken_index_and_builds_it_again(
    section: SectionPage, indexed: Index, search: Search
) -> None:
    indexed()
    shutil.rmtree(feeding.index().folder)
    section.save()
    feeding.drain()
    assert search("identification").titles == ["Victim identification"]


def test_a_search_notices_changes_for_which_no_task_comes(section: SectionPage, indexed: Index, search: Search) -> None:
    cache.clear()
    DBTaskResult.objects.all().delete()
    search("identification")
    search("identification")
    assert DBTaskResult.objects.count() == 1


def test_hidden_pages_leave_no_document_for_visitors(section: SectionPage, indexed: Index) -> None:
    section.unpublish()
    indexed()
    part = documents_of([f"wagtailcore.page:{section.pk}"])
    assert [sorted(one.labels & {"part", "thing"}) for one in part] == [["thing"]]


def test_a_rebuild_covers_the_changes_that_were_noted(section: SectionPage, indexed: Index, search: Search) -> None:
    counts: list[int] = []
    assert feeding.rebuild(progress=counts.append) == len(counts) > 0
    assert not Change.objects.exists()
    assert search("identification").titles == ["Victim identification"]


@pytest.mark.skipif("sqlite" not in str(current.DATABASES["default"]["ENGINE"]), reason="copies a SQLite database")
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_nothing(home: HomePage, tmp_path: Path, index_folder: Path) -> None:
    for number in range(60):
        house.way_to(ArticlePage, home=home, title=f"Lesson {number}", happened="word " * 200)
    feeding.empty()
    _copy_database(tmp_path / "copy.sqlite3")
    for seconds in (0.1, 0.3, 0.5):
        worker = _python(tmp_path, index_folder, DRAIN)
        assert worker.stdout
        worker.stdout.readline()
        time.sleep(seconds)
        worker.kill()
        worker.communicate()
    done = _python(tmp_path, index_folder, f"{DRAIN}; {COUNT}")
    assert done.communicate(timeout=120)[0].split()[-2:] == [b"60", b"0"]


DRAIN = "from portal.search import feeding; print('begun', flush=True); feeding.drain()"
COUNT = (
    "from portal.search.queries import *; from portal.search.models import Change; "
    "hits = feeding.index().reader().find(Word('all', 'lesson'), among=Word('labels', 'part')); "
    "print(len({hit.pk for hit in hits}), Change.objects.count())"
)


def _copy_database(target: Path) -> None:
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)


def _python(folder: Path, index_folder: Path, code: str) -> "subprocess.Popen[bytes]":
    setup = "import django; django.setup(); "
    environment: dict[str, Any] = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/copy.sqlite3",
        "SEARCH_URL": f"whoosh:{index_folder}",
        "PATH": "/usr/bin:/bin",
    }
    return subprocess.Popen(
        [sys.executable, "-c", setup + code], cwd=current.BASE_DIR, env=environment, stdout=subprocess.PIPE
    )
