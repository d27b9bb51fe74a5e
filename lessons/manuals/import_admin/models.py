"""A manual on its way in: what was brought, how far it is, and what was found."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.stores import originals


class ImportState(models.TextChoices):
    WAITS_TO_BE_READ = "to_read", _("is being read")
    READ = "read", _("waits for you")
    WAITS_TO_BE_MADE = "to_make", _("drafts are being made")
    MADE = "made", _("drafts are made")
    REFUSED = "refused", _("could not be read")


#: What may follow what. Whoever brought a file may put it away at any time.
NEXT: dict[str, frozenset[str]] = {
    ImportState.WAITS_TO_BE_READ: frozenset({ImportState.READ, ImportState.REFUSED}),
    ImportState.READ: frozenset({ImportState.WAITS_TO_BE_MADE}),
    ImportState.WAITS_TO_BE_MADE: frozenset({ImportState.MADE, ImportState.READ}),
    ImportState.MADE: frozenset(),
    ImportState.REFUSED: frozenset(),
}
FOR_THE_WORKER = (ImportState.WAITS_TO_BE_READ, ImportState.WAITS_TO_BE_MADE)


class ManualImport(models.Model):
    """The file goes as soon as the drafts are made, or nothing can be made of it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("brought by")
    )
    shelf = models.ForeignKey(
        "manuals.ManualIndexPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("shelf")
    )
    file = models.FileField(_("file"), upload_to="manual_imports", storage=originals, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255)
    number = models.CharField(_("number"), max_length=24)
    title = models.CharField(_("title"), max_length=200, blank=True)
    credit = models.CharField(_("credit of the pictures"), max_length=160, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState, default=ImportState.WAITS_TO_BE_READ, db_index=True
    )
    #: Steps done and to do, for the bar; none to do as long as nobody knows.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: How often a worker has begun with it: one that was killed by it twice does not begin a third time.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Of each section its title, how many blocks of each kind, and its first lines.
    outline = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=dict, blank=True)
    refused_pictures = models.JSONField(default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    manual = models.ForeignKey(
        "manuals.ManualPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("manual"),
    )  # fmt: skip
    brought_at = models.DateTimeField(_("brought at"))

    classification = {
        "id": "staff", "by": "personal", "shelf": "staff", "file": "staff", "file_name": "personal",
        "number": "staff", "title": "staff", "credit": "staff", "state": "staff", "done": "staff", "total": "staff",
        "attempts": "staff", "outline": "staff", "counts": "staff", "remarks": "staff", "refused_pictures": "staff",
        "reason": "staff", "manual": "staff", "brought_at": "staff",
    }  # fmt: skip

    class Meta:
        app_label = "manuals"
        verbose_name = _("import of a manual")
        verbose_name_plural = _("imports of manuals")
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        return self.state in FOR_THE_WORKER

    def drop_file(self) -> None:
        """The file goes from the store; the row is not saved."""
        if self.file:
            self.file.delete(save=False)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.drop_file()
        return super().delete(*args, **kwargs)
