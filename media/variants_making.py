"""Who makes the lighter versions of recordings, for slow lines?

As with the sizes of pictures, a recording whose `variants_made_at` is empty is the order itself. The sound of a video
is cut out by our own doors, without changing it. The small picture needs a program that can encode video: `ffmpeg`,
where the machine has one (setting FFMPEG); where not, an editor may bring a small version.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, closing

from django.db import models
from django.utils import timezone
from django_tasks import task

from media import ingest, orders
from media.dropping import drop_what_shows
from media.ingest.kept import AnyFile, UnableToKeep
from media.models import Recording, RecordingVariant
from media.small_video import UnableToEncode, small_video

logger = logging.getLogger(__name__)

COMING = "media:variants"
Kind = RecordingVariant.Kind
Maker = Callable[[AnyFile], AbstractContextManager[AnyFile]]


def ask_for_variants() -> None:
    """After the commit that stored a recording."""
    orders.ask(make_waiting_variants.enqueue, coming=COMING)


def begin_again() -> None:
    orders.ask_again(make_waiting_variants.enqueue, coming=COMING)


@task(backend="background", queue_name="background")
def make_waiting_variants() -> int:
    """What the task worker does after a recording was brought."""
    return make_all()


def make_all(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Make the lighter versions of all recordings that wait for them; returns how many recordings are done."""
    return orders.work_off(waiting, make, coming=COMING, progress=progress)


def waiting() -> "models.QuerySet[Recording]":
    return Recording.objects.filter(variants_made_at=None)


def make(recording: Recording) -> None:
    """Make what this machine can, and close the order, unless the recording was given another file meanwhile."""
    if recording.kind == Recording.Kind.VIDEO:
        if recording.has_sound:
            keep_variant(recording, Kind.SOUND, sound_of)
        keep_variant(recording, Kind.SMALL, small_video)
    now = {"variants_made_at": timezone.now()}
    if Recording.objects.filter(pk=recording.pk, file=recording.file.name).update(**now):
        drop_what_shows(recording)


def keep_variant(recording: Recording, kind: RecordingVariant.Kind, made_from: Maker) -> None:
    """What an editor brought stays; what cannot be made is left out, for the recording itself is there."""
    if recording.variants.filter(kind=kind).exists():
        return
    with recording.file.open() as file:
        try:
            with made_from(file) as lighter:
                RecordingVariant(recording=recording, kind=kind, file=lighter).save()
        except (UnableToEncode, UnableToKeep) as reason:
            logger.warning("No version “%s” of recording %d: %s", kind, recording.pk, reason)


def sound_of(file: AnyFile) -> AbstractContextManager[AnyFile]:
    return closing(ingest.sound_of(file))
