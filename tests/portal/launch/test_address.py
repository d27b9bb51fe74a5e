"""Is somebody told in plain words when the portal cannot listen where it should?"""

import socket
from collections.abc import Iterator

import pytest

from portal.launch.address import Address, from_environment
from portal.launch.commands import UnableToLaunch


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.delenv("HOST", raising=False)
    with pytest.raises(UnableToLaunch, match=f"already listens on 127.0.0.1:{taken_port}.*PORT={taken_port + 1}"):
        from_environment()


@pytest.mark.parametrize("port", ["eighty", "-1", "70000", "8000.5"])
def test_a_port_that_is_no_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(UnableToLaunch, match="a port is a number"):
        from_environment()


def test_port_nought_finds_one_that_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("HOST", "127.0.0.1")
    assert from_environment().port > 0


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host: str, url: str) -> None:
    assert Address(host, 8000).url == url
