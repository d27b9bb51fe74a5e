"""What a learner does: begin, go on, mark as done. Works without script; only ever for oneself."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lessons.courses import study
from lessons.courses.forms import DeedForm
from lessons.courses.models import CoursePage, LessonPage
from lessons.courses.study import Studied
from lessons.progress import api
from lessons.progress.api import Outcome
from portal.base.audience import viewer_of

Find = Callable[[int], Studied | None]
View = Callable[[HttpRequest, Studied], HttpResponse]


def of_page(find: Find) -> Callable[[View], Callable[[HttpRequest, int], HttpResponse]]:
    """Give the view the page that it is about: 404 for what the reader may not see, sign-in for who is signed out."""

    def decorate(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
        @never_cache
        @wraps(view)
        def with_page(request: HttpRequest, page_id: int) -> HttpResponse:
            studied = find(page_id)
            if studied is None or not study.may_study(studied, request):
                raise Http404
            if not request.user.is_authenticated:
                return redirect_to_login(studied.url)
            return view(request, studied)

        return with_page

    return decorate


@require_POST
@of_page(study.course_at)
def enrol(request: HttpRequest, course: Studied) -> HttpResponse:
    return _done(request, course, api.enrol(course.key, **_deed(request)))


@require_POST
@of_page(study.lesson_at)
def enrol_from_lesson(request: HttpRequest, lesson: Studied) -> HttpResponse:
    return _done(request, lesson, api.enrol(lesson.course_key, **_deed(request)))


@require_POST
@of_page(study.course_at)
def withdraw(request: HttpRequest, course: Studied) -> HttpResponse:
    return _done(request, course, api.withdraw(course.key, **_deed(request)))


@require_POST
@of_page(study.lesson_at)
def finish(request: HttpRequest, lesson: Studied) -> HttpResponse:
    return _done(request, lesson, api.finish(lesson.course_key, lesson.key, **_deed(request)))


@require_POST
@of_page(study.lesson_at)
def take_back(request: HttpRequest, lesson: Studied) -> HttpResponse:
    deed = _deed(request)
    deed.pop("device")
    return _done(request, lesson, *api.take_back(lesson.course_key, lesson.key, **deed))


@require_safe
@of_page(study.course_at)
def go_on(request: HttpRequest, course: Studied) -> HttpResponse:
    """To the lesson where this learner was; to the course when all is done."""
    return redirect(_next_url(request, course.key) or course.url)


@require_safe
@of_page(study.lesson_at)
def go_on_from_lesson(request: HttpRequest, lesson: Studied) -> HttpResponse:
    """The same from a lesson; the way out of the last one is the course."""
    course = study.pages_for({lesson.course_key}, viewer_of(request), CoursePage).get(lesson.course_key)
    return redirect(_next_url(request, lesson.course_key) or (course.get_url() if course else lesson.url))


def _next_url(request: HttpRequest, course_key: UUID) -> str:
    state = api.course_state(request.user, course_key)  # type: ignore[arg-type]
    if state is None or state.next_object is None:
        return ""
    key = state.next_object.translation_key
    lesson = study.pages_for({key}, viewer_of(request), LessonPage).get(key)
    return lesson.get_url() or "" if lesson else ""


def _deed(request: HttpRequest) -> dict[str, Any]:
    """Who did it, when, and the id that the form was made with."""
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form does not say which event it is.")
    return {"event_id": form.cleaned_data["event"], "by": request.user, "at": timezone.now(), "device": "web"}


def _done(request: HttpRequest, studied: Studied, *outcomes: Outcome) -> HttpResponse:
    """Back to the page, with a sentence for what was refused."""
    for outcome in outcomes:
        if not outcome.is_safe:
            messages.error(request, outcome.why)
    return redirect(studied.url)
