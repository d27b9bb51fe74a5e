"""What was answered with success is there, even if the power goes the moment after."""

import sqlite3
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from portal.people.roles import Role
from tests.factories.pages import lessons_of, make_course
from tests.factories.people import make_person
from tests.lessons.progress.server import Learner, copy_database, manage, running_until_killed, session_of

ROUNDS = 2
SECONDS_OF_STUDY = 1.5


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database is what is killed here")
def test_killing_the_server_loses_nothing_that_was_answered_with_success(tmp_path: Path) -> None:
    course = make_course(lessons=3, by=make_person(Role.TRAINER))
    lessons = [lesson.pk for lesson in lessons_of(course)]
    alone, shared = make_person(Role.LEARNER), make_person(Role.LEARNER)
    sessions = [session_of(person) for person in (alone, shared, shared)]
    copy_database(tmp_path)
    confirmed: list[uuid.UUID] = []
    for _round in range(ROUNDS):
        study_until_killed(tmp_path, sessions, lessons, confirmed)
    stored = events_in(tmp_path)
    assert len(confirmed) > 20
    assert {event.hex for event in confirmed} <= set(stored)
    assert len(stored) == len(set(stored))
    checked = manage("rebuild_progress", "--check", var_dir=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def study_until_killed(var_dir: Path, sessions: list[str], lessons: list[int], confirmed: list[uuid.UUID]) -> None:
    """Three browsers of two learners, two server processes, and then nothing."""
    with running_until_killed(var_dir) as port:
        learners = [Learner(port, session, lessons) for session in sessions]
        threads = [threading.Thread(target=learner.study, args=[confirmed], daemon=True) for learner in learners]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS_OF_STUDY)
    for thread in threads:
        thread.join(timeout=40)


def events_in(var_dir: Path) -> list[str]:
    with closing(sqlite3.connect(var_dir / "portal.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT id FROM progress_learningevent")]
