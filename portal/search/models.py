"""What has changed since the index was written last, and which searches do people keep?"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
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


class SavedSearches(models.QuerySet["SavedSearch"]):
    def of(self, person: Any) -> "SavedSearches":
        """Those of one person; there is no other way to come to them."""
        return self.filter(person=person)


class SavedSearch(models.Model):
    """A search that somebody keeps by choice. It is deleted with the account, and nobody else is ever shown it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=120)
    question = models.CharField(_("question"), max_length=200)
    narrowing = models.CharField(_("what narrows it"), max_length=400, blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    objects = SavedSearches.as_manager()
    classification = {
        "id": "personal", "person": "personal", "name": "personal", "question": "personal", "narrowing": "personal",
        "saved_at": "personal",
    }  # fmt: skip

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "question", "narrowing"], name="portal_search_savedsearch_is_kept_once_by_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def address(self) -> str:
        """Where the search is run, in the language that is read now."""
        return f"{reverse('search')}?{urlencode({'q': self.question})}{'&' if self.narrowing else ''}{self.narrowing}"
