"""What does a course consist of now, and what of it must be done?

A course in several languages is one course: the tree in the site's first language says what belongs to it, or the
only tree that there is. Identities are made in every language, because translations share them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from lessons.courses.models import CoursePage, LessonPage, ModulePage
from lessons.progress import api
from lessons.progress.api import Entry, Identity, Kind
from portal.editions.models import Edition
from portal.people.models import User

KINDS: dict[type[Page], Kind] = {CoursePage: Kind.COURSE, ModulePage: Kind.MODULE, LessonPage: Kind.LESSON}

# Courses whose edition waits until everything that belongs to it is published.
_gathered: ContextVar[dict[UUID, User | None] | None] = ContextVar("gathered", default=None)


@contextmanager
def one_edition() -> Iterator[None]:
    """Whatever is published inside becomes one edition of each course, not one a page; for loading many pages."""
    waiting: dict[UUID, User | None] = {}
    token = _gathered.set(waiting)
    try:
        yield
    finally:
        _gathered.reset(token)
    for key, by in waiting.items():
        keep_outline(key, by=by, at=timezone.now())


def keep_outline(key: UUID, *, by: User | None, at: datetime) -> Edition | None:
    """Keep the identities of a course and issue an edition if its outline changed.

    Without anybody who answers for the change there are identities, but no edition.
    """
    waiting = _gathered.get()
    if waiting is not None:
        waiting[key] = by or waiting.get(key)
        return None
    courses = list(trees_of(key))
    api.keep_identities(identity for course in courses for identity in identities_in(course))
    if not courses or by is None:
        return None
    titles = {course.language_code: course.title for course in courses}
    return api.revise(entries_of(canonical(courses)), titles=titles, by=by, at=at)


def trees_of(key: UUID) -> Iterable[CoursePage]:
    """The live pages of a course, one for each language."""
    pages = CoursePage.objects.live().filter(translation_key=key, portal_audience__isnull=False)
    return pages.select_related("locale", "portal_audience").defer("body").order_by("pk")


def canonical(courses: list[CoursePage]) -> CoursePage:
    first = [course for course in courses if course.language_code == settings.LANGUAGE_CODE]
    return (first or courses)[0]


def identities_in(course: CoursePage) -> Iterator[Identity]:
    yield identity_of(course)
    for page in (*_below(course, ModulePage), *_below(course, LessonPage)):
        yield identity_of(page)


def entries_of(course: CoursePage) -> list[Entry]:
    """The course, its modules and their lessons in reading order."""
    entries = [Entry(identity_of(course))]
    lessons = list(_below(course, LessonPage))
    for module in _below(course, ModulePage):
        entries.append(Entry(identity_of(module), within=identity_of(course)))
        entries += [
            Entry(identity_of(lesson), is_required=is_required(lesson, course=course), within=identity_of(module))
            for lesson in lessons
            if lesson.is_child_of(module)
        ]
    return entries


def is_required(lesson: LessonPage, *, course: CoursePage) -> bool:
    """A lesson that some learners of the course may not see is never asked of anybody."""
    return bool(lesson.is_required and lesson.portal_audience.audience_id == course.portal_audience.audience_id)


def identity_of(page: Page) -> Identity:
    return Identity(page.translation_key, KINDS[type(page)])


def _below(course: CoursePage, model: type[Any]) -> Any:
    # What lies below a page that is not published has no audience.
    pages = model.objects.live().descendant_of(course).filter(portal_audience__isnull=False)
    return pages.select_related("portal_audience").defer("body").order_by("path")
