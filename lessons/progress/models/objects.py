"""What can be learned, whatever becomes of the page that says it?"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.editions.models import Edition


class Kind(models.TextChoices):
    COURSE = "course", _("Course")
    MODULE = "module", _("Module of a course")
    LESSON = "lesson", _("Lesson of a course")
    ACTIVITY = "activity", _("Activity in a lesson")


class LearningObject(models.Model):
    """The permanent identity of a page in all its languages, or of a block in it. Archived, never deleted.

    `Page.copy()` keeps block ids and makes a new translation key, so neither says alone what is meant: both do.
    """

    translation_key = models.UUIDField(_("translation key"))
    block_id = models.CharField(_("block"), max_length=36, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)

    classification: ClassVar[dict[str, str]] = {
        "id": "public", "translation_key": "public", "block_id": "public", "kind": "public", "archived_at": "staff"
    }  # fmt: skip

    class Meta:
        verbose_name = _("thing to learn")
        verbose_name_plural = _("things to learn")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "block_id"], name="progress_learningobject_has_one_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.translation_key} {self.block_id}".rstrip()

    @property
    def key(self) -> tuple[UUID, str]:
        return self.translation_key, self.block_id


class EditionObject(models.Model):
    """One line of the outline of an edition: the course itself first, then all that is in it, in reading order.

    `within` is the object that holds it. `rules` say when it counts as done, where being marked as done is not enough.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="objects_in_it", db_index=False, verbose_name=_("edition")
    )
    object = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="places", verbose_name=_("object")
    )
    within = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("within"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("position"))
    is_required = models.BooleanField(_("required"), default=False)
    rules = models.JSONField(_("rules"), default=dict, blank=True)

    classification: ClassVar[dict[str, str]] = {
        "id": "public", "edition": "public", "object": "public", "within": "public", "position": "public",
        "is_required": "public", "rules": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("line of an outline")
        verbose_name_plural = _("lines of outlines")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="progress_editionobject_has_its_own_position"),
            models.UniqueConstraint(fields=["edition", "object"], name="progress_editionobject_stands_once"),
            models.CheckConstraint(
                condition=models.Q(within__isnull=True) | ~models.Q(within=models.F("object")),
                name="progress_editionobject_is_not_within_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.position}"
