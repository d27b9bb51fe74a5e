"""Where does each edition of a subject stand, beside the others? Without a query for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.editions.models import Edition
from portal.editions.states import State


@dataclass(frozen=True)
class Standing:
    """An edition, its state, and what ended its time.

    `successor` is the edition that came into force after it; `current` the one that holds now, if one does.
    """

    edition: Edition
    state: State
    successor: Edition | None = None
    current: Edition | None = None

    @property
    def until(self) -> datetime | None:
        """When it ceased to hold; None while it does, and if it never did."""
        if self.state is State.APPROVED:
            return None
        ends = [self.edition.withdrawal.at] if self.state is State.WITHDRAWN else []
        ends += [self.successor.effective_from] if self.successor else []
        return max(min(ends), self.edition.effective_from) if ends else None

    @property
    def reason(self) -> str:
        """Why it was withdrawn."""
        return self.edition.withdrawal.reason if self.state is State.WITHDRAWN else ""


def editions_of(subject: UUID) -> list[Edition]:
    """All editions of a subject without what stands in them, the newest first. One query."""
    return list(Edition.objects.of(subject).exclude(code="").select_related("withdrawal").defer("content"))


def standings(editions: Sequence[Edition], *, at: datetime) -> list[Standing]:
    """`editions` are all of one subject, the newest first."""
    effective = [edition for edition in editions if edition.effective_from <= at]
    newest = effective[0] if effective else None
    current = newest if newest is not None and not _is_withdrawn(newest, at=at) else None
    return [_standing(edition, effective=effective, current=current, at=at) for edition in editions]


def _standing(edition: Edition, *, effective: Sequence[Edition], current: Edition | None, at: datetime) -> Standing:
    later = [other for other in effective if other.number > edition.number]
    successor = later[-1] if later and edition.effective_from <= at else None
    if _is_withdrawn(edition, at=at):
        state = State.WITHDRAWN
    elif edition.effective_from > at:
        state = State.APPROVED
    else:
        state = State.SUPERSEDED if later else State.IN_FORCE
    return Standing(edition, state, successor=successor, current=current)


def _is_withdrawn(edition: Edition, *, at: datetime) -> bool:
    return hasattr(edition, "withdrawal") and edition.withdrawal.at <= at
