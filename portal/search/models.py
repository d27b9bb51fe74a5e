"""What has changed since the index was written last?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

PAGE = "wagtailcore.page:"


class ChangeQuerySet(models.QuerySet["Change"]):
    def waiting(self) -> "ChangeQuerySet":
        """Changes that the index which answers now does not know of."""
        return self.filter(is_written=False)

    def written(self) -> "ChangeQuerySet":
        """Changes that are kept only because an index that is being built may not know of them."""
        return self.filter(is_written=True)

    def of_everything(self) -> "ChangeQuerySet":
        """Wishes that the whole index be built again."""
        return self.filter(owner=Change.EVERYTHING)

    def of_things(self) -> "ChangeQuerySet":
        return self.exclude(owner=Change.EVERYTHING)

    def pages(self) -> frozenset[int]:
        """The ids of the pages that these changes are about; one query."""
        owners = self.filter(owner__startswith=PAGE).order_by().values_list("owner", flat=True)
        return frozenset(int(owner.removeprefix(PAGE)) for owner in owners)


class Change(models.Model):
    """A thing whose documents are out of date.

    The row is written in the transaction of the change itself and removed after the index was written: whoever is
    killed in between, the thing is indexed by the next one. Indexing twice harms nothing. While an index is being
    built beside the one that answers, rows stay when they are written into that one, for the new one's sake.
    """

    #: The owner of a change after which nothing in the index can be trusted.
    EVERYTHING = "*"

    owner = models.CharField(
        _("what changed"), max_length=160,
        help_text=_("For example wagtailcore.page:12; an asterisk stands for everything."),
    )  # fmt: skip
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_written = models.BooleanField(_("stands in the index that answers"), default=False)

    objects = ChangeQuerySet.as_manager()
    classification = {
        "id": "staff", "owner": "staff", "noted_at": "staff", "reason": "staff", "is_written": "staff"
    }  # fmt: skip

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.owner
