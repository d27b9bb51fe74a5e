"""How does somebody say that they have read and understood an edition?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lessons.manuals.reading.in_force import Manual
from lessons.manuals.reading.models import Acknowledgement, QuizResult
from lessons.manuals.reading.policies import UnableToAcknowledge, check_can_acknowledge
from lessons.manuals.reading.quiz import Question, questions_in, wrong_answers
from lessons.manuals.reading.who_must_read import readings_of
from portal.audit.recording import record
from portal.base.audience import viewer_for
from portal.editions.chain import content_of
from portal.editions.models import Edition
from portal.people.models import User


class NotUnderstood(UnableToAcknowledge):
    """Some answers were wrong; nothing of that is kept."""

    def __init__(self, wrong: list[Question]) -> None:
        super().__init__(_("Not all answers were right. Read those places again, then try once more."))
        self.wrong = wrong


def statement_about(manual: Manual) -> str:
    """What somebody confirms, in the language that they read."""
    sentence = _("I have read and understood edition %(number)s of %(code)s.")
    return sentence % {"number": manual.number, "code": manual.code}


@transaction.atomic
def acknowledge(manual: Manual, *, sha256: str, answers: Mapping[str, str], by: User, at: datetime) -> Acknowledgement:
    """Note it once, with the digest of what was read. Raises UnableToAcknowledge, NotUnderstood for wrong answers."""
    User.objects.select_for_update().get(pk=by.pk)
    given = Acknowledgement.objects.filter(person=by, edition_id=manual.edition_id, sha256=sha256).first()
    if given is not None:
        return given
    check_can_acknowledge(readings_of(by, viewer_for(by)).get(manual.subject), sha256=sha256)
    edition = Edition.objects.get(pk=manual.edition_id)
    given = Acknowledgement.objects.create(
        edition=edition,
        sha256=edition.sha256,
        person=by,
        discipline=by.discipline,
        roles=_roles_of(by, manual),
        statement=statement_about(manual),
        quiz=_passed(edition, answers),
        at=at,
    )
    record("manuals.acknowledged", by=by, at=at, subject=edition, code=edition.code, number=edition.number)
    return given


def _passed(edition: Edition, answers: Mapping[str, str]) -> QuizResult:
    questions = questions_in(content_of(edition), language=get_language() or "")
    if wrong := wrong_answers(questions, answers):
        raise NotUnderstood(wrong)
    return QuizResult.PASSED if questions else QuizResult.NOT_ASKED


def _roles_of(person: User, manual: Manual) -> list[str]:
    held = person.memberships.all()
    at_centre = held.filter(centre=manual.centre_id) if manual.centre_id else held
    return sorted(set(at_centre.values_list("role", flat=True)))
