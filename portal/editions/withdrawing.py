"""How is an edition taken back?"""

from datetime import datetime

from django.db import transaction

from portal.audit.recording import record
from portal.base.page_cache import drop
from portal.editions.coming_into_force import follow_the_clock_soon
from portal.editions.models import Edition, Withdrawal
from portal.editions.policies import check_can_withdraw
from portal.editions.proposing import centre_of
from portal.people.models import User


@transaction.atomic
def withdraw(edition: Edition, *, by: User, at: datetime, reason: str) -> Withdrawal:
    """Take an edition back; readers are told why. Raises UnableToWithdraw."""
    check_can_withdraw(edition, by=by, centre=centre_of(edition.subject), reason=reason)
    withdrawal = Withdrawal.objects.create(edition=edition, reason=reason.strip(), by=by, at=at)
    record("editions.withdrawn", by=by, at=at, subject=edition, number=edition.number, code=edition.code)
    drop({tag_of(edition)})
    follow_the_clock_soon()
    return withdrawal


def tag_of(edition: Edition) -> str:
    """What cached pages that tell of the editions of a subject depend on."""
    return f"editions:{edition.subject}"
