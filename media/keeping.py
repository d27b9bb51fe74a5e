"""When a file changes, what else has to?"""

from typing import Any

from django.db.models.signals import post_migrate, post_save, pre_delete, pre_save
from wagtail.models import Page, UploadedFile

from media.fields import door_of
from media.models import Leaflet, Picture, Recording
from media.rights import keep_media_rights
from portal.base.audience_keeping import pages_that_use, tags_of_change
from portal.base.page_cache import drop


def connect() -> None:
    for model in (Picture, Recording, Leaflet):
        label = model._meta.label_lower
        post_save.connect(drop_pages_that_use, sender=model, dispatch_uid=f"{label}.was_saved")
        pre_delete.connect(drop_pages_that_use, sender=model, dispatch_uid=f"{label}.is_deleted")
    pre_save.connect(clean_what_waits, sender=UploadedFile, dispatch_uid="media.upload_waits")
    post_migrate.connect(keep_media_rights, dispatch_uid="media.keep_media_rights")


def drop_pages_that_use(sender: type, instance: Any, **signal: Any) -> None:
    """A page that shows a file, and the lists that show the page, are made anew."""
    for page in Page.objects.filter(pk__in=pages_that_use(instance)):
        drop(tags_of_change(page))


def clean_what_waits(sender: type, instance: UploadedFile, **signal: Any) -> None:
    """Wagtail stores a file that waits for its title or credit; it is not stored as it came, either."""
    model = instance.for_content_type.model_class() if instance.for_content_type else None
    door = door_of(model) if model else None
    if door and instance.file and not instance.file._committed:
        instance.file = door(instance.file.file)
