"""What may follow what, for a manual on its way to its readers?

The states of what is written (`PATH`) are stored with proposals; the states of an edition follow from what is stored
and from the clock. The diagram in the README is made from these tables: `python manage.py draw_edition_states`.
"""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from portal.editions.models import Edition, ProposalState


class State(StrEnum):
    """Where a text stands, from the first draft to the shelf of what was."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    State.DRAFT: _("Draft"),
    State.IN_REVIEW: _("In review"),
    State.APPROVED: _("Approved, not yet in force"),
    State.IN_FORCE: _("In force"),
    State.SUPERSEDED: _("Superseded"),
    State.WITHDRAWN: _("Withdrawn"),
}

#: From a state, by a deed, to a state.
PATH: dict[State, dict[str, State]] = {
    State.DRAFT: {"the author proposes it": State.IN_REVIEW},
    State.IN_REVIEW: {
        "the reviewer signs": State.IN_REVIEW,
        "it is returned, or a byte changes": State.DRAFT,
        "the approver signs": State.APPROVED,
    },
    State.APPROVED: {"its hour comes": State.IN_FORCE, "it is withdrawn": State.WITHDRAWN},
    State.IN_FORCE: {"the next one comes into force": State.SUPERSEDED, "it is withdrawn": State.WITHDRAWN},
    State.SUPERSEDED: {"it is withdrawn": State.WITHDRAWN},
    State.WITHDRAWN: {},
}

#: What may become of a proposal.
FOLLOWS: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.IN_REVIEW: frozenset({ProposalState.REVIEWED, ProposalState.RETURNED, ProposalState.VOID}),
    ProposalState.REVIEWED: frozenset({ProposalState.ISSUED, ProposalState.RETURNED, ProposalState.VOID}),
    ProposalState.RETURNED: frozenset(),
    ProposalState.VOID: frozenset(),
    ProposalState.ISSUED: frozenset(),
}


def state_of(edition: Edition, *, at: datetime) -> State:
    """The state of an edition at an hour. One query; two for an edition whose hour has come."""
    if hasattr(edition, "withdrawal") and edition.withdrawal.at <= at:
        return State.WITHDRAWN
    if edition.effective_from > at:
        return State.APPROVED
    newer = Edition.objects.of(edition.subject).effective(at).filter(number__gt=edition.number)
    return State.SUPERSEDED if newer.exists() else State.IN_FORCE


def in_force(subject: object, *, at: datetime) -> Edition | None:
    """The edition of a subject that holds at an hour; None before the first and after a withdrawal of the newest."""
    editions = Edition.objects.of(subject).effective(at).select_related("withdrawal")  # type: ignore[arg-type]
    # Where there are editions that three people signed, one that nobody signed never holds.
    newest = editions.exclude(code="").first() or editions.first()
    if newest is None or state_of(newest, at=at) is State.WITHDRAWN:
        return None
    return newest
