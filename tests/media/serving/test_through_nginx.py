"""Does nginx, set up as the README says, send what the portal admits to, and nothing else?"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured

from media.serving.inert import INERT
from portal.base.audience import Sensitivity
from portal.people.roles import Role
from portal.settings import environment
from tests.conftest import SignedIn
from tests.factories.server import ROOT, free_port
from tests.media.conftest import Shown
from tests.media.serving.upstream import listening

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx"),
]
SNIPPET = re.compile(r"```nginx\n(.*?)```", re.DOTALL)


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Nginx:
    port: int

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> Answered:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = asked.getresponse()
            return Answered(answer.status, dict(answer.headers), answer.read())
        finally:
            asked.close()


def configuration(folder: Path, *, port: int, upstream: int) -> str:
    """The README's server, on other ports, with the test's uploads."""
    found = SNIPPET.search((ROOT / "README.md").read_text())
    assert found is not None
    server = found.group(1)
    for readme, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("learning.example.org", "localhost"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{upstream}"),
        ("/srv/learning-centre/var/", f"{current.VAR_DIR}/"),
    ):
        assert readme in server
        server = server.replace(readme, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    # The folder of the test run is its owner's: what nginx becomes otherwise could not enter.
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""
        {user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}
        http {{ access_log off; {temporary} {server} }}
    """


@pytest.fixture
def nginx(settings: Any, tmp_path: Path) -> Iterator[Nginx]:
    settings.X_ACCEL = "/protected/"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with listening() as upstream:
        port = free_port()
        (tmp_path / "nginx.conf").write_text(configuration(tmp_path, port=port, upstream=upstream))
        words = [str(NGINX), "-p", str(tmp_path), "-e", str(tmp_path / "error.log"), "-c", str(tmp_path / "nginx.conf")]
        process = subprocess.Popen(words, stderr=subprocess.PIPE)
        try:
            wait_for(port, process)
            yield Nginx(port)
        finally:
            process.terminate()
            process.communicate(timeout=20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(200):
        assert process.poll() is None, process.communicate()[1].decode()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("nginx did not listen within 10 seconds.")


@pytest.fixture
def public(shown: Shown) -> Shown:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    return shown


def on_disk(address: str) -> Path:
    return Path(current.MEDIA_ROOT, address.removeprefix("/files/"))


def files_among(addresses: list[str]) -> list[str]:
    return [address for address in addresses if not address.endswith(".vtt")]


def test_a_public_file_comes_from_nginx_with_the_portal_s_headers(public: Shown, nginx: Nginx) -> None:
    for address in files_among(public.addresses):
        answer = nginx.ask(address)
        assert answer.status == 200
        assert answer.body == on_disk(address).read_bytes()
        assert "X-Accel-Redirect" not in answer.headers
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"].startswith("public")
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["Referrer-Policy"] == "same-origin"
        for name in INERT.keys() - {"Content-Security-Policy"}:
            assert answer.headers[name] == INERT[name]


def test_nginx_sends_parts_and_knows_what_has_not_changed(public: Shown, nginx: Nginx) -> None:
    address = public.addresses[2]
    part = nginx.ask(address, Range="bytes=100-199")
    assert (part.status, part.body) == (206, on_disk(address).read_bytes()[100:200])
    again = nginx.ask(address, If_None_Match=part.headers["ETag"])
    assert again.status == 304
    head = nginx.ask(address, method="HEAD")
    assert head.headers["Content-Length"] == str(on_disk(address).stat().st_size)


def test_what_is_hidden_is_hidden_behind_nginx_too(shown: Shown, nginx: Nginx) -> None:
    for address in (*shown.addresses, *shown.originals):
        assert nginx.ask(address).status == 404


def test_nobody_reaches_the_protected_folder_by_its_own_name(public: Shown, nginx: Nginx) -> None:
    names = [address.removeprefix("/files/") for address in (*public.addresses, *public.originals)]
    guesses = [f"/protected/{store}/{name}" for store in ("media", "originals") for name in names]
    guesses += ["/protected/secret_key", "/protected/media/../secret_key", "/files/../protected/secret_key"]
    guesses += ["/protected/media/%2e%2e/secret_key", "//protected/media/", "/protected%2fmedia/", "/protected/"]
    found = {guess: nginx.ask(guess).status for guess in guesses}
    assert {status for status in found.values() if status not in (302, 400, 404)} == set(), found


def test_a_curator_gets_an_original_through_nginx_to_save(shown: Shown, nginx: Nginx, signed_in: SignedIn) -> None:
    session = signed_in(Role.CURATOR).cookies[current.SESSION_COOKIE_NAME].value
    answer = nginx.ask(shown.originals[0], Cookie=f"{current.SESSION_COOKIE_NAME}={session}")
    assert answer.status == 200
    assert len(answer.body) > 100
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("location", ["protected", "/protected", "/", "https://example.org/", "/a/../b/", "/ä/"])
def test_a_setting_that_is_no_location_is_refused(monkeypatch: pytest.MonkeyPatch, location: str) -> None:
    monkeypatch.setenv("X_ACCEL", location)
    with pytest.raises(ImproperlyConfigured, match="/protected/"):
        environment.x_accel()
