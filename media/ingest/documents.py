"""Which leaflets are taken, and what do we say about the others?

PDFs that only show pages; what is left of one is decided by `media.workshop.paper`, in a process of its own: a PDF of a
few kilobytes may unpack to gigabytes.
"""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.ingest.kept import AnyFile, KeptFile, UnableToKeep, content_of, damaged, extension_of
from media.ingest.recognised import refusal_for
from media.workshop import asking, endings
from media.workshop.endings import Ending
from media.workshop.limits import ENVIRONMENT
from media.workshop.paper_endings import Reason

MOST_BYTES = 30 * 1024 * 1024
#: A PDF begins with this, and ends with a place and a mark (ISO 32000-2, 7.5.2 and 7.5.5).
BEGINNING, SHORTEST = b"%PDF-", 64

REFUSALS = {
    Reason.LOCKED: _(
        "This PDF is locked with a password. Save it without a password, or print it to a new PDF, and upload that."
    ),
    Reason.ACTS: _("This PDF holds a program or a form that acts by itself. Print it to a new PDF, and upload that."),
    Reason.CARRIES_FILES: _(
        "This PDF carries other files inside. Take the attachments out, or print it to a new PDF, and upload that."
    ),
    Reason.FILLED_IN: _(
        "This PDF is a form that somebody has filled in. Upload the empty form; or, if readers are to see the answers, "
        "print it to a new PDF."
    ),
    Reason.SIGNED: _(
        "This PDF is signed, and a signature tells who signed, when and where. Print it to a new PDF, and upload that."
    ),
    Reason.TOO_MANY_PAGES: _("This PDF has too many pages. Divide it into parts, and upload them one by one."),
    Reason.UNPACKS_TO_TOO_MUCH: _(
        "This PDF would become too large on a reader's telephone. Print it to a new PDF of ordinary quality, and "
        "upload that."
    ),
    Reason.UNUSUAL: _(
        "This PDF is built in a way that we cannot look through. Print it to a new PDF, and upload that."
    ),
}


def cleaned_leaflet(file: AnyFile) -> KeptFile:
    """The same pages without metadata. Raises UnableToKeep."""
    if isinstance(file, KeptFile) and file.content_type == "application/pdf":
        return file
    with asking.ones_turn():
        return _cleaned(file)


def _cleaned(file: AnyFile) -> KeptFile:
    content = content_of(file, at_most=getattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", MOST_BYTES))
    if not content.startswith(BEGINNING):
        raise refusal_for(file, door="leaflets")
    if extension_of(file) != ".pdf":
        raise UnableToKeep(_("The file is a PDF. Rename it to end in “.pdf”."), code="invalid_document_name")
    return KeptFile(pages_only(content), extension=".pdf", content_type="application/pdf")


def pages_only(content: bytes) -> bytes:
    """The PDF written anew: what its pages need, and nothing about who made it."""
    if len(content) < SHORTEST or b"endobj" not in content:
        raise damaged()
    with asking.folder_of_ones_own() as folder:
        paper, new = folder / "paper.pdf", folder / "new.pdf"
        paper.write_bytes(content)
        check_rewritten(paper, new, folder=folder)
        return new.read_bytes()


def check_rewritten(paper: Path, new: Path, *, folder: Path) -> None:
    """Have `paper` written anew as `new`; raises UnableToKeep if the process came to no good end."""
    command = [sys.executable, "-s", "-m", "media.workshop.paper", str(paper), str(new)]
    code = code_of(command, folder=folder)
    if code == Ending.DONE:
        return
    if endings.of_code(code) is Ending.TOO_LARGE:
        code = Reason.UNPACKS_TO_TOO_MUCH
    if code not in set(Reason):
        raise damaged()
    raise UnableToKeep(REFUSALS[Reason(code)], code=Reason(code).name.lower())


def code_of(command: list[str], *, folder: Path) -> int:
    """With which number the process ended; it learns nothing about the portal but the folder."""
    try:
        # The command is ours, and the paper is an argument of no shell.
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=asking.ROOT,
            env=ENVIRONMENT | {"TMPDIR": str(folder), "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=asking.MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Reason.UNPACKS_TO_TOO_MUCH
    return ended.returncode
