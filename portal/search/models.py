"""What has changed since the index was written last? Which searches do people keep, which pages do editors put first,
and what was searched without result?"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

PAGE = "wagtailcore.page:"
#: Of words that found nothing, fewer searches than this are never told: the house suppresses all cells under eleven.
LEAST_TOLD = 11


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


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def in_order(self) -> "PromotionQuerySet":
        """The oldest first: where several fit a question, the first ones are shown."""
        return self.order_by("pk")


class Promotion(models.Model):
    """A page that editors put before everything else that certain words find. Who may not see the page never knows."""

    words = models.TextField(
        _("words"),
        max_length=4_000,
        help_text=_(
            "What people type, one wording a line, in any language. Capital letters and forms of a word make no "
            "difference: “interview” is also shown to whoever asks for “Interviews”."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"),
        help_text=_(
            "Readers of another language get its translation, if there is one. It is shown only to people who may see "
            "the page anyway, and never before it is published."
        ),
    )  # fmt: skip
    is_for_longer = models.BooleanField(
        _("also inside longer questions"), default=False,
        help_text=_(
            "Without it, the page is shown only to whoever asks for nothing but these words. With it, “interview” "
            "also fits “interview with a child”."
        ),
    )  # fmt: skip
    until = models.DateField(
        _("until"), null=True, blank=True,
        help_text=_("The last day on which it is shown. Leave it empty if it stays."),
    )  # fmt: skip
    note = models.TextField(_("note to colleagues"), blank=True, help_text=_("Why this page. Readers never see it."))

    objects = PromotionQuerySet.as_manager()
    classification = {
        "id": "staff", "words": "staff", "page": "staff", "is_for_longer": "staff", "until": "staff", "note": "staff"
    }  # fmt: skip

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        """The first wording, and how many there are besides."""
        first, *others = self.words.splitlines() or [""]
        if not others:
            return first
        sentence = ngettext("%(first)s, and %(more)d more", "%(first)s, and %(more)d more", len(others))
        return sentence % {"first": first, "more": len(others)}


class UnfoundWordsQuerySet(models.QuerySet["UnfoundWords"]):
    def begun_by(self, month: date) -> "UnfoundWordsQuerySet":
        return self.filter(since__lte=month)

    def told(self) -> "UnfoundWordsQuerySet":
        """Those that were asked often enough for staff to read them."""
        return self.exclude(words="")

    def untold(self) -> "UnfoundWordsQuerySet":
        return self.filter(words="")


class UnfoundWords(models.Model):
    """Words that found nothing: how often, and since which month. Whose words they were is nowhere.

    Until they were counted often enough, only a keyed digest is kept, so that a name which somebody typed is not in
    the database. `portal.search.unfound` says how they are counted.
    """

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("words"), max_length=80, blank=True)
    count = models.PositiveIntegerField(_("how often"), default=0)
    since = models.DateField(_("counted since"), help_text=_("The first day of a month."))
    last = models.DateField(_("last month"), help_text=_("The first day of a month."))

    objects = UnfoundWordsQuerySet.as_manager()
    classification = {
        "id": "staff", "digest": "staff", "language": "staff", "words": "staff", "count": "staff", "since": "staff",
        "last": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("words that found nothing")
        verbose_name_plural = _("words that found nothing")
        ordering = ["-count", "words", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(words="") | models.Q(count__gte=LEAST_TOLD),
                name="portal_search_unfoundwords_are_not_told_below_eleven",
            )
        ]

    def __str__(self) -> str:
        return self.words or str(self._meta.verbose_name)
