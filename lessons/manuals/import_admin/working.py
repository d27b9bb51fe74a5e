"""What does the task worker do for an import: read the file, and later make the drafts?

As with the sizes of pictures, a row that waits is the order itself (`media.orders`).
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_tasks import task

from lessons.manuals.import_admin.models import FOR_THE_WORKER, ImportState, ManualImport
from lessons.manuals.importing import Imported, Order, UnableToImport, import_manuscript
from lessons.manuals.reading_in import Manuscript, UnableToRead, manuscript_of
from lessons.manuals.word_in.report import counts_of
from media import orders
from portal.base.words import shortened

COMING = "manuals:imports"
MOST_ATTEMPTS = 2
#: Of each section, for a first look.
LINES_SHOWN, LONGEST_LINE = 6, 160


def ask_for_work() -> None:
    """After the commit that brought a file, or that asked for drafts."""
    orders.ask(work_off_imports.enqueue, coming=COMING)


def begin_again() -> None:
    if waiting().exists():
        orders.ask_again(work_off_imports.enqueue, coming=COMING)


@task(backend="background", queue_name="background")
def work_off_imports() -> int:
    """What the task worker does after a manual was brought."""
    return work_off_all()


def work_off_all() -> int:
    return orders.work_off(waiting, work_on, coming=COMING, progress=lambda count: None)


def waiting() -> "models.QuerySet[ManualImport]":
    return ManualImport.objects.filter(state__in=FOR_THE_WORKER)


def work_on(brought: ManualImport) -> None:
    """The next step of one import. However it ends, the order is closed."""
    ManualImport.objects.filter(pk=brought.pk).update(attempts=models.F("attempts") + 1)
    reads = brought.state == ImportState.WAITS_TO_BE_READ
    try:
        if brought.attempts >= MOST_ATTEMPTS:
            raise UnableToRead(_("Our program ended twice while it worked on this file. Divide it into parts."))
        with put_on_disk(brought) as path:
            read(brought, path) if reads else make(brought, path)
    except UnableToRead as error:
        refuse(brought, str(error))
    except UnableToImport as error:
        keep(brought, state=ImportState.READ, reason=str(error), attempts=0)


def read(brought: ManualImport, path: Path) -> None:
    with manuscript_of(path, language=brought.shelf.locale.language_code) as manuscript:
        keep(
            brought, state=ImportState.READ, attempts=0, outline=list(outline_of(manuscript)),
            counts=counts_of(manuscript), remarks=manuscript.remarks,
            title=brought.title or shortened(manuscript.title, most=200, language="en"),
        )  # fmt: skip


def make(brought: ManualImport, path: Path) -> None:
    order = Order(brought.number, title=brought.title, credit=brought.credit)
    language = brought.shelf.locale.language_code
    with manuscript_of(path, language=language) as manuscript, translation.override(language):
        made = import_manuscript(
            manuscript, order, to=brought.shelf, by=brought.by, at=timezone.now(),
            progress=lambda done, total: keep(brought, done=done, total=total),
        )  # fmt: skip
    tell_what_was_made(brought, made)


def tell_what_was_made(brought: ManualImport, made: Imported) -> None:
    keep(
        brought, state=ImportState.MADE, manual=made.manual, attempts=0, reason="",
        remarks={**brought.remarks, "broken_links": made.broken_links},
        refused_pictures=[{"place": each.place, "reason": each.reason} for each in made.refused],
    )  # fmt: skip
    drop_file(brought)


def refuse(brought: ManualImport, reason: str) -> None:
    keep(brought, state=ImportState.REFUSED, reason=reason)
    drop_file(brought)


def drop_file(brought: ManualImport) -> None:
    brought.drop_file()
    keep(brought, file="")


def keep(brought: ManualImport, **told: Any) -> None:
    """Write down what is new, if the row is still there: whoever brought it may have put it away."""
    for name, value in told.items():
        setattr(brought, name, value)
    ManualImport.objects.filter(pk=brought.pk).update(**told)


@contextmanager
def put_on_disk(brought: ManualImport) -> Iterator[Path]:
    """The file, under a name that tells nothing but what it is, wherever the store keeps it."""
    with tempfile.TemporaryDirectory(prefix="manual-", dir=settings.VAR_DIR) as folder:
        path = Path(folder) / f"manual{Path(brought.file_name).suffix.lower()}"
        with brought.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield path


def outline_of(manuscript: Manuscript) -> Iterator[dict[str, Any]]:
    if manuscript.intro:
        yield outlined("", manuscript.intro)
    for section in manuscript.sections:
        yield outlined(section["title"], section["blocks"])


def outlined(title: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """A section as the preview shows it."""
    return {"title": title, "blocks": len(blocks), "lines": [line_of(block) for block in blocks[:LINES_SHOWN]]}


def line_of(block: dict[str, Any]) -> dict[str, str]:
    """What kind of block it is, and its first words."""
    value = block["value"]
    told = value if isinstance(value, str) else next(
        (value[name] for name in ("title", "text", "caption", "alt", "items") if value.get(name)), ""
    )  # fmt: skip
    words = " ".join(told) if isinstance(told, list) else told
    line = " ".join(unescape(strip_tags(words.replace("<", " <"))).split())
    return {"kind": block["type"], "line": shortened(line, most=LONGEST_LINE, language="th")}


@transaction.atomic
def put_away_old_ones(*, before: Any) -> None:
    """What nobody came back for."""
    for brought in ManualImport.objects.filter(brought_at__lt=before).exclude(state__in=FOR_THE_WORKER):
        brought.delete()
