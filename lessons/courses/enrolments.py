"""Which courses does a learner study, and where are they in each? For *My learning* and other dashboards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.models import Page

from lessons.courses import study
from lessons.courses.models import CoursePage, LessonPage
from lessons.progress import api
from lessons.progress.models import CourseState
from portal.base.audience import Viewer
from portal.editions.chain import content_of
from portal.people.models import User


@dataclass(frozen=True)
class Enrolment:
    """One course on *My learning*. `course` is missing where it was taken away after this learner completed it."""

    course: Page | None
    title: str
    url: str
    language_code: str
    percent: int
    done_count: int
    required_count: int
    is_completed: bool
    edition_number: int | None
    new_since: int
    continue_url: str
    continue_title: str
    last_at: datetime | None

    @property
    def is_finished(self) -> bool:
        return self.is_completed and not self.new_since


def enrolments_of(learner: User, viewer: Viewer) -> list[Enrolment]:
    """Every course that `learner` is enrolled in or completed, the latest first; three queries however many."""
    states = [state for state in api.states(learner) if state.is_enrolled or state.completed_edition]
    courses = study.pages_for({state.course.translation_key for state in states}, viewer, CoursePage)
    next_keys = {state.next_object.translation_key for state in states if state.next_object}
    lessons = study.pages_for(next_keys, viewer, LessonPage)
    shown = [_enrolment(state, courses, lessons) for state in states]
    return [enrolment for enrolment in shown if enrolment is not None]


def _enrolment(state: CourseState, courses: dict[UUID, Page], lessons: dict[UUID, Page]) -> Enrolment | None:
    course = courses.get(state.course.translation_key)
    if course is None and not (state.completed_edition and state.course.archived_at):
        return None
    lesson = lessons.get(state.next_object.translation_key) if state.next_object and course else None
    return Enrolment(
        course=course,
        percent=state.percent,
        done_count=state.done_count,
        required_count=state.required_count,
        is_completed=state.completed_edition is not None,
        edition_number=state.completed_edition.number if state.completed_edition else None,
        new_since=state.new_since if course else 0,
        continue_url=lesson.get_url() or "" if lesson else "",
        continue_title=lesson.title if lesson else "",
        last_at=state.last_at,
        **_named(state, course),
    )


def _named(state: CourseState, course: Page | None) -> dict[str, Any]:
    """What the course is called; what is no longer offered keeps the name that its edition has."""
    if course is not None:
        return {
            "title": course.title, "url": course.get_url() or "", "language_code": course.locale.language_code
        }  # fmt: skip
    titles: dict[str, str] = content_of(state.completed_edition)["titles"] if state.completed_edition else {}
    code, title = next(iter(titles.items()), ("", ""))
    return {"title": title, "url": "", "language_code": code}
