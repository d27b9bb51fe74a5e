"""Which lesson learned was it written for, which course teaches it? Pages of the portal, chosen by their id."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock

#: Siblings of manuals, named and never imported.
LESSONS_AND_COURSES = ["articles.ArticlePage", "courses.CoursePage", "courses.LessonPage", "manuals.ManualPage"]


class RelatedPageBlock(StructBlock):
    page = PageChooserBlock(label=_("Page"), page_type=LESSONS_AND_COURSES)
    why = CharBlock(label=_("What it has to do with it"), required=False, max_length=200)

    class Meta:
        icon = "link"
        label = _("Lesson or course")
