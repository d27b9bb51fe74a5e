"""Courses: modules, and lessons in them. What a learner did is not here but in lessons.progress."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.search import index

from media.index_pages import IndexPage
from media.pages import IllustratedPage
from portal.base.audience import Viewer, visible_pages
from portal.base.findable import Part, one_text, parts_of_stream
from portal.base.page_cache import depends
from portal.base.page_rights import TRAINERS


class CourseIndexPage(IndexPage):
    """The catalogue of courses."""

    kind = _("Courses")
    rights = TRAINERS
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/course_index_page.html"

    class Meta:
        verbose_name = _("catalogue of courses")
        verbose_name_plural = _("catalogues of courses")


@dataclass(frozen=True)
class OpenModule:
    """A module as a learner finds it: the page, and the lessons that this learner may see."""

    page: "ModulePage"
    lessons: list["LessonPage"]


class CoursePage(IllustratedPage):
    """A course: for whom, how long, and what one can do afterwards."""

    class Level(models.TextChoices):
        FOUNDATION = "foundation", _("Foundation")
        PRACTICE = "practice", _("For practice")
        ADVANCED = "advanced", _("Advanced")

    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, default=1, validators=[MinValueValidator(0)]
    )
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.FOUNDATION)
    for_whom = models.TextField(_("for whom"), blank=True)
    outcomes = StreamField(
        [("outcome", CharBlock(label=_("Outcome"), max_length=240))], verbose_name=_("outcomes"), blank=True,
        help_text=_("What one can do afterwards."),
    )  # fmt: skip

    kind = _("Course")
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("hours"), FieldPanel("level"), FieldPanel("for_whom"), FieldPanel("outcomes")],
            heading=_("The course"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*IllustratedPage.search_fields, index.SearchField("for_whom"), index.SearchField("outcomes")]
    classification = {
        **IllustratedPage.classification, "hours": "public", "level": "public", "for_whom": "public",
        "outcomes": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def findable_places(self) -> Iterator[Part]:
        if outcomes := one_text(outcome.value for outcome in self.outcomes):
            yield Part(text=outcomes, heading=gettext("Afterwards you can"), anchor="outcomes-title")
        yield from parts_of_stream(self.body, language=self.language_code)

    def modules(self, viewer: Viewer, *, surface: str) -> list[OpenModule]:
        """The modules and their lessons, in two queries however many there are."""
        modules = visible_pages(ModulePage.objects.child_of(self), viewer, surface).order_by("path").defer("body")
        lessons = visible_pages(LessonPage.objects.descendant_of(self), viewer, surface).order_by("path")
        pages, found = list(modules), list(lessons.defer("body"))
        depends(f"children:{self.pk}", *(f"children:{page.pk}" for page in pages))
        return [OpenModule(page, [lesson for lesson in found if lesson.is_child_of(page)]) for page in pages]

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        return {"course": self, "modules": self.modules(viewer, surface=surface)}


class ModulePage(IllustratedPage):
    """A part of a course."""

    kind = _("Module of a course")
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module of a course")
        verbose_name_plural = _("modules of courses")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        course = self.get_parent().specific
        modules = course.modules(viewer, surface=surface)
        own = next((module for module in modules if module.page.pk == self.pk), None)
        lessons = own.lessons if own else []
        return {
            "course": course,
            "modules": modules,
            "module": self,
            "lessons": lessons,
            "previous": course,
            "next": lessons[0] if lessons else None,
        }


class LessonPage(IllustratedPage):
    """A lesson; small enough for one sitting."""

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    is_required = models.BooleanField(
        _("required"), default=True, help_text=_("Needed to complete the course; others are offered.")
    )

    kind = _("Lesson of a course")
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("is_required")], heading=_("The lesson")),
        FieldPanel("body"),
    ]
    classification = {**IllustratedPage.classification, "minutes": "public", "is_required": "public"}

    class Meta:
        verbose_name = _("lesson of a course")
        verbose_name_plural = _("lessons of courses")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        module = self.get_parent().specific
        course = module.get_parent().specific
        modules = course.modules(viewer, surface=surface)
        way = [lesson for open_module in modules for lesson in open_module.lessons]
        place = next((number for number, lesson in enumerate(way) if lesson.pk == self.pk), 0)
        return {
            "course": course,
            "modules": modules,
            "module": module,
            "headings": self.headings(),
            "previous": way[place - 1] if place else course,
            "next": way[place + 1] if place + 1 < len(way) else None,
        }
