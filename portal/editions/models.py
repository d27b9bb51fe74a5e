"""What exactly was in force, and when? Numbered snapshots of a page tree that nobody can change."""

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


class Edition(models.Model):
    """An immutable, numbered snapshot of a page tree in all its languages.

    `subject` is the translation key of the tree's root page. `content` is canonical JSON (sorted keys, no spaces,
    UTF-8), `sha256` its digest together with `previous_sha256`, so that the editions of a subject form a chain.
    """

    subject = models.UUIDField(_("subject"), db_index=True)
    number = models.PositiveIntegerField(_("number"))
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

    classification = {
        "id": "public", "subject": "public", "number": "public", "change_kind": "public", "note": "public",
        "content": "staff", "sha256": "public", "previous_sha256": "public", "issued_at": "public",
        "issued_by": "staff", "effective_from": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["subject", "number"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="editions_edition_has_its_own_number")
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.number}"
