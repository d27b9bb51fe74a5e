"""Lessons learned: what happened, what it taught, what follows from it."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from media.index_pages import IndexPage
from media.pages import IllustratedPage
from portal.base.audience import Viewer, visible_pages
from portal.base.findable import Part, one_text
from portal.base.models import Topic
from portal.base.page_cache import depends
from portal.base.page_rights import WRITERS
from portal.base.reading_time import minutes_to_read


class ArticleIndexPage(IndexPage):
    """The list of lessons learned."""

    kind = _("Lessons learned")
    rights = WRITERS
    page_size = 12
    subpage_types = ["articles.ArticlePage"]
    parent_page_types = ["home.HomePage"]
    template = "articles/article_index_page.html"

    class Meta:
        verbose_name = _("list of lessons learned")
        verbose_name_plural = _("lists of lessons learned")


class ArticlePage(IllustratedPage):
    """One lesson learned."""

    happened = models.TextField(_("what happened"), blank=True)
    learnt = models.TextField(_("what we learned"), blank=True)
    recommended = models.TextField(_("what we recommend"), blank=True)
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Where it was first written down, if elsewhere.")
    )
    source_reference = models.CharField(_("reference in the source"), max_length=80, blank=True, db_index=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")

    kind = _("Lesson learned")
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "articles/article_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldPanel("happened"),
                FieldPanel("learnt"),
                FieldPanel("recommended"),
                FieldPanel("happened_on"),
            ],
            heading=_("The lesson"),
        ),
        FieldPanel("body"),
        FieldPanel("topics"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_reference")], heading=_("Source")),
    ]
    search_fields = [
        *IllustratedPage.search_fields,
        index.SearchField("happened"),
        index.SearchField("learnt"),
        index.SearchField("recommended"),
        index.SearchField("source_reference"),
        index.FilterField("happened_on"),
    ]
    classification = {
        **IllustratedPage.classification, "happened": "public", "learnt": "public", "recommended": "public",
        "happened_on": "public", "source": "public", "source_reference": "public", "topics": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("lesson learned")
        verbose_name_plural = _("lessons learned")

    def findable_opening(self) -> Iterable[str]:
        source = f"{self.source} {self.source_reference}" if self.source else ""
        return [self.summary, source, self.words_of("cover")]

    def findable_places(self) -> Iterator[Part]:
        leaves = (
            ("happened", gettext("What happened")),
            ("learnt", gettext("What we learned")),
            ("recommended", gettext("What we recommend")),
        )
        for name, heading in leaves:
            if text := one_text([getattr(self, name)]):
                yield Part(text=text, heading=heading, anchor=name)
        yield from super().findable_places()

    def findable_topics(self) -> list[str]:
        return [str(topic.translation_key) for topic in self.topics.all()]

    def findable_year(self) -> int | None:
        return self.happened_on.year if self.happened_on else super().findable_year()

    @cached_property
    def reading_minutes(self) -> int:
        parts = [self.happened, self.learnt, self.recommended, *(str(block) for block in self.body)]
        return minutes_to_read(" ".join(parts))

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        siblings = visible_pages(ArticlePage.objects.sibling_of(self), viewer, surface)
        depends(f"children:{self.get_parent().pk}")
        return {
            "headings": self.headings(),
            "reading_minutes": self.reading_minutes,
            "previous": siblings.filter(path__lt=self.path).order_by("-path").first(),
            "next": siblings.filter(path__gt=self.path).order_by("path").first(),
        }
