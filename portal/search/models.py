"""What has changed since the index was written last?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A thing whose documents are out of date.

    The row is written in the transaction of the change itself and removed after the index was written: whoever is
    killed in between, the thing is indexed by the next one. Indexing twice harms nothing.
    """

    owner = models.CharField(_("what changed"), max_length=160, help_text=_("For example wagtailcore.page:12."))
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    classification = {"id": "staff", "owner": "staff", "noted_at": "staff"}

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.owner
