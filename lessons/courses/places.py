"""What does a page of a course say to the learner who reads it?"""

import logging
import uuid
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lessons.courses import study
from lessons.courses.models import LessonPage
from lessons.courses.study import Studied
from lessons.progress import api
from lessons.progress.api import Rank
from lessons.progress.models import CourseState
from portal.base import places
from portal.base.audience import viewer_of
from portal.people.models import User

logger = logging.getLogger(__name__)
NOTHING = mark_safe("")


@places.register("course_progress")
def course_progress(request: HttpRequest, argument: str) -> SafeString:
    """A way to sign in, to enrol, or to go on; one query, two with a lesson to go on with."""
    context: dict[str, Any] = {"page_id": argument, "path": request.path}
    if person := _reader(request):
        course = study.course_at(_number(argument))
        if course is None:
            return NOTHING
        state = api.course_state(person, course.key)
        context |= {"state": state, "next_lesson": _next_lesson(state, request), **_form(request)}
    return render_to_string("courses/places/course_progress.html", context | {"person": person})


@places.register("lesson_actions")
def lesson_actions(request: HttpRequest, argument: str) -> SafeString:
    """Mark as done, or what comes next; two queries. Notes, once, that an enrolled learner opened the lesson."""
    context: dict[str, Any] = {"page_id": argument, "path": request.path}
    if person := _reader(request):
        lesson = study.lesson_at(_number(argument))
        if lesson is None:
            return NOTHING
        state = api.standing(person, lesson.course_key, lesson.key)
        if state and state.is_enrolled and state.rank is None and _is_really_read(request):
            note_opening(person, lesson)
        is_done = state is not None and state.rank == Rank.DONE
        context |= {"state": state, "is_done": is_done, **_form(request)}
    return render_to_string("courses/places/lesson_actions.html", context | {"person": person})


@places.register("lesson_mark")
def lesson_mark(request: HttpRequest, argument: str) -> SafeString:
    """A tick beside a lesson in an outline that this learner has done; one query for all of them."""
    person = _reader(request)
    if person is None:
        return NOTHING
    if not hasattr(request, "lessons_done"):
        request.lessons_done = {str(key) for key in api.done_by(person)}  # type: ignore[attr-defined]
    if argument not in request.lessons_done:  # type: ignore[attr-defined]
        return NOTHING
    return format_html('<span class="lesson-done"><span class="visually-hidden">{}</span></span>', _("Done"))


def note_opening(person: User, lesson: Studied) -> None:
    """Note that the lesson was opened. Its id follows from who opened what, so it is noted once however many tabs
    ask; and reading goes on where nothing can be written."""
    try:
        api.open_object(lesson.course_key, lesson.key, by=person, at=timezone.now(), device="web")
    except DatabaseError:
        logger.exception("The opening of lesson %s by %s was not noted", lesson.pk, person.username)


def _is_really_read(request: HttpRequest) -> bool:
    """Not a preview of a draft, and not a browser that fetches ahead."""
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or request.method != "GET"
    return not is_ahead and not getattr(request, "is_preview", False)


def _reader(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) or getattr(user, "is_authenticated", False) else None


def _number(argument: str) -> int:
    return int(argument) if argument.isdigit() else 0


def _form(request: HttpRequest) -> dict[str, Any]:
    """What every form of a learner carries: the token against forgery, and the id of the event that it will be."""
    return {"csrf_token": get_token(request), "event_id": uuid.uuid4()}


def _next_lesson(state: CourseState | None, request: HttpRequest) -> Any:
    if state is None or state.next_object is None:
        return None
    key: UUID = state.next_object.translation_key
    return study.pages_for({key}, viewer_of(request), LessonPage).get(key)
