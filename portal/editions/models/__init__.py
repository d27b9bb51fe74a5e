"""What was proposed, signed, issued, brought into force and withdrawn."""

from portal.editions.models.edition import ChangeKind, Edition, EditionFile, EditionPage, FileKind
from portal.editions.models.proposal import (
    OPEN_STATES,
    ROLE_FOR,
    Capacity,
    Contribution,
    Proposal,
    ProposalState,
    Signature,
)
from portal.editions.models.standing import InForce, Withdrawal
from portal.editions.tasks import SignatureTask

__all__ = [
    "OPEN_STATES",
    "ROLE_FOR",
    "Capacity",
    "ChangeKind",
    "Contribution",
    "Edition",
    "EditionFile",
    "EditionPage",
    "FileKind",
    "InForce",
    "Proposal",
    "ProposalState",
    "Signature",
    "SignatureTask",
    "Withdrawal",
]
