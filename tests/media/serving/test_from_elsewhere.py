"""Are files in S3-compatible storage as private and as inert as files on our disk?

Asked of a real server over HTTP, by way of the settings that a site would have.
"""

import http.client
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.storage import storages
from django.test import Client

from media.models import Picture
from portal.base.audience import Sensitivity
from portal.people.roles import Role
from portal.settings import environment
from tests.conftest import SignedIn
from tests.media.conftest import Shown

s3 = pytest.importorskip("moto.server", reason="moto is not installed: its server stands for S3")
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]
MINUTE = 60


@pytest.fixture
def remote(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[str]:
    """The address of a server with an empty bucket, in which uploads and originals are to lie."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = s3.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    monkeypatch.setenv("MEDIA_STORAGE", f"s3://key:secret@centre?endpoint={endpoint}")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": environment.media_storage(tmp_path),
        "originals": environment.private_storage(tmp_path / "originals"),
    }
    for name in ("file", "working"):
        # A field asks for its storage once, when the portal starts.
        monkeypatch.setattr(Picture._meta.get_field(name), "storage", storages["originals"])
    uploads: Any = storages["default"]
    uploads.connection.create_bucket(Bucket="centre")
    try:
        yield endpoint
    finally:
        server.stop()


@pytest.fixture
def public(remote: str, shown: Shown) -> Shown:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    return shown


def files_among(addresses: list[str]) -> list[str]:
    return [address for address in addresses if not address.endswith(".vtt")]


def followed(address: str) -> Any:
    parts = urlsplit(address)
    asked = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        asked.request("GET", f"{parts.path}?{parts.query}")
        answer: Any = asked.getresponse()
        answer.body = answer.read()
        return answer
    finally:
        asked.close()


def test_a_public_file_is_fetched_at_a_signed_short_lived_address(remote: str, public: Shown) -> None:
    for address in files_among(public.addresses):
        response = Client().get(address)
        assert response.status_code == 302
        assert response.headers["Cache-Control"] == "private, no-store"
        signed = response.headers["Location"]
        assert signed.startswith(f"{remote}/centre/")
        asked = {name.lower(): values[0] for name, values in parse_qs(urlsplit(signed).query).items()}
        assert asked["x-amz-signature"]
        assert int(asked["x-amz-expires"]) <= MINUTE
        answer = followed(signed)
        assert answer.status == 200
        assert answer.body == storages["default"].open(address.removeprefix("/files/")).read()
        assert answer.headers["Content-Type"].partition("/")[0] in ("image", "audio", "application")
        assert answer.headers["Content-Disposition"].startswith("inline")


def test_what_is_hidden_has_no_address_elsewhere(remote: str, shown: Shown, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(Role.LEARNER)):
        for address in (*shown.addresses, *shown.originals):
            response = client.get(address)
            assert response.status_code == 404
            assert "Location" not in response.headers


def test_an_original_is_never_given_to_readers_and_to_curators_only_to_save(public: Shown, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(Role.LEARNER), signed_in(Role.CENTRE_MANAGER)):
        assert client.get(public.originals[0]).status_code == 404
    signed = signed_in(Role.CURATOR).get(public.originals[0]).headers["Location"]
    assert "/centre/originals/original_images/" in signed
    assert followed(signed).headers["Content-Disposition"].startswith("attachment")
