"""Pictures, recordings and leaflets: what may be shown, heard and printed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.models import CollectionMember
from wagtail.search import index

from media.addresses import address_of
from media.captions import check_captions
from media.fields import LeafletField, PictureField, RecordingField, RenditionField
from media.ingest.kept import AnyFile
from media.ingest.sounds import seconds_of
from media.working_copy import kept_small, small_source


class Rights(models.TextChoices):
    OWN = "own", _("Made by the centre")
    LICENSED = "licensed", _("Used with permission")
    OPEN = "open", _("Open licence")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")


def waits(file: Any) -> bool:
    """Whether `file` was given to a row, but is not stored yet."""
    return bool(file) and not file._committed


class Picture(AbstractImage):
    """A photograph or drawing. Everything but pixels and colour profile is taken out before it is stored."""

    file = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height", db_index=True
    )
    credit = models.CharField(_("credit"), max_length=160, blank=True, help_text=_("Who made it, or owns it."))
    rights = models.CharField(_("rights"), max_length=16, choices=Rights, default=Rights.OWN)

    admin_form_fields = (
        "title", "file", "description", "credit", "rights", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]
    classification = {
        "id": "public", "title": "staff", "file": "staff", "description": "public", "width": "public",
        "height": "public", "created_at": "staff", "uploaded_by_user": "personal", "tags": "staff",
        "focal_point_x": "public", "focal_point_y": "public", "focal_point_width": "public",
        "focal_point_height": "public", "file_size": "public", "file_hash": "staff", "collection": "staff",
        "credit": "public", "rights": "public",
    }  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if waits(self.file):
            # Stored before the row is written: turning a picture upright changes its width and height.
            self.file.save(str(self.file.name), self.file.file, save=False)
            self._set_image_file_metadata()
            self.file.close()
        super().save(*args, **kwargs)

    def create_renditions(self, *filters: Filter) -> dict[Filter, "PictureRendition"]:
        """One after the other: three large pictures unpacked at the same time would not fit into memory."""
        if filters and not self.file.storage.exists(self.file.name):
            raise SourceImageIOError(self.file.name)
        with kept_small(self):
            return {filter_: self.create_rendition(filter_) for filter_ in filters}

    def generate_rendition_file(self, filter: Filter, *, source: AnyFile | None = None) -> AnyFile:
        return super().generate_rendition_file(filter, source=source or small_source(self, filter))


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    file = RenditionField(
        upload_to=get_rendition_upload_to, storage=get_rendition_storage, width_field="width", height_field="height",
        db_index=True,
    )  # fmt: skip
    classification = {
        "id": "public", "image": "public", "filter_spec": "public", "file": "staff", "width": "public",
        "height": "public", "focal_point_key": "public",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_is_made_once"
            )
        ]

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))


class Recording(CollectionMember, index.Indexed, models.Model):
    """Sound or video, with captions and a transcript: what is heard can also be read."""

    class Kind(models.TextChoices):
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")

    title = models.CharField(_("title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.AUDIO)
    file = RecordingField(_("file"), upload_to="recordings", db_index=True)
    seconds = models.PositiveIntegerField(_("length in seconds"), default=0, editable=False)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    captions = models.TextField(
        _("captions"), blank=True, validators=[check_captions],
        help_text=_("What is said, and when, as WebVTT. In the language of the recording."),
    )  # fmt: skip
    transcript = models.TextField(_("transcript"), help_text=_("All that is said, and the sounds that matter."))
    credit = models.CharField(_("credit"), max_length=160, blank=True, help_text=_("Who made it, or owns it."))
    rights = models.CharField(_("rights"), max_length=16, choices=Rights, default=Rights.OWN)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("transcript"),
        *CollectionMember.search_fields,
    ]
    classification = {
        "id": "public", "title": "public", "kind": "public", "file": "staff", "seconds": "public",
        "language": "public", "captions": "public", "transcript": "public", "credit": "public", "rights": "public",
        "created_at": "staff", "collection": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if waits(self.file):
            self.file.save(str(self.file.name), self.file.file, save=False)
            self.seconds = seconds_of(self.file)
            self.file.close()
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))


class Leaflet(AbstractDocument):
    """A document to read or print."""

    file = LeafletField(_("file"), upload_to="documents", db_index=True)

    admin_form_fields = ("title", "file", "collection", "tags")
    classification = {
        "id": "public", "title": "public", "file": "staff", "created_at": "staff", "uploaded_by_user": "personal",
        "tags": "staff", "file_size": "public", "file_hash": "staff", "collection": "staff",
    }  # fmt: skip

    class Meta(AbstractDocument.Meta):
        verbose_name = _("leaflet")
        verbose_name_plural = _("leaflets")
        permissions = [("choose_leaflet", "Can choose leaflet")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if waits(self.file):
            self.file.save(str(self.file.name), self.file.file, save=False)
            self._set_document_file_metadata()
            self.file.close()
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))
