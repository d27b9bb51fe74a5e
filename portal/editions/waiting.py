"""What waits for whom?"""

from portal.base.audience import viewer_for
from portal.editions.models import OPEN_STATES, Proposal
from portal.editions.policies import UnableToSign, capacity_wanted, check_can_sign, may_sign_as
from portal.editions.proposing import centre_of
from portal.editions.seeing import sees_proposal
from portal.editions.signing import content_in, contributors_of
from portal.people.models import User


def waiting_for(person: User) -> list[Proposal]:
    """The open proposals whose next signature this person may give."""
    return [each for each in Proposal.objects.filter(state__in=OPEN_STATES) if waits_for(each, person)]


def waits_for(proposal: Proposal, person: User) -> bool:
    """Whether the next signature may be this person's; the cheap questions come first."""
    centre = centre_of(proposal.subject)
    if not proposal.is_open or not may_sign_as(capacity_wanted(proposal), person, centre=centre):
        return False
    try:
        check_can_sign(proposal, by=person, centre=centre, contributors=contributors_of(proposal))
    except UnableToSign:
        return False
    return sees_proposal(proposal, content_in(proposal), person, viewer_for(person))
