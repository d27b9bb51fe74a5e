"""How do the made-up manuals come into force? As all do: three made-up people sign them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from lessons.manuals.models import ManualPage
from media import renditions_making, variants_making
from media.models import Picture
from portal.editions.chain import content_of, newest
from portal.editions.collecting import collected, drafts_of
from portal.editions.coming_into_force import show_what_holds
from portal.editions.freezing import being_made
from portal.editions.models import ChangeKind
from portal.editions.proposing import Change, Note, changed_keys, open_proposal, propose, send_back
from portal.editions.signing import sign
from portal.home.demo.accounts import ACCOUNTS
from portal.people.models import User
from portal.people.roles import Role


def issue_manuals(*, at: datetime, tell: Callable[[str], None] = print) -> int:
    """Issue an edition of every manual whose drafts have changed; returns how many."""
    keys = ManualPage.objects.order_by("number").values_list("translation_key", flat=True).distinct()
    changed = [key for key in dict.fromkeys(keys) if _changed(key)]
    if changed:
        tell(f"Issuing {len(changed)} manuals")
    for key in changed:
        _issue(key, at=at)
    return len(changed)


def _changed(key: UUID) -> set[UUID]:
    before = newest(key)
    return changed_keys(content_of(before) if before else None, collected(key))


def _issue(key: UUID, *, at: datetime) -> None:
    note = Note("The words of the demonstration are newer.", "The demonstration was loaded again.")
    change = Change(ChangeKind.CORRECTION, "The demonstration.", notes=dict.fromkeys(_changed(key), note))
    waiting = open_proposal(key)
    if waiting:
        send_back(waiting, by=waiting.proposed_by, at=at, answer="")
    _make_what_is_shown(key)
    proposal = propose(key, change, by=_person(Role.AUTHOR), at=at, statement="")
    sign(proposal, by=_person(Role.REVIEWER), at=at)
    sign(proposal, by=_person(Role.APPROVER), at=at)
    show_what_holds(key, at=at)


def _make_what_is_shown(key: UUID) -> None:
    """The task worker does this, but it has not started yet when the demonstration is loaded for the first time."""
    for thing in being_made(draft.page for draft in drafts_of(key)):
        if isinstance(thing, Picture):
            renditions_making.make(thing)
        else:
            variants_making.make(thing)


def _person(role: str) -> User:
    return User.objects.get(email=next(account.email for account in ACCOUNTS if account.role == role))
