"""What did people do? The only truth about learning; everything else is worked out from it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.progress.models.objects import LearningObject
from portal.editions.models import Edition


class Verb(models.TextChoices):
    ENROLLED = "enrolled", _("Enrolled")
    WITHDREW = "withdrew", _("Withdrew")
    OPENED = "opened", _("Opened")
    REACHED = "reached", _("Reached")
    FINISHED = "finished", _("Finished")
    VOIDED = "voided", _("Took back")


class LearningEvent(models.Model):
    """One deed of one learner. The database refuses to change or delete it.

    The client makes `id`, so that sending it again stores nothing new. `value` is absolute ("60 of 100 watched"),
    never a difference, so that an event may be late, early or doubled. `occurred_at` is the client's clock,
    `stored_at` ours. `by` is the learner, or the trainer who vouches for them. `edition` is the one that was studied.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learning_events", db_index=False,
        verbose_name=_("learner"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    course = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("course")
    )
    object = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="events", verbose_name=_("object")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("edition"),
    )  # fmt: skip
    verb = models.CharField(_("verb"), max_length=16, choices=Verb)
    value = models.JSONField(_("value"), default=dict, blank=True)
    occurred_at = models.DateTimeField(_("occurred at"))
    stored_at = models.DateTimeField(_("stored at"))
    device = models.CharField(_("device"), max_length=64, blank=True, default="")
    voids = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False,
        verbose_name=_("takes back"),
    )  # fmt: skip

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "learner": "personal", "by": "personal", "course": "personal", "object": "personal",
        "edition": "personal", "verb": "personal", "value": "personal", "occurred_at": "personal",
        "stored_at": "personal", "device": "personal", "voids": "personal",
    }  # fmt: skip

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")
        indexes = [models.Index(fields=["learner", "course"], name="progress_event_of_learner")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb=Verb.VOIDED, voids__isnull=False)
                | (~models.Q(verb=Verb.VOIDED) & models.Q(voids__isnull=True)),
                name="progress_learningevent_takes_back_only_if_it_says_so",
            ),
            models.CheckConstraint(
                condition=models.Q(voids__isnull=True) | ~models.Q(voids=models.F("id")),
                name="progress_learningevent_never_takes_back_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb}"


class ParkedEvent(models.Model):
    """An event that came before what it is about. It is kept as it came, and stored when that appears.

    `waits_for` names what is missing: "object:<translation key>:<block>" or "event:<id>".
    """

    id = models.UUIDField(primary_key=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="parked_events", verbose_name=_("learner")
    )
    waits_for = models.CharField(_("waits for"), max_length=90, db_index=True)
    content = models.JSONField(_("content"))
    parked_at = models.DateTimeField(_("parked at"))

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "learner": "personal", "waits_for": "personal", "content": "personal", "parked_at": "personal"
    }  # fmt: skip

    class Meta:
        verbose_name = _("parked event")
        verbose_name_plural = _("parked events")

    def __str__(self) -> str:
        return f"{self.id} waits for {self.waits_for}"
