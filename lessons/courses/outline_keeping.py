"""When a page of a course is published, moved or taken away, who keeps the outline?"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from lessons.courses.models import CoursePage
from lessons.courses.outline import KINDS, keep_outline
from lessons.progress import api
from portal.base.audience_keeping import keep_audience
from portal.people.models import User


def connect() -> None:
    for model in KINDS:
        name = model._meta.model_name
        page_published.connect(_was_published, sender=model, dispatch_uid=f"courses.published.{name}")
        page_unpublished.connect(_was_unpublished, sender=model, dispatch_uid=f"courses.unpublished.{name}")
        post_page_move.connect(_was_moved, sender=model, dispatch_uid=f"courses.moved.{name}")
        post_delete.connect(_was_deleted, sender=model, dispatch_uid=f"courses.deleted.{name}")


def _was_published(sender: type[Page], instance: Page, revision: Any = None, **signal: Any) -> None:
    _keep_course_above(instance, published_by=revision.user if revision else None)


def _was_unpublished(sender: type[Page], instance: Page, **signal: Any) -> None:
    # Our receiver may be called before the one that keeps audiences, and the outline asks them.
    keep_audience(instance)
    _put_away(instance)
    _keep_course_above(instance)


def _was_moved(sender: type[Page], instance: Page, parent_page_before: Page, **signal: Any) -> None:
    keep_audience(instance)
    _keep_course_above(parent_page_before)
    _keep_course_above(instance)


def _was_deleted(sender: type[Page], instance: Page, **signal: Any) -> None:
    # A course is deleted page by page: only afterwards is it clear whether anything of it is left.
    def afterwards() -> None:
        _put_away(instance)
        _keep_course_above(instance)

    transaction.on_commit(afterwards)


def _put_away(page: Page) -> None:
    if not Page.objects.live().filter(translation_key=page.translation_key).exists():
        api.archive([page.translation_key], at=timezone.now())


def _keep_course_above(page: Page, *, published_by: User | None = None) -> None:
    for key, owner in _courses_above(page):
        by = published_by or get_active_log_context().user or owner
        keep_outline(key, by=by, at=timezone.now())


def _courses_above(page: Page) -> list[tuple[UUID, User | None]]:
    """The course that a page belongs to, or is; found by the path, because the page itself may be gone."""
    paths = [page.path[:length] for length in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    courses = CoursePage.objects.filter(path__in=paths).select_related("owner").defer("body")
    return [(course.translation_key, course.owner) for course in courses]
