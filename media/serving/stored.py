"""Which file has this name, and how may it be answered to whoever asks?"""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.storage import Storage
from django.db import models
from django.http import HttpRequest

from media.models import Leaflet, Picture, PictureRendition, Recording, RecordingText, RecordingVariant
from media.policies import may_fetch, public_use
from media.serving.inert import PRIVATE, PUBLIC, headers_of
from portal.base.audience import viewer_of

#: Which folder of the storage holds the files of which models. Working copies are in none: nobody fetches them.
FOLDERS: dict[str, tuple[type[models.Model], ...]] = {
    "original_images": (Picture,),
    "images": (PictureRendition,),
    "documents": (Leaflet,),
    "recordings": (Recording, RecordingVariant),
}
LONGEST_NAME = 255
LANGUAGES = dict(settings.LANGUAGES)


class Standing(NamedTuple):
    """How a thing may be answered: kept by whom, and, if it is public, because of which page."""

    caching: str
    page_id: int | None = None


class StoredFile(NamedTuple):
    """A file that somebody may fetch. It has a path, unless it lies on another machine."""

    name: str
    storage: Storage
    path: str | None
    headers: dict[str, str]


def thing_called(name: str) -> Any | None:
    """The picture, rendition, recording, variant or leaflet whose file has this name."""
    if "\0" in name or len(name) > LONGEST_NAME:
        return None
    for model in FOLDERS.get(name.partition("/")[0], ()):
        found = model._default_manager.filter(file=name)
        if thing := (found.select_related("recording") if model is RecordingVariant else found).first():
            return thing
    return None


def text_of(pk: int, *, kind: str, language: str) -> RecordingText | None:
    """The text of the recording with this id; an address may hold anything, the database not."""
    if pk > models.BigIntegerField.MAX_BIGINT or kind not in RecordingText.Kind or language not in LANGUAGES:
        return None
    texts = RecordingText.objects.select_related("recording")
    return texts.filter(recording=pk, kind=kind, language=language).first()


def stand_in_for(name: str) -> Any:
    """Something of the kind that this name would have, which was never stored."""
    model = FOLDERS.get(name.partition("/")[0], (Leaflet,))[0]
    # Without a collection of its own, the model would look one up.
    return PictureRendition(image_id=0) if model is PictureRendition else model(pk=0, collection_id=0)


def standing_of(thing: Any | None, request: HttpRequest, *, instead: Any) -> Standing | None:
    """How an answer may be kept; None if there is to be none. What is public never asks who is there.

    What does not exist is asked the same questions as what is hidden, by way of what stands `instead` of it: the
    time that it takes tells nothing.
    """
    asked = thing if thing is not None else instead
    standing: Standing | None = None
    if use := public_use(asked):
        standing = Standing(PUBLIC, use.page_id)
    elif may_fetch(asked, viewer=viewer_of(request), by=request.user):
        standing = Standing(PRIVATE)
    return standing if thing is not None else None


def stored(thing: Any, *, caching: str) -> StoredFile:
    """The file of `thing`, with the headers that it is answered with."""
    name, storage = str(thing.file.name), thing.file.storage
    try:
        path = storage.path(name)
    except NotImplementedError:
        path = None
    return StoredFile(name, storage, path, {**headers_of(thing, name), "Cache-Control": caching})
