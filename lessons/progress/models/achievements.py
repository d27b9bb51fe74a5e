"""What has somebody attained, and what can they show for it?"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.progress.models.objects import LearningObject
from portal.editions.models import Edition


class Achievement(models.Model):
    """Somebody completed an edition of a course. Written once; never worked out anew, never taken away."""

    class Kind(models.TextChoices):
        COMPLETED = "completed", _("Completed")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="achievements", db_index=False,
        verbose_name=_("learner"),
    )  # fmt: skip
    course = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="achievements", verbose_name=_("course")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.COMPLETED)
    attained_at = models.DateTimeField(_("attained at"))

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "learner": "personal", "course": "personal", "edition": "personal", "kind": "personal",
        "attained_at": "personal",
    }  # fmt: skip

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course", "edition", "kind"], name="progress_achievement_is_attained_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.course_id} · {self.edition_id}"


class Credential(models.Model):
    """A certificate of an achievement, which anybody who is given its public id can verify.

    It shows no name unless the learner agreed, and bears the centre's neutral name unless they asked otherwise:
    a certificate must never label its holder.
    """

    public_id = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    achievement = models.ForeignKey(
        Achievement, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("achievement")
    )
    shows_name = models.BooleanField(_("shows the name"), default=False)
    has_neutral_issuer = models.BooleanField(_("issued under the neutral name"), default=True)
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("revoked by"),
    )  # fmt: skip

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "public_id": "public", "achievement": "personal", "shows_name": "personal",
        "has_neutral_issuer": "public", "issued_at": "public", "expires_at": "public", "revoked_at": "public",
        "revoked_by": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=models.F("issued_at")),
                name="progress_credential_expires_after_it_was_issued",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="progress_credential_is_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
