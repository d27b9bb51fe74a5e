"""Who may propose, sign, return and withdraw, and what is in the way?"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media.library.publishing import reasons_against
from portal.editions import gate
from portal.editions.models import ROLE_FOR, Capacity, Edition, Proposal, ProposalState
from portal.editions.pages import EditionedPage
from portal.people.models import Centre, Membership, User
from portal.people.roles import Role


class UnableToSign(Exception):
    """The sentence says why, to the person whose name would have been under it."""


class UnableToPropose(Exception):
    """The sentences say what the author has to do first."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class UnableToIssue(Exception):
    """The sentence says why there is no edition."""


class UnableToWithdraw(Exception):
    """The sentence says why an edition stays."""


def holds(role: Role, person: User, *, centre: Centre | None) -> bool:
    """Whether somebody has a role at the centre; being a superuser is no role."""
    held = Membership.objects.filter(person=person, role=role, person__is_active=True)
    return (held.filter(centre=centre) if centre else held).exists()


def may_sign_as(capacity: Capacity, person: User, *, centre: Centre | None) -> bool:
    return holds(ROLE_FOR[capacity], person, centre=centre)


#: What each capacity is called in the sentence that stops somebody.
WITHOUT_ROLE = {
    Capacity.AUTHOR: lambda: _("Only an author of this centre can propose an edition."),
    Capacity.REVIEWER: lambda: _("Only a reviewer of this centre can review this."),
    Capacity.APPROVER: lambda: _("Only an approver of this centre can approve this."),
}


def capacity_wanted(proposal: Proposal) -> Capacity:
    """In which capacity the next signature is given. Raises UnableToSign if none is wanted."""
    if proposal.state == ProposalState.IN_REVIEW:
        return Capacity.REVIEWER
    if proposal.state == ProposalState.REVIEWED:
        return Capacity.APPROVER
    raise UnableToSign(_("This does not wait for a signature any more."))


def check_can_sign(
    proposal: Proposal, *, by: User, centre: Centre | None, contributors: Collection[int | None]
) -> Capacity:
    """The capacity in which `by` signs. Raises UnableToSign; superusers are asked the same."""
    capacity = capacity_wanted(proposal)
    if not may_sign_as(capacity, by, centre=centre):
        raise UnableToSign(WITHOUT_ROLE[capacity]())
    if proposal.signatures.filter(person=by).exists():
        raise UnableToSign(_("You have signed this already. Author, reviewer and approver are three different people."))
    if by.pk in contributors:
        raise UnableToSign(_("You wrote a part of this text. Somebody who wrote none of it must sign here."))
    if None in contributors:
        raise UnableToSign(
            _("Nobody knows who wrote a part of this text. Its author must save it once more under their own name.")
        )
    return capacity


def check_can_propose(
    *, by: User, centre: Centre | None, open_proposal: Proposal | None, code: str, lacks: Iterable[str]
) -> None:
    """Raises UnableToPropose with all that is in the way."""
    reasons = []
    if not may_sign_as(Capacity.AUTHOR, by, centre=centre):
        reasons.append(WITHOUT_ROLE[Capacity.AUTHOR]())
    if open_proposal:
        reasons.append(_("An edition of this is in review already. Take that back first."))
    if not code:
        reasons.append(_("It needs a number first, such as KP-SOP-012."))
    if reasons := [*reasons, *lacks]:
        raise UnableToPropose(*reasons)


def check_change_is_told(
    *, changed: Collection[UUID], noted: Collection[UUID], titles: dict[UUID, str], is_first: bool
) -> None:
    """Raises UnableToPropose unless there is something new, and every changed page says what and why."""
    if not changed:
        raise UnableToPropose(_("Nothing has changed since the last edition."))
    missing = [titles.get(key, str(key)) for key in changed if key not in noted]
    if missing and not is_first:
        sentence = ngettext(
            "Say what changed and why, in this section: %(titles)s.",
            "Say what changed and why, in these sections: %(titles)s.",
            len(missing),
        )
        raise UnableToPropose(sentence % {"titles": ", ".join(missing)})


def check_code_is_free(code: str, *, subject: UUID) -> None:
    """Raises UnableToPropose if editions of something else have this code: a printed code leads to one text."""
    if Edition.objects.filter(code=code).exclude(subject=subject).exists():
        raise UnableToPropose(_("Editions of another text have the number %(code)s.") % {"code": code})


def check_pages_can_be_shown(drafts: Collection[EditionedPage]) -> None:
    """Raises UnableToPropose with all that would keep the pages from being shown once they are signed."""
    if not drafts:
        raise UnableToPropose(_("Nothing would be left of it."))
    reasons = [
        _("%(title)s: %(reason)s") % {"title": draft.title, "reason": reason}
        for draft in drafts
        for reason in _reasons_against_showing(draft)
    ]
    if reasons:
        raise UnableToPropose(*dict.fromkeys(reasons))


def _reasons_against_showing(draft: EditionedPage) -> Iterator[str]:
    try:
        draft.full_clean()
    except ValidationError as error:
        yield from error.messages
    with gate.opened():
        yield from reasons_against(draft)


def check_hour(*, effective_from: datetime | None, at: datetime, before: Edition | None) -> None:
    """Raises UnableToPropose if the new edition would hold before the last one does."""
    if before and (effective_from or at) < before.effective_from:
        raise UnableToPropose(_("The edition before this one comes into force later. Choose an hour after that."))


def check_can_return(proposal: Proposal, *, by: User, centre: Centre | None) -> None:
    """Raises UnableToSign unless `by` is asked to sign, or takes back what they proposed."""
    if not proposal.is_open:
        raise UnableToSign(_("This does not wait for a signature any more."))
    is_asked = any(may_sign_as(each, by, centre=centre) for each in (Capacity.REVIEWER, Capacity.APPROVER))
    if by.pk != proposal.proposed_by_id and not is_asked:
        raise UnableToSign(_("Only its author, a reviewer or an approver can send this back."))


def check_can_withdraw(edition: Edition, *, by: User, centre: Centre | None, reason: str) -> None:
    """Raises UnableToWithdraw. Taking back is quick on purpose: one approver or centre manager is enough."""
    if not reason.strip():
        raise UnableToWithdraw(_("Say why: readers of the printed edition will ask."))
    if not (holds(Role.APPROVER, by, centre=centre) or holds(Role.CENTRE_MANAGER, by, centre=centre)):
        raise UnableToWithdraw(_("Only an approver or a manager of this centre can withdraw an edition."))
    if hasattr(edition, "withdrawal"):
        raise UnableToWithdraw(_("This edition is withdrawn already."))
