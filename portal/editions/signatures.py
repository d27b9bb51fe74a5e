"""How is a signature written down, and is an edition what was signed?"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit.recording import record
from portal.editions.canonical import canonical
from portal.editions.models import Capacity, Edition, Proposal, Signature
from portal.people.models import User

#: What somebody declares who signs; stored in the words that they read.
STATEMENTS: dict[Capacity, Promise] = {
    Capacity.AUTHOR: _(
        "I have put this text together and stand for it. It names nobody who could be found through it."
    ),
    Capacity.REVIEWER: _("I have read all that changed. It is right, and it can be done as it is written."),
    Capacity.APPROVER: _("I have seen what changed and who reviewed it. It shall be in force at our centre."),
}


def add_signature(proposal: Proposal, *, capacity: Capacity, by: User, at: datetime, statement: str) -> Signature:
    """Call it after `policies.check_can_sign`; the database refuses a second one of a person or in a capacity."""
    signature = Signature.objects.create(
        proposal=proposal,
        capacity=capacity,
        person=by,
        statement=statement or str(STATEMENTS[capacity]),
        sha256=proposal.sha256,
        signed_at=at,
    )
    record("editions.signed", by=by, at=at, subject=proposal, capacity=str(capacity), sha256=proposal.sha256)
    return signature


def written_signature(signature: Signature) -> dict[str, str]:
    return {
        "capacity": str(signature.capacity),
        "person": signature.person.username,
        "at": signature.signed_at.isoformat(),
        "statement": signature.statement,
    }


def faults_of_signatures(edition: Edition, content: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the signatures under an edition, in sentences; nothing if three people signed this text."""
    proposal = edition.proposal
    if proposal is None:
        yield "nobody has signed it."
        return
    signed = {name: value for name, value in content.items() if name != "signatures"}
    if hashlib.sha256(canonical(signed).encode()).hexdigest() != proposal.sha256:
        yield "it is not what was signed."
    signatures = list(proposal.signatures.select_related("person"))
    if {each.capacity for each in signatures} != set(Capacity) or len({each.person_id for each in signatures}) != 3:
        yield "it lacks the signatures of three people."
    if any(each.sha256 != proposal.sha256 for each in signatures):
        yield "somebody signed something else."
    if [written_signature(each) for each in signatures] != content.get("signatures"):
        yield "the signatures were changed."
