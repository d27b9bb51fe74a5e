"""How does the portal have a file of Word or Markdown read, without reading it itself?

In a process of its own with bounds of memory and time, one at a time on the machine. The process gets a folder and an
environment without secrets; how it ended is all that is believed of it.
"""

import fcntl
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.manuals.word_in.endings import Ending
from lessons.manuals.word_in.wording import Wording
from media.workshop.asking import ROOT
from media.workshop.limits import ENVIRONMENT

#: More than the process may compute: the machine may have other things to do.
MOST_SECONDS = 240
MOST_BYTES = 100 * 1024 * 1024
#: Of what the process wrote down.
LONGEST_ANSWER = 64 * 1024 * 1024
WORD, MARKDOWN = (".docx",), (".md", ".markdown", ".zip")

REFUSALS = {
    Ending.DAMAGED: gettext_lazy(
        "This file is damaged or not complete. Open it in Word, save it again, and try once more."
    ),
    Ending.TOO_LARGE: gettext_lazy(
        "Reading this file needs too much memory or time. Divide it into parts, and bring them one by one."
    ),
    Ending.HAS_MACROS: gettext_lazy(
        "This document carries macros, which are programs, and we open none. Save it in Word as “Word document "
        "(.docx)”, which leaves them out, and try again."
    ),
    Ending.LOCKED: gettext_lazy(
        "This document is locked with a password. Open it in Word, take the password away, save it, and try again."
    ),
    Ending.OLD_WORD: gettext_lazy(
        "This is a document of an old Word (.doc). Open it in Word, save it as “Word document (.docx)”, and try again."
    ),
    Ending.NOT_WORD: gettext_lazy(
        "This is not a Word document, whatever its name says. Open it where it was written, save it as .docx, and try "
        "again."
    ),
    Ending.DECLARES_ENTITIES: gettext_lazy(
        "This document declares entities, which Word never does and which we do not open. Save it again in Word, and "
        "try once more."
    ),
    Ending.UNPACKS_TO_TOO_MUCH: gettext_lazy(
        "This file unpacks to far more than a manual needs. Save it again in Word with smaller pictures, and try again."
    ),
    Ending.WRONG_NAME: gettext_lazy(
        "Manuals come in as Word documents (.docx), as Markdown (.md), or as a folder or .zip of Markdown files."
    ),
    Ending.NOT_TEXT: gettext_lazy("A Markdown file is not UTF-8 text. Save it again as UTF-8, and try once more."),
    Ending.EMPTY: gettext_lazy("There is nothing in this file that a manual could be made of."),
}


class UnableToRead(Exception):
    """The sentence says what is wrong with the file, and what the person can do."""


@dataclass(frozen=True)
class Manuscript:
    """What a file holds: the answer of the process, and the folder with the pictures."""

    title: str
    intro: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    anchors: dict[str, tuple[int, str]]
    remarks: dict[str, int]
    words: int
    words_kept: int
    folder: Path

    def blocks(self) -> Iterator[dict[str, Any]]:
        yield from self.intro
        for section in self.sections:
            yield from section["blocks"]

    def pictures(self) -> list[str]:
        """The names of its pictures, each once, in reading order."""
        return list(dict.fromkeys(block["value"]["picture"] for block in self.blocks() if block["type"] == "picture"))


@contextmanager
def manuscript_of(path: Path, *, language: str) -> Iterator[Manuscript]:
    """What `path` (a file, or a folder of Markdown) holds, while its pictures lie in a folder. Raises UnableToRead."""
    check_name(path)
    with tempfile.TemporaryDirectory(prefix="manual-", dir=settings.VAR_DIR) as name:
        folder = Path(name)
        (folder / "wording.json").write_text(json.dumps(asdict(wording(language))), encoding="utf-8")
        with one_at_a_time():
            ending = ending_of(path, folder=folder)
        if ending is not Ending.DONE:
            raise UnableToRead(str(REFUSALS[ending]))
        yield manuscript_in(folder)


def check_name(path: Path) -> None:
    """What the name alone tells; what is inside is looked at by the process."""
    suffix = path.suffix.lower()
    if path.is_dir():
        return
    if not path.is_file():
        raise UnableToRead(_("There is no such file."))
    if path.stat().st_size > MOST_BYTES:
        raise UnableToRead(str(REFUSALS[Ending.TOO_LARGE]))
    if suffix in {".docm", ".dotm"}:
        raise UnableToRead(str(REFUSALS[Ending.HAS_MACROS]))
    if suffix in {".doc", ".dot"}:
        raise UnableToRead(str(REFUSALS[Ending.OLD_WORD]))
    if suffix not in WORD + MARKDOWN:
        raise UnableToRead(str(REFUSALS[Ending.WRONG_NAME]))


def ending_of(path: Path, *, folder: Path) -> Ending:
    command = [sys.executable, "-s", "-m", "lessons.manuals.word_in", str(path.resolve()), str(folder),
               str(folder / "wording.json")]  # fmt: skip
    try:
        # The command is ours, and the file is an argument of no shell.
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env=ENVIRONMENT | {"TMPDIR": str(folder), "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ending.TOO_LARGE
    if ended.returncode < 0:
        # The kernel ended it at one of its bounds.
        return Ending.TOO_LARGE
    return Ending(ended.returncode) if ended.returncode in set(Ending) else Ending.DAMAGED


def manuscript_in(folder: Path) -> Manuscript:
    answer = folder / "manual.json"
    if answer.stat().st_size > LONGEST_ANSWER:
        raise UnableToRead(str(REFUSALS[Ending.TOO_LARGE]))
    with answer.open(encoding="utf-8") as file:
        made = json.load(file)
    return Manuscript(**made, folder=folder)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two handbooks at once would double what everything else has to leave free."""
    with (settings.VAR_DIR / "manual_imports.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wording(language: str) -> Wording:
    """The words that an import adds, in the language of the manual."""
    with translation.override(language):
        return Wording(
            table=_("Table %(number)d"),
            picture=_("Picture %(number)d"),
            column=_("Column %(number)d"),
            step=_("Step %(number)d"),
            checklist=_("Checklist"),
            notes=_("Notes"),
            see_table=_("See table %(number)d."),
            see_picture=_("See picture %(number)d."),
        )
