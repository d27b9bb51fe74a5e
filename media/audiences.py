"""Who may see a file? The audiences of the live pages that use it; a file that nothing uses is nobody's."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from media.models import Leaflet, Picture, PictureRendition, Recording, RecordingText, RecordingVariant
from portal.base.audience import PageAudience, audience_ids


class Use(NamedTuple):
    """A live page that uses a file, and the audience that may see the page."""

    page_id: int
    audience_id: int


@audience_ids.register(Picture)
@audience_ids.register(PictureRendition)
@audience_ids.register(Leaflet)
@audience_ids.register(Recording)
@audience_ids.register(RecordingText)
@audience_ids.register(RecordingVariant)
def of_file(thing: models.Model) -> frozenset[int]:
    return frozenset(use.audience_id for use in uses_of(thing))


def uses_of(thing: models.Model) -> list[Use]:
    """In one query: covers, blocks, floor plans, narrations and links in text are all in Wagtail's reference index."""
    references = ReferenceIndex.objects.filter(
        _points_at(*chosen_as(thing)), base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = references.values_list(Cast("object_id", models.BigIntegerField()), flat=True)
    found = PageAudience.objects.filter(page__live=True, page_id__in=pages).order_by("page_id")
    return [Use(*row) for row in found.values_list("page_id", "audience_id")]


def chosen_as(thing: models.Model) -> tuple[type[models.Model], int]:
    """What editors choose when they put `thing` on a page: of a rendition its picture, of a text its recording."""
    if isinstance(thing, PictureRendition):
        return Picture, thing.image_id
    if isinstance(thing, RecordingText | RecordingVariant):
        return Recording, thing.recording_id
    return type(thing), thing.pk


def _points_at(model: type[models.Model], pk: int) -> models.Q:
    """At the thing itself, or at a recording that brings it along: as its poster, or as somebody reading its text."""
    at_thing = _points_at_one_of(model, [str(pk)])
    if model is Picture:
        return at_thing | _points_at_one_of(Recording, _ids(Recording.objects.filter(poster=pk), "pk"))
    if model is Recording:
        return at_thing | _points_at_one_of(Recording, _ids(RecordingText.objects.filter(spoken=pk), "recording_id"))
    return at_thing


def _points_at_one_of(model: type[models.Model], ids: "list[str] | models.QuerySet[models.Model, str]") -> models.Q:
    return models.Q(to_content_type=ContentType.objects.get_for_model(model), to_object_id__in=ids)


def _ids(rows: "models.QuerySet[models.Model]", field: str) -> "models.QuerySet[models.Model, str]":
    return rows.order_by().values_list(Cast(field, models.TextField()), flat=True)
