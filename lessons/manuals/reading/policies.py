"""Who may acknowledge, look at who has not, remark, and answer remarks?"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from lessons.manuals.reading.models import Remark, RemarkQuerySet
from lessons.manuals.reading.who_must_read import Outstanding
from portal.base.audience import Viewer
from portal.people.models import Centre, User
from portal.people.roles import Role

#: Who sees what readers of a centre's manuals remark.
WRITERS = (Role.AUTHOR, Role.REVIEWER, Role.APPROVER)
MOST_REMARKS_AN_HOUR = 10
LONGEST_REMARK = 2000


class UnableToAcknowledge(Exception):
    """The sentence says why, to the person who wanted to."""


class UnableToRemark(Exception):
    """The sentence says why, to the person who wanted to."""


class UnableToAnswer(Exception):
    """The sentence says why, to the person who wanted to."""


def check_can_acknowledge(outstanding: Outstanding | None, *, sha256: str) -> Outstanding:
    """What is acknowledged. Raises UnableToAcknowledge unless that very edition is asked of this person."""
    if outstanding is None:
        raise UnableToAcknowledge(_("You have nothing to read here."))
    if outstanding.manual.sha256 != sha256:
        raise UnableToAcknowledge(
            _("Another edition has come into force since you opened this page. Read what changed, then confirm it.")
        )
    return outstanding


def manages_readers(viewer: Viewer) -> bool:
    """Whether somebody manages any centre; of the viewer who is known already, without a query."""
    return Role.CENTRE_MANAGER in viewer.roles


def writes(viewer: Viewer) -> bool:
    """Whether somebody writes for any centre; of the viewer who is known already, without a query."""
    return not viewer.roles.isdisjoint(WRITERS)


def centres_managed_by(person: User) -> list[Centre]:
    """The centres whose readers somebody may know by name; being a superuser is no role."""
    held = Centre.objects.filter(memberships__person=person, memberships__role=Role.CENTRE_MANAGER)
    return list(held.distinct())


def centres_written_by(person: User) -> list[Centre]:
    """The centres whose remarks somebody may read."""
    return list(Centre.objects.filter(memberships__person=person, memberships__role__in=WRITERS).distinct())


def check_can_remark(viewer: Viewer, *, so_far: int, text: str) -> None:
    """Raises UnableToRemark. `so_far` counts the remarks of this person in the last hour."""
    if not viewer.roles:
        raise UnableToRemark(_("Only people who hold a role at a centre can write to the authors here."))
    if not text.strip():
        raise UnableToRemark(_("Write what is unclear or wrong."))
    if len(text) > LONGEST_REMARK:
        raise UnableToRemark(_("This is too long. Write no more than 2000 characters."))
    if so_far >= MOST_REMARKS_AN_HOUR:
        raise UnableToRemark(_("You have written much in the last hour. Please go on later."))


def codes_written_by(rows: RemarkQuerySet, *, centres: Iterable[Centre]) -> RemarkQuerySet:
    """The remarks on manuals of `centres`, and on those that are of no centre.

    Whose a manual is follows from its code: also of one that is not in force any more.
    """
    named = [centre.code for centre in centres]
    known = Q(edition__code="")
    for code in Centre.objects.exclude(code__in=named).values_list("code", flat=True):
        known |= Q(edition__code__startswith=f"{code}-")
    return rows.exclude(known)


def check_can_answer(remark: Remark, *, by: User, centre: Centre | None) -> None:
    """Raises UnableToAnswer unless `by` writes for the centre of the manual."""
    centres = centres_written_by(by)
    if not centres or (centre is not None and centre not in centres):
        raise UnableToAnswer(_("Only an author, a reviewer or an approver of this centre can do this."))
