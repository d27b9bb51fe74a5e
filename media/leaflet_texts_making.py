"""Who reads what leaflets say, so that it can be found?

As with the sizes of pictures, a leaflet whose `text_made_at` is empty is the order itself. A PDF is read where others
are taken apart, in a process of its own with bounds: one that cannot be read has no text, and keeps nobody waiting.
"""

import shutil
import sys
from pathlib import Path

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from media import orders
from media.dropping import note_what_tells
from media.ingest.documents import code_of
from media.ingest.kept import AnyFile
from media.legible import legible
from media.models import Leaflet
from media.workshop import asking
from media.workshop.endings import Ending
from media.workshop.paper_words import MOST_LETTERS
from portal.search.feeding import note

COMING = "media:leaflet_texts"
#: What a letter of UTF-8 takes at most, in bytes.
LONGEST_LETTER = 4


def ask_for_texts() -> None:
    """After the commit that stored a leaflet."""
    orders.ask(read_waiting_leaflets.enqueue, coming=COMING)


def begin_again() -> None:
    orders.ask_again(read_waiting_leaflets.enqueue, coming=COMING)


@task(backend="background", queue_name="background")
def read_waiting_leaflets() -> int:
    """What the task worker does after a leaflet was brought."""
    return read_all()


def read_all() -> int:
    """Read all leaflets that wait for it; returns how many."""
    return orders.work_off(waiting, read, coming=COMING, progress=lambda count: None)


def waiting() -> "models.QuerySet[Leaflet]":
    return Leaflet.objects.filter(text_made_at=None)


def read(leaflet: Leaflet) -> None:
    """Keep what it says, and close the order, unless the leaflet was given another file meanwhile."""
    with leaflet.file.open() as file:
        text = text_of(file)
    now = {"text": text, "text_made_at": timezone.now()}
    with transaction.atomic():
        if Leaflet.objects.filter(pk=leaflet.pk, file=leaflet.file.name).update(**now):
            note(leaflet)
            note_what_tells(leaflet)


def text_of(file: AnyFile) -> str:
    """What a PDF says, as text that people can read; nothing if it says nothing or cannot be read.

    Raises UnableToKeep if the workshop is busy, so that the order stays open.
    """
    with asking.folder_of_ones_own() as folder:
        paper, words = folder / "paper.pdf", folder / "words.txt"
        with paper.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        command = [sys.executable, "-s", "-m", "media.workshop.paper_words", str(paper), str(words)]
        if code_of(command, folder=folder) != Ending.DONE:
            return ""
        return legible(begin_of(words))


def begin_of(words: Path) -> str:
    """As much as the process may write, whatever it has written."""
    with words.open("rb") as file:
        return file.read(LONGEST_LETTER * MOST_LETTERS).decode("utf-8", "ignore")
