"""How is a signature written down?"""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit.recording import record
from portal.editions.models import Capacity, Proposal, Signature
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
