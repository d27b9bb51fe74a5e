"""A real web server with a copy of a test's database, which can be killed."""

import http.client
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from portal.people.models import User
from tests.factories.server import ROOT, free_port

TOKEN = "t" * 32


def copy_database(var_dir: Path) -> None:
    """Give the server what this test has made so far, though it is not committed."""
    # Not `backup`: that waits for the end of the transaction, and the test is inside it.
    (var_dir / "portal.sqlite3").write_bytes(connection.connection.serialize())


def session_of(person: User) -> str:
    """The cookie of a browser in which `person` is signed in."""
    browser = Client()
    browser.force_login(person)
    return str(browser.session.session_key)


def environment(var_dir: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "VAR_DIR": str(var_dir),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
    }


def manage(*arguments: str, var_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment(var_dir), check=False, capture_output=True, text=True,
    )  # fmt: skip


@contextmanager
def running_until_killed(var_dir: Path) -> Iterator[int]:
    """The port of a server with two worker processes; at the end all of them are killed without warning."""
    port = free_port()
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--no-ws"]
    server = subprocess.Popen(
        [granian, *options, "--log-level", "error", "portal.wsgi:application"],
        cwd=ROOT, env=environment(var_dir), start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
                asked.request("GET", "/healthz")
                if asked.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not answer within a minute.")


@dataclass
class Learner:
    """Somebody who marks lessons as done as fast as they can, until nobody answers any more."""

    port: int
    session: str
    lessons: list[int]

    def study(self, confirmed: list[uuid.UUID]) -> None:
        """Note in `confirmed` the ids of all events that the server answered with success."""
        while True:
            for lesson in self.lessons:
                event = uuid.uuid4()
                try:
                    is_stored = self.finish(lesson, event)
                except (OSError, http.client.HTTPException):
                    return
                if is_stored:
                    confirmed.append(event)

    def finish(self, lesson: int, event: uuid.UUID) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as asked:
            asked.request(
                "POST",
                f"/en/learn/lessons/{lesson}/finish/",
                body=f"event={event}&csrfmiddlewaretoken={TOKEN}",
                headers={
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
                },
            )
            answer = asked.getresponse()
            answer.read()
            return answer.status == 302 and "login" not in (answer.getheader("Location") or "login")
