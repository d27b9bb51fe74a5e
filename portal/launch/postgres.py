"""Where do the few tests that need PostgreSQL find one? In a server that lives in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from portal.launch.address import claim

OWNER = "postgres"  # the server refuses to run as root


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest server on this machine."""
    on_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    found = shutil.which("initdb")
    initdb = on_debian[-1] if on_debian else found and Path(found)
    return initdb.parent if initdb else None


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdecimal() else 0


@contextmanager
def throwaway(folder_of_programs: Path) -> Generator[str]:
    """A server on loopback with an empty database; answers its DATABASE_URL and leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as name:
        folder, port = Path(name), claim("127.0.0.1", 0)
        if _is_root():
            shutil.chown(folder, OWNER)
        control = [str(folder_of_programs / "pg_ctl"), "--pgdata", str(folder / "data"), "--silent"]
        _run([str(folder_of_programs / "initdb"), *_trusting(folder / "data")])
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -c unix_socket_directories={folder}"
        _run([*control, "--log", str(folder / "log"), "--options", options, "start"])
        try:
            yield f"postgres://{OWNER}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "--mode", "immediate", "stop"])


def _trusting(data: Path) -> list[str]:
    return ["--pgdata", str(data), "--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"]


def _run(command: Sequence[str]) -> None:
    as_owner = ["runuser", "--user", OWNER, "--", *command] if _is_root() else command
    # In a folder that this user may enter: a clone below /root is closed to it.
    subprocess.run(as_owner, check=True, cwd="/", stdout=subprocess.DEVNULL)  # noqa: S603


def _is_root() -> bool:
    return os.geteuid() == 0
