"""What exactly was in force, and when? Numbered snapshots of a page tree that nobody can change."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What an edition means for those who finished the one before."""

    FIRST = "first", _("First edition")
    CORRECTION = "correction", _("Correction: nothing new to learn")
    NEW_OPTIONAL = "new_optional", _("Something new that is offered")
    NEW_REQUIRED = "new_required", _("Something new that is required")
    RETRAINING = "retraining", _("Retraining by a date")


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, subject: UUID) -> "EditionQuerySet":
        """The editions of one subject, the newest first."""
        return self.filter(subject=subject).order_by("-number")

    def effective(self, at: datetime) -> "EditionQuerySet":
        """Those whose hour has come by `at`; of each subject the newest of them counts."""
        return self.filter(effective_from__lte=at)


class Edition(models.Model):
    """An immutable, numbered snapshot of a page tree in all its languages.

    `subject` is the translation key of the tree's root page. A controlled edition has a `code` such as KP-SOP-012 and
    a `proposal` that three people have signed: the database refuses one that has not (migration 0005). `content` is
    canonical JSON (sorted keys, no spaces, UTF-8), `sha256` its digest together with `previous_sha256`, so that the
    editions of a subject form a chain.
    """

    subject = models.UUIDField(_("subject"), db_index=True)
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=24, blank=True, db_index=True)
    proposal = models.OneToOneField(
        "editions.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="edition",
        verbose_name=_("proposal"),
    )  # fmt: skip
    change_kind = models.CharField(_("kind of change"), max_length=16, choices=ChangeKind)
    note = models.TextField(_("note"), blank=True)
    content = models.TextField(_("content"))
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    effective_from = models.DateTimeField(_("in force from"))

    objects = EditionQuerySet.as_manager()
    classification = {
        "id": "public", "subject": "public", "number": "public", "code": "public", "proposal": "staff",
        "change_kind": "public", "note": "public", "content": "staff", "sha256": "public", "previous_sha256": "public",
        "issued_at": "public", "issued_by": "staff", "effective_from": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["subject", "number"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="editions_edition_has_its_own_number"),
            models.UniqueConstraint(
                fields=["code", "number"], condition=~models.Q(code=""), name="editions_edition_has_its_own_address"
            ),
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(proposal__isnull=False),
                name="editions_edition_with_a_code_was_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.subject} · {self.number}"


class EditionPage(models.Model):
    """A page of an edition in one language, as an outline needs it; what stands on it is kept as a file.

    It repeats what the content of the edition says, so that a table of contents does not read the whole edition.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pages", verbose_name=_("edition"))
    key = models.UUIDField(_("translation key"), db_index=True)
    parent = models.UUIDField(_("translation key of the page above"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8)
    position = models.PositiveIntegerField(_("position"))
    type_name = models.CharField(_("kind of page"), max_length=80)
    title = models.CharField(_("title"), max_length=255)
    slug = models.CharField(_("address"), max_length=255)
    limits = models.JSONField(_("limits"))
    html_sha256 = models.CharField(max_length=64)

    classification = {
        "id": "public", "edition": "public", "key": "public", "parent": "public", "language": "public",
        "position": "public", "type_name": "public", "title": "public", "slug": "public", "limits": "staff",
        "html_sha256": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("page of an edition")
        verbose_name_plural = _("pages of editions")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "key"], name="editions_editionpage_stands_once_in_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.title}"


class FileKind(models.TextChoices):
    MEDIA = "media", _("Picture, recording or leaflet")
    PDF = "pdf", _("PDF")


class EditionFile(models.Model):
    """A file that belongs to an edition; its bytes lie in `portal.editions.store` under their digest.

    Media are part of what was signed. PDFs are made from it afterwards, once, by the task worker.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    language = models.CharField(_("language"), max_length=8, blank=True, help_text=_("Empty: all languages."))
    page_key = models.UUIDField(_("page"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    content_type = models.CharField(_("content type"), max_length=80)

    classification = {
        "id": "public", "edition": "public", "kind": "public", "language": "public", "page_key": "public",
        "name": "public", "sha256": "public", "size": "public", "content_type": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["edition", "kind", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "language", "name"], name="editions_editionfile_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.name}"
