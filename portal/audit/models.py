"""What was done, by whom, when? A list that only grows."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One deed. It points at nothing, so that nothing can take it away by being deleted.

    `actor` is a person's opaque id, `subject` names a row as "app.model:key"; `facts` hold ids and verbs, never
    names, notes or what somebody searched for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.CharField(_("by"), max_length=40, db_index=True)
    verb = models.CharField(_("verb"), max_length=60, db_index=True)
    subject = models.CharField(_("subject"), max_length=120, blank=True, db_index=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    classification = {
        "id": "staff",
        "at": "staff",
        "actor": "personal",
        "verb": "staff",
        "subject": "staff",
        "facts": "staff",
    }

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
