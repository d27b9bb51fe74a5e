"""How is a server asked many times without the asking costing more than the answering?"""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: ([^=]+)=([^;]*)", re.IGNORECASE)


@dataclass
class Answer:
    status: int
    head: bytes
    body: bytes


@dataclass
class Client:
    """One connection that is kept open, and one person's cookies. Plain sockets: an HTTP library costs more CPU than
    the server does for a cached page."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> Answer:
        return self._ask(self.request("GET", path))

    def post(self, path: str, fields: str, *, kind: str = "application/x-www-form-urlencoded") -> Answer:
        return self._ask(self.request("POST", path, body=fields.encode(), kind=kind))

    def request(self, method: str, path: str, *, body: bytes = b"", kind: str = "") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Length: {len(body)}", f"Content-Type: {kind}", f"Origin: http://localhost:{self.port}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def _ask(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        wanted = int(length.group(1)) if length else 0
        while len(body) < wanted:
            body += self._more()
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        return Answer(status=int(head[9:12]), head=head, body=body)

    def _more(self) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("The server closed the connection.")
        return received


def asked_for(seconds: float, ask: Callable[[], Answer], *, status: int) -> tuple[int, float]:
    """Ask again and again for so many seconds; how often, and how long it really took."""
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        answer = ask()
        if answer.status != status:
            raise AssertionError(f"Answered {answer.status} instead of {status}: {answer.body[:300]!r}")
        count += 1
    return count, time.perf_counter() - begun
