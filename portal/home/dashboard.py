"""What stands on *My learning*?"""

from typing import Any

from django.http import HttpRequest

from lessons.courses.enrolments import enrolments_of
from portal.base.audience import viewer_of
from portal.people.models import User


def learning_of(request: HttpRequest) -> dict[str, Any]:
    """Courses to go on with, and those that are completed; of whoever asks, and of nobody else."""
    if not isinstance(request.user, User) and not request.user.is_authenticated:
        return {"enrolments": [], "finished": []}
    found = enrolments_of(request.user, viewer_of(request))
    return {
        "enrolments": [enrolment for enrolment in found if not enrolment.is_finished],
        "finished": [enrolment for enrolment in found if enrolment.is_finished],
    }
