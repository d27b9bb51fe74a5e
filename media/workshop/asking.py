"""How does the portal have a picture unpacked, without unpacking it itself?

One job at a time on the whole machine: two pictures of 24 megapixels at once would double what everything else has to
leave free. The process gets a folder, an environment without secrets, and half a minute.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.ingest.kept import UnableToKeep, damaged
from media.workshop import endings
from media.workshop.endings import Ending
from media.workshop.limits import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
#: Twice what the process may compute: the machine may have other things to do.
MOST_SECONDS = 45
#: A whole class may bring its pictures at the same time.
MOST_WAITING, LOOK_AGAIN = 60, 0.02
LONGEST_ANSWER = 4096
TURN = Lock()

REFUSALS = {
    Ending.TOO_LARGE: _(
        "Opening this picture needs too much memory. Save it as an ordinary JPEG, or make it smaller, and try again."
    ),
    Ending.POINTS_ELSEWHERE: _(
        "This drawing shows pictures that are not in the file. Embed them in the drawing, or save it as a PNG."
    ),
    Ending.DECLARES_ENTITIES: _(
        "This drawing declares entities, which we do not open. Save it as “plain SVG” or as a PNG."
    ),
    Ending.HAS_NO_SIZE: _("This drawing does not say how large it is. Save it with a width and a height, or as a PNG."),
    Ending.UNKNOWN_LETTERS: _(
        "This drawing has letters that we cannot draw. Turn its texts into paths, or save it as a PNG."
    ),
}


@dataclass(frozen=True)
class Prepared:
    """What the workshop made of a picture; width and height in pixels, upright.

    `placeholder` is four by three colours, row by row, as 72 hexadecimal digits, or nothing if one can see through the
    picture. `working` is a JPEG or (`working_extension`) a PNG. `upright` is the whole picture made anew, where the
    original could not stay as it was: the camera was turned, or it was a drawing. The door takes it for the content.
    """

    width: int
    height: int
    placeholder: str
    has_transparency: bool
    working: bytes
    working_extension: str
    upright: bytes | None


def prepared(content: bytes, *, format_: str, orientation: int = 1, anew: bool = False) -> Prepared:
    """Have `content` (without metadata) unpacked; `orientation` is how the camera was held. Raises UnableToKeep.

    `anew` asks for the whole picture made anew of its pixels, so that nothing can be hidden between them.
    """
    with folder_of_ones_own() as folder:
        picture = folder / "picture"
        picture.write_bytes(content)
        made = json.loads(run(picture, format_=format_, orientation=orientation, folder=folder, anew=anew))
        return Prepared(
            width=made["width"],
            height=made["height"],
            placeholder=made["placeholder"],
            has_transparency=made["has_transparency"],
            working=(folder / made["working"]).read_bytes(),
            working_extension=Path(made["working"]).suffix,
            upright=(folder / made["upright"]).read_bytes() if made["upright"] else None,
        )


def run(picture: Path, *, format_: str, orientation: int, folder: Path, anew: bool = False) -> bytes:
    """What the process wrote; its sentence is raised if it came to no good end."""
    command = [sys.executable, "-s", "-m", "media.workshop", str(picture), format_, str(orientation), str(folder)]
    command += ["anew"] if anew else []
    # Into a file, whose size is bounded, and not through a pipe, which would fill our memory.
    with (folder / "answer").open("w+b") as answer:
        ending = ending_of(command, answer=answer, folder=folder)
        if ending is not Ending.DONE:
            raise refusal(ending)
        return answer.read(LONGEST_ANSWER)


def ending_of(command: list[str], *, answer: IO[bytes], folder: Path) -> Ending:
    try:
        # The command is ours, and the picture is an argument of no shell.
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env=ENVIRONMENT | {"TMPDIR": str(folder), "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ending.TOO_LARGE
    answer.seek(0)
    return endings.of_code(ended.returncode)


def refusal(ending: Ending) -> UnableToKeep:
    if ending not in REFUSALS:
        return damaged()
    return UnableToKeep(REFUSALS[ending], code=ending.name.lower())


@contextmanager
def folder_of_ones_own() -> Iterator[Path]:
    """An empty folder while nobody else in the workshop works; what a killed server left behind goes."""
    folder = settings.VAR_DIR / "workshop"
    with (settings.VAR_DIR / "workshop.lock").open("a") as lock:
        wait_for(lock.fileno())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def busy() -> UnableToKeep:
    return UnableToKeep(_("Many files are being opened just now. Wait a few minutes, and try again."), code="busy")


@contextmanager
def ones_turn() -> Iterator[None]:
    """While nobody else in this server holds a whole file in memory: what waits for the workshop waits on the disk."""
    if not TURN.acquire(timeout=MOST_WAITING):
        raise busy()
    try:
        yield
    finally:
        TURN.release()


def wait_for(lock: int) -> None:
    until = time.monotonic() + MOST_WAITING
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise busy() from error
        time.sleep(LOOK_AGAIN)
