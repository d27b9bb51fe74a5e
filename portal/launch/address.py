"""Where does the portal listen, and is that place free?"""

import os
import socket
from dataclasses import dataclass

from portal.launch.commands import UnableToLaunch


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
        host = everywhere.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def reachable_host(self) -> str:
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def from_environment() -> Address:
    """HOST and PORT; port 0 means any that is free."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdecimal() or int(port) > 65535:
        raise UnableToLaunch(f"PORT is {port!r}, but a port is a number from 1 to 65535.")
    return Address(host, claim(host, int(port)))


def claim(host: str, port: int) -> int:
    """Listen for a moment to see that nobody else does; answer the port."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            trial.listen()
            return int(trial.getsockname()[1])
    except OSError as error:
        raise UnableToLaunch(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} is reserved for the system. Choose one above 1023: PORT=8000 make run"
    if isinstance(error, socket.gaierror) or error.strerror == "Cannot assign requested address":
        return f"This machine has no address {host!r}. Leave HOST out, or set HOST=0.0.0.0 for all it has."
    return (
        f"Something else already listens on {host}:{port}, perhaps a portal in another window. "
        f"Stop it, or choose another port: PORT={min(port + 1, 65535)} make run"
    )
