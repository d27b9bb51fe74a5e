"""Which pages does a learner study, and may they?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from lessons.courses.models import CoursePage, LessonPage
from portal.base.audience import ANYBODY, Viewer, is_admitted, viewer_of
from portal.base.page_cache import remember

#: A lesson lies two steps below its course: course, module, lesson.
STEPS_TO_COURSE = 2


@dataclass(frozen=True)
class Studied:
    """What must be known of a course or a lesson to study it: the same for everybody, in its own language."""

    pk: int
    key: UUID
    course_key: UUID
    audience_id: int
    url: str


def course_at(pk: int) -> Studied | None:
    """The live course with this id; remembered until the page changes."""
    return remember(("course", pk), tags=("site", f"page:{pk}"), find=lambda: _studied(_courses(pk).first()))


def lesson_at(pk: int) -> Studied | None:
    """The live lesson with this id; remembered until the page changes."""
    return remember(("lesson", pk), tags=("site", f"page:{pk}"), find=lambda: _studied(_lessons(pk).first()))


def _studied(page: Any) -> Studied | None:
    kept = getattr(page, "portal_audience", None)
    if kept is None:
        return None
    course_key = getattr(page, "course_key", page.translation_key)
    return Studied(page.pk, page.translation_key, course_key, kept.audience_id, page.get_url() or "")


def _courses(pk: int) -> QuerySet[CoursePage]:
    """By the id of the page itself: a number that no column holds finds nothing there, and overflows a foreign key."""
    return _lean(CoursePage.objects.filter(id=pk))


def _lessons(pk: int) -> QuerySet[LessonPage]:
    """One lesson, with the key of its course; one query."""
    path_of_course = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEPS_TO_COURSE * Page.steplen)
    course = Page.objects.filter(path=path_of_course).order_by()
    return _lean(LessonPage.objects.filter(id=pk).annotate(course_key=Subquery(course.values("translation_key"))))


def _lean(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Only what addresses and rules ask for: a body can be long."""
    named = pages.filter(live=True).select_related("locale", "portal_audience")
    return named.only(
        "title", "path", "depth", "url_path", "translation_key", "locale__language_code", "portal_audience__audience"
    )


def may_study(studied: Studied, request: HttpRequest) -> bool:
    """Whether the person behind `request` may see it. What anybody may see needs no look at who asks."""
    return is_admitted(studied.audience_id, ANYBODY) or is_admitted(studied.audience_id, viewer_of(request))


def pages_for(keys: set[UUID], viewer: Viewer, model: type[Any]) -> dict[UUID, Page]:
    """The pages with these keys that `viewer` may see, in the reader's language where there is one; one query."""
    found: dict[UUID, Page] = {}
    for page in sorted(_lean(model.objects.filter(translation_key__in=keys)), key=_foreignness, reverse=True):
        kept = getattr(page, "portal_audience", None)
        if kept is not None and is_admitted(kept.audience_id, viewer):
            found[page.translation_key] = page
    return found


def _foreignness(page: Page) -> tuple[bool, bool, int]:
    """Least for a page in the reader's language, then in the site's first."""
    code = page.locale.language_code
    return code != translation.get_language(), code != settings.LANGUAGE_CODE, page.pk
