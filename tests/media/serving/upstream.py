"""The portal behind a real socket, with the database of the test: what stands behind nginx."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def listening() -> Iterator[int]:
    """The port on which it listens. Django's own live server would hand out the folder of uploads to everybody."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    connection = connections["default"]
    connection.inc_thread_sharing()
    thread = Thread(target=_serve, args=[server, connection])
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(timeout=20)
        server.server_close()
        connection.dec_thread_sharing()


def _serve(server: WSGIServer, of_the_test: BaseDatabaseWrapper) -> None:
    connections["default"] = of_the_test
    server.serve_forever(poll_interval=0.05)
