"""Which edition do the pages of the site show now, and which was taken back?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.editions.models.edition import Edition


class InForce(models.Model):
    """The edition that the live pages of a subject hold. It follows the clock: `portal.editions.coming_into_force`."""

    subject = models.UUIDField(_("subject"), primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("edition"))
    since = models.DateTimeField(_("since"))

    classification = {"subject": "public", "edition": "public", "since": "public"}

    class Meta:
        verbose_name = _("edition in force")
        verbose_name_plural = _("editions in force")

    def __str__(self) -> str:
        return str(self.edition)


class Withdrawal(models.Model):
    """An edition was taken back, and why. Readers are told; nothing comes into force instead."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="withdrawal", verbose_name=_("edition")
    )
    reason = models.TextField(_("reason"), help_text=_("Readers see it."))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("withdrawn by")
    )

    classification = {"id": "public", "edition": "public", "reason": "public", "at": "public", "by": "staff"}

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return str(self.edition)
