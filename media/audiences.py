"""Who may see a file? The audiences of the live pages that use it; a file that nothing uses is nobody's."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from media.models import Leaflet, Picture, PictureRendition, Recording
from portal.base.audience import PageAudience, audience_ids


@audience_ids.register(Picture)
@audience_ids.register(Leaflet)
@audience_ids.register(Recording)
def of_file(thing: models.Model) -> frozenset[int]:
    return audiences_of_users(type(thing), thing.pk)


@audience_ids.register(PictureRendition)
def of_rendition(thing: PictureRendition) -> frozenset[int]:
    return audiences_of_users(Picture, thing.image_id)


def audiences_of_users(model: type[models.Model], pk: int) -> frozenset[int]:
    """In one query: covers, blocks, floor plans, narrations and links in text are all in Wagtail's reference index."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=str(pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pages = references.values_list(Cast("object_id", models.BigIntegerField()), flat=True)
    found = PageAudience.objects.filter(page__live=True, page_id__in=pages)
    return frozenset(found.values_list("audience_id", flat=True))
