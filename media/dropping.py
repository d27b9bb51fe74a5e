"""Which pages show a file, and are made and indexed anew when it changes?"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.models import Page

from media.models import Leaflet, Picture, Recording, RecordingText, RecordingVariant
from portal.base.audience_keeping import pages_that_use, tags_of_change
from portal.base.page_cache import drop
from portal.search.feeding import note, note_owner


def drop_what_shows(thing: Any) -> None:
    """A page that shows a file, and the lists that show the page, are made anew."""
    for page in Page.objects.filter(pk__in=pages_that_show(thing)):
        drop(tags_of_change(page))


def note_what_tells(thing: Any) -> None:
    """What a page lets people find of a file is out of date, and so is what editors find of it.

    To be called in the transaction of the change. Lighter versions of recordings tell nothing.
    """
    if isinstance(thing, RecordingText):
        note(thing.recording)
    if isinstance(thing, Picture | Recording | RecordingText | Leaflet):
        for pk in sorted(pages_that_show(thing)):
            note_owner(f"{Page._meta.label_lower}:{pk}")


def pages_that_show(thing: Any) -> set[int]:
    return {pk for each in with_what_shows(thing) for pk in pages_that_use(each)}


def with_what_shows(thing: Any) -> Iterator[models.Model]:
    """`thing`, and the recordings that it belongs to: as their poster, their text, or a lighter version of them."""
    if isinstance(thing, RecordingText | RecordingVariant):
        thing = thing.recording
    yield thing
    if isinstance(thing, Picture):
        yield from Recording.objects.filter(poster=thing)
    if isinstance(thing, Recording):
        yield from Recording.objects.filter(texts__spoken=thing).distinct()
