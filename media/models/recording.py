"""Sound, video or a panorama, with the words that belong to it."""

from math import ceil
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionMember
from wagtail.search import index

from media.addresses import address_of
from media.captions import check_captions, cues_of
from media.captions.markup import plain
from media.fields import RecordingField
from media.ingest.recorded import Recorded
from media.models.credited import LETTERS_FOR_TYPING, Credited, DeletesAtOnce, waits


class Recording(Credited, CollectionMember, index.Indexed, models.Model):
    """Sound, video or a 360° panorama. What is heard can also be read, in as many languages as somebody wrote."""

    class Kind(models.TextChoices):
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")
        PANORAMA = "panorama", _("360° panorama")

    title = models.CharField(_("title"), max_length=255)
    file = RecordingField(_("file"), upload_to="recordings", db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.AUDIO, editable=False)
    seconds = models.PositiveIntegerField(_("length in seconds"), default=0, editable=False)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    has_sound = models.BooleanField(_("has sound"), default=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    file_hash = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en",
        help_text=_("The language that is spoken in it."),
    )  # fmt: skip
    poster = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("poster"), help_text=_("The picture that is shown before a video is played."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("uploaded by user"),
    )  # fmt: skip
    variants_made_at = models.DateTimeField(null=True, editable=False, db_index=True)
    objects = DeletesAtOnce.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("credit"),
        index.SearchField("what_is_said"),
        index.AutocompleteField("first_words"),
        # What the library's list and its rights sort out by.
        index.FilterField("id"),
        index.FilterField("kind"),
        index.FilterField("language"),
        index.FilterField("uploaded_by_user"),
        *CollectionMember.search_fields,
    ]
    classification: ClassVar[dict[str, str]] = {
        **Credited.classification,
        "id": "public", "title": "public", "kind": "public", "file": "staff", "seconds": "public",
        "width": "public", "height": "public", "has_sound": "public", "file_size": "public", "file_hash": "staff",
        "language": "public", "poster": "public", "created_at": "staff", "collection": "staff",
        "uploaded_by_user": "personal", "variants_made_at": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-created_at"]
        permissions = [("choose_recording", "Can choose recording")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        brought = waits(self.file)
        if brought:
            self.file.save(str(self.file.name), self.file.file, save=False)
            self.file.close()
            self.variants_made_at = None
        # Together with the notes that its pages have changed.
        with transaction.atomic():
            super().save(*args, **kwargs)
            if brought:
                # Lighter versions of the file before this one are another film.
                self.variants.all().delete()

    @classmethod
    def get_indexed_objects(cls) -> "models.QuerySet[Recording]":
        """With what is said in them, in one query more."""
        recordings: models.QuerySet[Recording] = super().get_indexed_objects().prefetch_related("texts")
        return recordings

    def what_is_said(self) -> str:
        """In all languages, for the search of the admin; what several texts say alike, once."""
        words = (plain(cue.text) for text in self.texts.all() for cue in cues_of(text.vtt))
        return "\n".join(dict.fromkeys(words))

    def first_words(self) -> str:
        return self.what_is_said()[:LETTERS_FOR_TYPING]

    def take_facts(self, recorded: Recorded, *, size: int, digest: str) -> None:
        """What the door found out about the file; the row is not saved."""
        self.kind, self.seconds = recorded.kind, ceil(recorded.seconds)
        self.width, self.height, self.has_sound = recorded.width, recorded.height, recorded.has_sound
        self.file_size, self.file_hash = size, digest

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))


class RecordingText(models.Model):
    """Words of one kind in one language, each with the time at which it belongs, as WebVTT.

    The spoken version of a narration or of an audio description is a recording of its own.
    """

    class Kind(models.TextChoices):
        CAPTIONS = "captions", _("Captions")
        TRANSCRIPT = "transcript", _("Transcript")
        DESCRIPTIONS = "descriptions", _("Audio description")
        NARRATION = "narration", _("Narration")

    recording = models.ForeignKey(
        Recording, on_delete=models.CASCADE, related_name="texts", verbose_name=_("recording")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    vtt = models.TextField(_("text with times"), validators=[check_captions])
    spoken = models.ForeignKey(
        Recording, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("spoken version"), help_text=_("A sound recording in which somebody reads this text."),
    )  # fmt: skip
    is_checked = models.BooleanField(
        _("checked"), default=False, help_text=_("Somebody who speaks the language has compared it with the recording.")
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    classification = {
        "id": "public", "recording": "public", "kind": "public", "language": "public", "vtt": "public",
        "spoken": "public", "is_checked": "public", "updated_at": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("text of a recording")
        verbose_name_plural = _("texts of recordings")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "kind", "language"], name="media_recordingtext_is_written_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_language_display()}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Together with the notes that the pages of its recording have changed."""
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return reverse("media:text", args=[self.recording_id, self.kind, self.language])


class RecordingVariant(models.Model):
    """A lighter version of a recording, for slow lines."""

    class Kind(models.TextChoices):
        SOUND = "sound", _("Sound only")
        SMALL = "small", _("Smaller video")

    recording = models.ForeignKey(
        Recording, on_delete=models.CASCADE, related_name="variants", verbose_name=_("recording")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    file = RecordingField(_("file"), upload_to="recordings", db_index=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)

    classification = {
        "id": "public", "recording": "public", "kind": "public", "file": "staff", "file_size": "public",
        "width": "public", "height": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("lighter version")
        verbose_name_plural = _("lighter versions")
        constraints = [
            models.UniqueConstraint(fields=["recording", "kind"], name="media_recordingvariant_is_made_once")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if waits(self.file):
            self.file.save(str(self.file.name), self.file.file, save=False)
            self.file.close()
        super().save(*args, **kwargs)

    def take_facts(self, recorded: Recorded, *, size: int, digest: str) -> None:
        """As for a recording; what a variant is called by its digest nobody asks."""
        self.width, self.height, self.file_size = recorded.width, recorded.height, size

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))
