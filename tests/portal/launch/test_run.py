"""Does one command lead from nothing to a portal that answers, and Ctrl-C back to silence?"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.launch.commands import ROOT

OPEN = re.compile(r"The portal is open: http://(127\.0\.0\.1):(\d+)/")


class Running:
    """A portal that `make run` started, and what it said until it was open."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self.said = process, ""
        assert process.stdout is not None
        for line in process.stdout:
            self.said += line
            if "Logs and all content" in line:
                break

    def get(self, path: str) -> int:
        found = OPEN.search(self.said)
        assert found, self.said
        connection = http.client.HTTPConnection(found[1], int(found[2]), timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGINT)
        self.said += self._process.communicate(timeout=60)[0]
        return self._process.returncode


@contextmanager
def run(var: Path) -> Iterator[Running]:
    env = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    env |= {"VAR_DIR": str(var), "PORT": "0", "DJANGO_SETTINGS_MODULE": "portal.settings.base"}
    command = [sys.executable, "-m", "portal.launch.run"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first start left behind: a portal that somebody has looked at, and stopped."""
    folder = tmp_path_factory.mktemp("var")
    with run(folder) as portal:
        assert portal.get("/healthz") == 200, portal.said
        assert portal.get("/en/") == 200
        assert portal.get("/th/") == 200
        assert "learner@demo.example" in portal.said
        assert portal.stop() == 0, portal.said
    return folder


def test_the_second_start_prepares_nothing(var: Path) -> None:
    record = (var / "prepared.json").stat()
    with run(var) as portal:
        assert portal.get("/en/") == 200
        assert portal.stop() == 0
    assert (var / "prepared.json").stat().st_mtime_ns == record.st_mtime_ns


def test_a_preparation_that_was_interrupted_goes_on_with_the_next_start(var: Path) -> None:
    (var / "demonstration-is-being-loaded").touch()
    prepared = json.loads((var / "prepared.json").read_text())
    del prepared["digests"]["demonstration"]
    (var / "prepared.json").write_text(json.dumps(prepared))
    with run(var) as portal:
        assert portal.get("/en/") == 200
        assert portal.stop() == 0
    assert not (var / "demonstration-is-being-loaded").exists()


def test_a_stopped_portal_leaves_its_port_free(var: Path) -> None:
    with run(var) as portal:
        found = OPEN.search(portal.said)
        assert portal.stop() == 0
    assert found
    with pytest.raises(ConnectionRefusedError):
        portal.get("/healthz")
