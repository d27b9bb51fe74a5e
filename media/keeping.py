"""When a file changes, what else has to?"""

from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from wagtail.models import UploadedFile

from media.dropping import drop_what_shows, note_what_tells
from media.fields import door_of
from media.leaflet_texts_making import ask_for_texts
from media.models import Leaflet, Picture, Recording, RecordingText, RecordingVariant
from media.renditions_making import ask_for_renditions
from media.rights import keep_media_rights
from media.variants_making import ask_for_variants

#: What our own code deletes when a row has another file or is gone. Wagtail deletes the others.
OUR_FILES: dict[type[models.Model], str] = {Picture: "working", Recording: "file", RecordingVariant: "file"}


def connect() -> None:
    for model in (Picture, Recording, Leaflet, RecordingText, RecordingVariant):
        label = model._meta.label_lower
        post_save.connect(was_saved, sender=model, dispatch_uid=f"{label}.was_saved")
        pre_delete.connect(is_deleted, sender=model, dispatch_uid=f"{label}.is_deleted")
    for keeper in OUR_FILES:
        label = keeper._meta.label_lower
        pre_save.connect(delete_file_before, sender=keeper, dispatch_uid=f"{label}.file_changes")
        post_delete.connect(delete_file_of, sender=keeper, dispatch_uid=f"{label}.file_is_deleted")
    pre_save.connect(clean_what_waits, sender=UploadedFile, dispatch_uid="media.upload_waits")
    post_migrate.connect(keep_media_rights, dispatch_uid="media.keep_media_rights")


def was_saved(sender: type, instance: Any, raw: bool = False, **signal: Any) -> None:
    drop_what_shows(instance)
    if not raw:
        note_what_tells(instance)
        order_what_is_missing(instance)


def is_deleted(sender: type, instance: Any, **signal: Any) -> None:
    drop_what_shows(instance)
    note_what_tells(instance)


def order_what_is_missing(thing: Any) -> None:
    """Sizes of pictures, lighter versions of recordings and texts of leaflets are made by the task worker."""
    if isinstance(thing, Picture) and thing.renditions_made_at is None:
        transaction.on_commit(ask_for_renditions, robust=True)
    if isinstance(thing, Recording) and thing.variants_made_at is None:
        transaction.on_commit(ask_for_variants, robust=True)
    if isinstance(thing, Leaflet) and thing.text_made_at is None:
        transaction.on_commit(ask_for_texts, robust=True)


def delete_file_before(sender: type[models.Model], instance: Any, raw: bool = False, **signal: Any) -> None:
    """The file that a row had before goes once the row with its new one is committed."""
    if raw or instance.pk is None:
        return
    name = OUR_FILES[sender]
    before = sender._default_manager.filter(pk=instance.pk).values_list(name, flat=True).first()
    if before and before != getattr(instance, name).name:
        delete_after_commit(before, getattr(instance, name).storage)


def delete_file_of(sender: type[models.Model], instance: Any, **signal: Any) -> None:
    file = getattr(instance, OUR_FILES[sender])
    if file:
        delete_after_commit(file.name, file.storage)


def delete_after_commit(name: str, storage: Storage) -> None:
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def clean_what_waits(sender: type, instance: UploadedFile, **signal: Any) -> None:
    """Wagtail stores a file that waits for its title or credit; it is not stored as it came, either."""
    model = instance.for_content_type.model_class() if instance.for_content_type else None
    door = door_of(model) if model else None
    if door and instance.file and not instance.file._committed:
        instance.file = door(instance.file.file)
