"""Is the portal prepared again exactly when something changed?"""

from pathlib import Path

import pytest

from portal.launch import fingerprint
from portal.launch.fingerprint import Prepared


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    for path in (
        "locale/th/LC_MESSAGES/django.po",
        "media/migrations/0001_initial.py",
        "portal/static/css/base.css",
    ):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("first")
    (tmp_path / "requirements.txt").write_text("first")
    return tmp_path


def prepare(*, made: Path) -> None:
    made.write_text("made")
    Prepared(digests={name: fingerprint.digest(name) for name in fingerprint.SOURCES}, made=[str(made)]).save()


def test_before_the_first_time_every_step_is_due(clone: Path) -> None:
    assert fingerprint.due(fingerprint.last_time()) == list(fingerprint.SOURCES)


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("locale/th/LC_MESSAGES/django.po", ["messages"]),
        ("media/migrations/0001_initial.py", ["database", "demonstration"]),
        ("media/migrations/0002_more.py", ["database", "demonstration"]),
        ("portal/static/css/base.css", ["static"]),
        ("requirements.txt", ["database", "static"]),
        ("portal/README.md", []),
    ],
)
def test_what_changed_is_prepared_again_and_nothing_else(clone: Path, changed: str, due: list[str]) -> None:
    prepare(made=clone / "database")
    (clone / changed).write_text("second")
    assert fingerprint.due(fingerprint.last_time()) == due


def test_another_database_is_prepared_from_the_beginning(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(made=clone / "database")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@127.0.0.1/portal")
    assert "database" in fingerprint.due(fingerprint.last_time())


def test_everything_is_due_when_something_that_was_made_is_gone(clone: Path) -> None:
    prepare(made=clone / "database")
    (clone / "database").unlink()
    assert fingerprint.due(fingerprint.last_time()) == list(fingerprint.SOURCES)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"unknown": 1}'])
def test_a_damaged_record_only_costs_time(clone: Path, damage: str) -> None:
    prepare(made=clone / "database")
    fingerprint.record().write_text(damage)
    assert fingerprint.last_time() == Prepared()
