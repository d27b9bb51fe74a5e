"""How is a PDF made without what makes it being able to end the portal?

Typst runs in a process of its own, with a folder, an environment without secrets, and bounds on time and memory. It
reads nothing outside that folder: manual texts are data there, and even a template could open no other file.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.editions.paper import fonts
from portal.editions.paper.qr import square
from portal.editions.paper.setting import Imprint, Look, Setting, set_in_type

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = Path(__file__).parent / "typst"
MOST_SECONDS = 600
MODULE = "portal.editions.paper.press"
#: The name of the block, in what is frozen beside the HTML.
CHECKLIST = "checklist"


class UnableToPrint(Exception):
    """There is no PDF; the sentence can be shown."""


def make(
    content: Mapping[str, Any],
    *,
    fragments: Callable[[str], str],
    files: Callable[[str], bytes],
    imprint: Imprint,
    language: str | None = None,
    pages: Collection[str] | None = None,
    look: Look = "a4",
) -> bytes:
    """The PDF of an edition. `fragments` and `files` give what lies under a digest.

    In `language`, or, without one, in all languages behind each other; the pages with the keys `pages`, or all.
    `look` is "a4", or "large": checklists alone, in large print on A5. The same edition always gives the same bytes.
    Raises UnableToPrint.
    """
    setting = set_in_type(
        content, fragments=fragments, imprint=imprint, language=language, pages=pages, look=look
    )  # fmt: skip
    place = Path(settings.VAR_DIR, "paper")
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        lay_out(setting, folder, files=files, address=imprint.address)
        _run(folder, second=int(imprint.issued_at.timestamp()))
        return (folder / "paper.pdf").read_bytes()


def lay_out(setting: Setting, folder: Path, *, files: Callable[[str], bytes], address: str) -> None:
    (folder / "setting.json").write_text(json.dumps(setting.document, ensure_ascii=False), encoding="utf-8")
    for template in TEMPLATES.iterdir():
        (folder / template.name).write_bytes(template.read_bytes())
    (folder / "qr.svg").write_bytes(square(address))
    (folder / "raw").mkdir()
    for sha256 in setting.files:
        # Fragments name what they show by digest; what is no digest names no file.
        if sha256.isalnum():
            (folder / "raw" / sha256).write_bytes(files(sha256))
    for number, drawn in enumerate(setting.drawings):
        (folder / "raw" / f"drawing-{number}").write_bytes(drawn)


def _run(folder: Path, *, second: int) -> None:
    command = [sys.executable, "-s", "-m", MODULE, str(folder), str(fonts.folder()), str(second)]
    try:
        # The command is ours, and no shell reads it.
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "TMPDIR": str(folder), "HOME": str(folder), "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnableToPrint(_("This edition takes too long to print.")) from error
    if ended.returncode or not (folder / "paper.pdf").is_file():
        raise UnableToPrint(_("This edition could not be printed."))


def has_checklists(content: Mapping[str, Any], language: str) -> bool:
    """Whether there is anything to print in large letters."""
    return any(
        block["kind"] == CHECKLIST
        for page in content["pages"]
        if language in page["versions"]
        for block in page["versions"][language]["blocks"]
    )
