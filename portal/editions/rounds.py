"""What happens around a signature, when a person gives it? Wagtail's workflow follows, and whoever is next is told."""

from datetime import datetime
from uuid import UUID

from portal.editions import mail, proposing, signing, workflow
from portal.editions.models import Proposal, ProposalState, Signature
from portal.editions.policies import UnableToSign
from portal.editions.proposing import Change
from portal.people.models import User


def propose(subject: UUID, change: Change, *, by: User, at: datetime, statement: str) -> Proposal:
    """Raises UnableToPropose."""
    proposal = proposing.propose(subject, change, by=by, at=at, statement=statement)
    _follow(proposal, by=by)
    return proposal


def sign(proposal: Proposal, *, by: User, at: datetime, statement: str = "") -> Signature:
    """Raises UnableToSign; a proposal that turned out to be void is told to its author, too."""
    was_open = proposal.is_open
    try:
        signature = signing.sign(proposal, by=by, at=at, statement=statement)
    except UnableToSign:
        proposal.refresh_from_db()
        if was_open and proposal.state == ProposalState.VOID:
            _follow(proposal, by=by)
        raise
    proposal.refresh_from_db()
    _follow(proposal, by=by)
    return signature


def send_back(proposal: Proposal, *, by: User, at: datetime, answer: str) -> None:
    """Raises UnableToSign."""
    proposing.send_back(proposal, by=by, at=at, answer=answer)
    proposal.refresh_from_db()
    _follow(proposal, by=by)


def _follow(proposal: Proposal, *, by: User) -> None:
    workflow.follow(proposal, by=by)
    mail.tell_soon(proposal, by=by)
