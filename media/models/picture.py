"""A photograph or a drawing, and the sizes in which it is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.images.rect import Rect
from wagtail.search import index

from media.addresses import address_of
from media.fields import PictureField, RenditionField
from media.ingest.kept import AnyFile
from media.models.credited import Credited, DeletesAtOnce, waits
from media.stores import originals
from media.words import Words, in_language

JPEG_START = b"\xff\xd8"


class PictureQuerySet(DeletesAtOnce, ImageQuerySet):
    def waiting_for_renditions(self) -> "PictureQuerySet":
        return self.filter(renditions_made_at=None)


class Picture(Credited, AbstractImage):
    """A photograph or drawing. Everything but pixels and colour profile is taken out before it is stored.

    `file` is the original and `working` a copy of at most 2880 pixels, of which all renditions are made. Both lie in
    the private store. `placeholder` holds twelve mean colours, four in a row, as hexadecimal digits.
    """

    file = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, storage=originals, width_field="width",
        height_field="height", db_index=True,
    )  # fmt: skip
    working = models.FileField(upload_to="working", storage=originals, blank=True, editable=False)
    placeholder = models.CharField(max_length=72, blank=True, editable=False)
    renditions_made_at = models.DateTimeField(null=True, editable=False, db_index=True)
    alt = models.JSONField(
        _("alternative text"), default=dict, blank=True,
        help_text=_("What the picture shows, for people who cannot see it, in each language."),
    )  # fmt: skip
    is_decorative = models.BooleanField(
        _("only decorates"), default=False,
        help_text=_("The picture tells nothing; readers who cannot see it miss nothing."),
    )  # fmt: skip

    objects = PictureQuerySet.as_manager()
    admin_form_fields = (
        "title", "file", "alt", "is_decorative", "credit", "rights", "rights_note", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit"), index.SearchField("alt_texts")]
    classification: ClassVar[dict[str, str]] = {
        **Credited.classification,
        "id": "public", "title": "staff", "file": "staff", "description": "public", "width": "public",
        "height": "public", "created_at": "staff", "uploaded_by_user": "personal", "tags": "staff",
        "focal_point_x": "public", "focal_point_y": "public", "focal_point_width": "public",
        "focal_point_height": "public", "file_size": "public", "file_hash": "staff", "collection": "staff",
        "working": "staff", "placeholder": "public", "renditions_made_at": "staff", "alt": "public",
        "is_decorative": "public",
    }  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: Any, **kwargs: Any) -> None:
        brought = waits(self.file)
        if brought:
            # Stored before the row is written: turning a picture upright changes its width and height.
            self._store(self.file.file)
        super().save(*args, **kwargs)
        if brought:
            self.renditions.all().delete()

    def _store(self, brought: AnyFile) -> None:
        self.working = ""
        self.file.save(str(self.file.name), brought, save=False)
        self._set_image_file_metadata()
        self.file.close()
        self.renditions_made_at = None

    def keep_working_copy(self, content: bytes, *, placeholder: str) -> None:
        """Store what the workshop made of the original; the row is not saved."""
        suffix = ".jpg" if content.startswith(JPEG_START) else ".png"
        stem = str(self.file.name).rpartition("/")[2].partition(".")[0]
        self.working.save(f"{stem}{suffix}", ContentFile(content), save=False)
        self.working.close()
        self.placeholder = placeholder

    def alt_in(self, language: str) -> Words:
        """What it shows, in `language` or else in another; empty for what only decorates."""
        return Words("", language) if self.is_decorative else in_language(self.alt, language)

    def says_what_it_shows(self, language: str) -> bool:
        return self.is_decorative or bool(self.alt.get(language, "").strip())

    @property
    def default_alt_text(self) -> str:
        """What Wagtail puts beside a picture in rich text and in its own lists."""
        return self.alt_in(get_language() or "en").text

    def alt_texts(self) -> str:
        """For the search of the admin."""
        return "\n".join(self.alt.values())

    def create_renditions(self, *filters: Filter) -> dict[Filter, "PictureRendition"]:
        """One after the other: three large pictures unpacked at the same time would not fit into memory."""
        if filters and not self.file.storage.exists(self.file.name):
            raise SourceImageIOError(self.file.name)
        return {filter_: self.create_rendition(filter_) for filter_ in filters}

    def generate_rendition_file(self, filter: Filter, *, source: AnyFile | None = None) -> AnyFile:
        """From the working copy, wherever there is one: it is small, upright, and in a format that all can read."""
        if not self.working or source is not None:
            return super().generate_rendition_file(filter, source=source)
        with self.working.open() as working, self.as_large_as(working):
            return super().generate_rendition_file(filter, source=working)

    @contextmanager
    def as_large_as(self, working: Any) -> Iterator[None]:
        """While this lasts, the focal point is told in pixels of the working copy."""
        from PIL import Image

        self._scale = Image.open(working).width / self.width
        working.seek(0)
        try:
            yield
        finally:
            del self._scale

    def get_focal_point(self) -> Rect | None:
        rect = super().get_focal_point()
        scale = getattr(self, "_scale", 1)
        return Rect(*(round(side * scale) for side in rect)) if rect else None


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
