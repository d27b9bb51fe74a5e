"""Which pages show a file, and are made anew when it changes?"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.models import Page

from media.models import Picture, Recording, RecordingText, RecordingVariant
from portal.base.audience_keeping import pages_that_use, tags_of_change
from portal.base.page_cache import drop


def drop_what_shows(thing: Any) -> None:
    """A page that shows a file, and the lists that show the page, are made anew."""
    pages = {pk for each in with_what_shows(thing) for pk in pages_that_use(each)}
    for page in Page.objects.filter(pk__in=pages):
        drop(tags_of_change(page))


def with_what_shows(thing: Any) -> Iterator[models.Model]:
    """`thing`, and the recordings that it belongs to: as their poster, their text, or a lighter version of them."""
    if isinstance(thing, RecordingText | RecordingVariant):
        thing = thing.recording
    yield thing
    if isinstance(thing, Picture):
        yield from Recording.objects.filter(poster=thing)
    if isinstance(thing, Recording):
        yield from Recording.objects.filter(texts__spoken=thing).distinct()
