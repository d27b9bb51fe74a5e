"""Who is told by mail that an edition waits for them, and what became of it?

A mail names the code and the number, never a title or a word of the text: a manual may be restricted, and mail is read
on the way. The worker sends it once the signature is safely written down; a mail server that is down stops nobody.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from portal.editions.models import ROLE_FOR, Proposal, ProposalState
from portal.editions.policies import capacity_wanted
from portal.editions.proposing import centre_of
from portal.editions.waiting import waits_for
from portal.people.models import User

logger = logging.getLogger(__name__)
PRIORITY = 20


def tell_soon(proposal: Proposal, *, by: User) -> None:
    """Whoever did it knows already, and gets no mail."""
    key, state, by_id = str(proposal.pk), str(proposal.state), by.pk
    transaction.on_commit(lambda: tell_task.enqueue(proposal_id=key, state=state, by_id=by_id), robust=True)


@task(queue_name="background", backend="background", priority=PRIORITY)
def tell_task(proposal_id: str, state: str, by_id: int) -> None:
    proposal = Proposal.objects.filter(pk=proposal_id, state=state).select_related("proposed_by").first()
    if proposal is None:
        return  # It has gone on in the meantime, and who is next was told then.
    for person in recipients_of(proposal):
        if person.pk != by_id:
            tell(person, proposal)


def recipients_of(proposal: Proposal) -> Iterable[User]:
    """Those who may sign next, or its author once it is closed."""
    if not proposal.is_open:
        return [proposal.proposed_by] if proposal.proposed_by.is_active else []
    held = {"role": ROLE_FOR[capacity_wanted(proposal)]}
    if centre := centre_of(proposal.subject):
        held["centre"] = centre
    asked = User.objects.filter(is_active=True, **{f"memberships__{name}": value for name, value in held.items()})
    return [person for person in asked.distinct() if waits_for(proposal, person)]


def tell(person: User, proposal: Proposal) -> None:
    """One mail, in the language of whoever reads it."""
    with translation.override(person.language):
        named = {"code": proposal.code, "number": proposal.number}
        subject = subject_for(proposal) % named
        address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('portal_editions_admin:proposal', args=[proposal.pk])}"
        text = render_to_string("portal_editions/mail.txt", {"sentence": subject, "address": address})
    try:
        send_mail(subject, text, None, [person.email])
    except (SMTPException, OSError):
        logger.warning("proposal %s: a mail to %s was not sent", proposal.pk, person.username)


def subject_for(proposal: Proposal) -> str:
    return {
        ProposalState.IN_REVIEW: _("%(code)s, edition %(number)s, waits for your review"),
        ProposalState.REVIEWED: _("%(code)s, edition %(number)s, waits for your approval"),
        ProposalState.RETURNED: _("%(code)s, edition %(number)s, was returned to you"),
        ProposalState.VOID: _("%(code)s, edition %(number)s, is void: its text was changed"),
        ProposalState.ISSUED: _("%(code)s, edition %(number)s, is approved"),
    }[ProposalState(proposal.state)]
