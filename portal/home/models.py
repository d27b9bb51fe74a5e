"""The front of the house: the home page, and plain pages about the portal itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from exhibits.models import ExhibitionIndexPage, ExhibitionPage
from lessons.articles.models import ArticlePage
from lessons.courses.models import CourseIndexPage, CoursePage
from lessons.manuals.models import ManualIndexPage, ManualPage
from media.pages import IllustratedPage
from media.renditions import with_renditions
from portal.base.audience import Viewer, visible_pages
from portal.base.chrome import home_of
from portal.base.page_cache import depends


@dataclass(frozen=True)
class Door:
    """One of the three ways into the house."""

    name: str
    title: str
    text: str
    url: str
    language_code: str


class HomePage(IllustratedPage):
    """What this is, in five seconds, and three doors."""

    strapline = models.CharField(_("strapline"), max_length=200, blank=True)

    kind = _("Home")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.PlainPage",
        "articles.ArticleIndexPage",
        "manuals.ManualIndexPage",
        "exhibits.ExhibitionIndexPage",
        "courses.CourseIndexPage",
    ]
    template = "home/home_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:1],
        FieldPanel("strapline"),
        *IllustratedPage.content_panels[1:],
    ]
    search_fields = [*IllustratedPage.search_fields, index.SearchField("strapline")]
    classification = {**IllustratedPage.classification, "strapline": "public"}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def findable_opening(self) -> Iterable[str]:
        return [self.summary, self.strapline, self.words_of("cover")]

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        house = _house_with_content(self, viewer, surface=surface)

        def newest(model: type[IllustratedPage], most: int) -> list[Any]:
            pages = visible_pages(model.objects.descendant_of(house), viewer, surface)
            return with_renditions(pages.defer("body").order_by("-first_published_at", "-pk")[:most])

        return {
            "doors": _doors(house, viewer, surface=surface),
            "latest_articles": newest(ArticlePage, 3),
            "courses": newest(CoursePage, 2),
            "exhibitions": newest(ExhibitionPage, 1),
            "manuals": newest(ManualPage, 2),
            "content_language": house.locale.language_code,
        }


def _house_with_content(home: Page, viewer: Viewer, *, surface: str) -> Page:
    """The home page itself, or the one of the site's first language while nothing is translated into this one."""
    depends(f"children:{home.pk}")
    if visible_pages(Page.objects.child_of(home).type(CourseIndexPage), viewer, surface).exists():
        return home
    first = home_of(settings.LANGUAGE_CODE) or home
    depends(f"children:{first.pk}")
    return first


def _doors(house: Page, viewer: Viewer, *, surface: str) -> list[Door]:
    """Learn, Look around, Find a procedure; a door to what the viewer may not see is not there."""
    children = list(visible_pages(Page.objects.child_of(house), viewer, surface).specific())
    depends(*(f"children:{child.pk}" for child in children))
    learn = gettext("Short courses for practice. You can stop at any time; your place is kept.")
    look = gettext("Walk through the rooms of our exhibition.")
    procedure = gettext("Step by step: who does what, when, and what must not go wrong.")
    wanted = [
        (CourseIndexPage, "learn", gettext("Learn"), learn),
        (ExhibitionIndexPage, "look", gettext("Look around"), look),
        (ManualIndexPage, "procedure", gettext("Find a procedure"), procedure),
    ]
    return [
        Door(name, title, text, child.get_url() or "", house.locale.language_code)
        for page_class, name, title, text in wanted
        for child in children
        if isinstance(child, page_class)
    ]


class PlainPage(IllustratedPage):
    """A page about the portal: its history, safety, accessibility."""

    kind = _("Page")
    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    template = "home/plain_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        return {"headings": self.headings()}
