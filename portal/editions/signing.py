"""How does somebody stand for what a proposal says?"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.recording import record
from portal.editions.chain import content_of, newest
from portal.editions.contributions import contributors_to
from portal.editions.issuing import issue_signed
from portal.editions.models import Capacity, Proposal, ProposalState, Signature
from portal.editions.paper.making import ask_for_papers
from portal.editions.policies import UnableToSign, check_can_sign
from portal.editions.proposing import centre_of, changed_keys, close, is_still_said
from portal.editions.signatures import add_signature
from portal.people.models import User


def sign(proposal: Proposal, *, by: User, at: datetime, statement: str = "") -> Signature:
    """Review or approve, whichever is next; with the third signature the edition is issued.

    Raises UnableToSign, also if a byte of the drafts has changed: then the proposal is void, and stays so.
    """
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        is_void = void_if_changed(proposal, by=by, at=at)
        signature = None if is_void else _signed(proposal, by=by, at=at, statement=statement)
    if signature is None:
        raise UnableToSign(_("The text was changed after it had been proposed. It must be proposed again."))
    return signature


def _signed(proposal: Proposal, *, by: User, at: datetime, statement: str) -> Signature:
    centre = centre_of(proposal.subject)
    capacity = check_can_sign(proposal, by=by, centre=centre, contributors=contributors_of(proposal))
    signature = add_signature(proposal, capacity=capacity, by=by, at=at, statement=statement)
    if capacity == Capacity.REVIEWER:
        proposal.state = ProposalState.REVIEWED
        proposal.save(update_fields=["state"])
    else:
        issue_signed(proposal, by=by, at=at)
        ask_for_papers()
        close(proposal, state=ProposalState.ISSUED, at=at)
    return signature


@transaction.atomic
def void_if_changed(proposal: Proposal, *, by: User, at: datetime) -> bool:
    """Close an open proposal whose drafts say something else now; whether it was."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_open or is_still_said(proposal, leaving_out=left_out_of(proposal)):
        return False
    close(proposal, state=ProposalState.VOID, at=at)
    record("editions.voided", by=by, at=at, subject=proposal, number=proposal.number, code=proposal.code)
    return True


def left_out_of(proposal: Proposal) -> frozenset[UUID]:
    return frozenset(UUID(key) for key in content_in(proposal)["change"]["leaving_out"])


def content_in(proposal: Proposal) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(proposal.content)
    return content


def contributors_of(proposal: Proposal) -> set[int | None]:
    """Who wrote what this proposal changes; None stands for somebody unknown."""
    before = newest(proposal.subject)
    content = content_in(proposal)
    changed = changed_keys(content_of(before) if before else None, content["pages"])
    present = {UUID(page["key"]) for page in content["pages"]}
    found = contributors_to(changed & present, subject=proposal.subject)
    return {person for people in found.values() for person in (people or {None})}
