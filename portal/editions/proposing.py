"""How does an author ask for an edition, and what exactly is it that people sign?"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.recording import record
from portal.editions.canonical import canonical
from portal.editions.chain import content_of, newest
from portal.editions.collecting import Known, collected, drafts_of, newest_draft, roots_of
from portal.editions.freezing import UnableToFreeze, being_made, freeze
from portal.editions.models import OPEN_STATES, Capacity, ChangeKind, Proposal, ProposalState
from portal.editions.policies import (
    UnableToPropose,
    check_can_propose,
    check_can_return,
    check_change_is_told,
    check_code_is_free,
    check_hour,
    check_pages_can_be_shown,
)
from portal.editions.signatures import add_signature
from portal.people.models import User

FORMAT = 1


@dataclass(frozen=True)
class Note:
    """What changed in a page, why, and because of which lesson learned (the translation key of its page)."""

    what: str
    why: str
    lesson: str = ""


@dataclass(frozen=True)
class Change:
    """What an edition changes, as its author tells it. Without an hour it holds as soon as it is approved."""

    kind: ChangeKind
    summary: str = ""
    notes: Mapping[UUID, Note] = field(default_factory=dict)
    effective_from: datetime | None = None
    retrain_by: date | None = None
    leaving_out: frozenset[UUID] = frozenset()

    def as_json(self) -> dict[str, Any]:
        told = [{"key": str(key), **vars(note)} for key, note in self.notes.items()]
        return {
            "kind": str(self.kind),
            "summary": self.summary,
            "notes": sorted(told, key=lambda note: str(note["key"])),
            "effective_from": self.effective_from.astimezone(UTC).isoformat() if self.effective_from else "",
            "retrain_by": self.retrain_by.isoformat() if self.retrain_by else "",
            "leaving_out": sorted(map(str, self.leaving_out)),
        }


def open_proposal(subject: UUID) -> Proposal | None:
    return Proposal.objects.filter(subject=subject, state__in=OPEN_STATES).first()


def digest_of_drafts(pages: list[dict[str, Any]]) -> str:
    """SHA-256 of what the drafts say, in hexadecimal, without the HTML that was made of them."""
    bare = [{**page, "versions": {code: _bare(one) for code, one in page["versions"].items()}} for page in pages]
    return hashlib.sha256(canonical({"pages": bare}).encode()).hexdigest()


def _bare(version: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in version.items() if name not in ("html", "files")}


def changed_keys(before: Mapping[str, Any] | None, pages: list[dict[str, Any]]) -> set[UUID]:
    """The pages whose text, audience or place differ from the edition before; gone ones too."""
    had = {page["key"]: page for page in before["pages"]} if before else {}
    has = {page["key"]: page for page in pages}
    differ = {key for key in had.keys() | has.keys() if digest_of(had.get(key)) != digest_of(has.get(key))}
    return {UUID(key) for key in differ | moved(list(had), list(has))}


def moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest of what is in both orders that must have been moved to get from one to the other."""
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    # The longest run that kept its order, by patience sorting: `ends[n]` ends the best run of n + 1.
    ends: list[str] = []
    came_after: dict[str, str] = {}
    for key in common:
        at = bisect_left([places[end] for end in ends], places[key])
        came_after[key] = ends[at - 1] if at else ""
        ends[at : at + 1] = [key]
    stayed, last = set(), ends[-1] if ends else ""
    while last:
        stayed.add(last)
        last = came_after[last]
    return set(common) - stayed


def digest_of(page: Mapping[str, Any] | None) -> str:
    return digest_of_drafts([dict(page)]) if page else ""


@transaction.atomic
def propose(subject: UUID, change: Change, *, by: User, at: datetime, statement: str) -> Proposal:
    """Freeze the drafts of a tree, signed by their author. Raises UnableToPropose with all that is in the way."""
    roots = roots_of(subject)
    if not roots:
        raise UnableToPropose(_("There is nothing to propose."))
    root, before = newest_draft(roots[0], known=Known()), newest(subject)
    check_can_propose(
        by=by, centre=root.edition_centre(), open_proposal=open_proposal(subject), code=root.edition_code(),
        lacks=root.lacks(),
    )  # fmt: skip
    check_code_is_free(root.edition_code(), subject=subject)
    check_hour(effective_from=change.effective_from, at=at, before=before)
    drafts = [draft.page for draft in drafts_of(subject, leaving_out=change.leaving_out)]
    check_pages_can_be_shown(drafts)
    if being_made(drafts):
        raise UnableToPropose(_("A picture or recording is still being prepared. Wait a moment, then propose again."))
    _save_what_was_never_saved(subject, by=by)
    pages = collected(subject, leaving_out=change.leaving_out)
    _check_notes(pages, change, before=content_of(before) if before else None)
    content = {
        "format": FORMAT,
        "subject": str(subject),
        "code": root.edition_code(),
        "number": before.number + 1 if before else 1,
        "previous": before.sha256 if before else "",
        "change": {**change.as_json(), "kind": str(change.kind if before else ChangeKind.FIRST)},
        "languages": sorted({code for page in pages for code in page["versions"]}),
        "files": _frozen(pages, subject=subject, leaving_out=change.leaving_out),
        "pages": pages,
    }
    return _signed_by_its_author(content, by=by, at=at, statement=statement)


def _frozen(pages: list[dict[str, Any]], *, subject: UUID, leaving_out: frozenset[UUID]) -> dict[str, dict[str, Any]]:
    try:
        return freeze(pages, subject=subject, leaving_out=leaving_out)
    except UnableToFreeze as error:
        sentence = _("The file %(name)s is gone. Upload it again, or take it out of the text.")
        raise UnableToPropose(sentence % {"name": error}) from error


def _signed_by_its_author(content: Mapping[str, Any], *, by: User, at: datetime, statement: str) -> Proposal:
    written = canonical(content)
    proposal = Proposal.objects.create(
        subject=content["subject"],
        code=content["code"],
        number=content["number"],
        content=written,
        sha256=hashlib.sha256(written.encode()).hexdigest(),
        draft_sha256=digest_of_drafts(content["pages"]),
        proposed_at=at,
        proposed_by=by,
    )
    add_signature(proposal, capacity=Capacity.AUTHOR, by=by, at=at, statement=statement)
    record("editions.proposed", by=by, at=at, subject=proposal, number=proposal.number, code=proposal.code)
    return proposal


def _save_what_was_never_saved(subject: UUID, *, by: User) -> None:
    """A page without a draft has never been saved by anybody: the author who proposes it does."""
    for root in roots_of(subject):
        for page in root.get_descendants(inclusive=True).filter(latest_revision=None, alias_of=None).specific():
            page.save_revision(user=by, clean=False)


def _check_notes(pages: list[dict[str, Any]], change: Change, *, before: Mapping[str, Any] | None) -> None:
    titles = {UUID(page["key"]): next(iter(page["versions"].values()))["title"] for page in pages}
    noted = {key for key, note in change.notes.items() if note.what.strip() and note.why.strip()}
    check_change_is_told(changed=changed_keys(before, pages), noted=noted, titles=titles, is_first=before is None)


@transaction.atomic
def send_back(proposal: Proposal, *, by: User, at: datetime, answer: str) -> None:
    """Give a proposal back to its author, who may take it back as well. Raises UnableToSign."""
    check_can_return(proposal, by=by, centre=centre_of(proposal.subject))
    close(proposal, state=ProposalState.RETURNED, at=at, answer=answer)
    record("editions.returned", by=by, at=at, subject=proposal, number=proposal.number, code=proposal.code)


def close(proposal: Proposal, *, state: ProposalState, at: datetime, answer: str = "") -> None:
    proposal.state, proposal.closed_at, proposal.answer = state, at, answer
    proposal.save(update_fields=["state", "closed_at", "answer"])


def centre_of(subject: UUID) -> Any:
    """The centre whose people sign: the one that the newest draft names, as when it was proposed."""
    roots = roots_of(subject)
    return newest_draft(roots[0], known=Known()).edition_centre() if roots else None


def is_still_said(proposal: Proposal, *, leaving_out: Collection[UUID]) -> bool:
    """Whether the drafts are what they were when they were proposed, to the byte, and the proposal is what it was."""
    if hashlib.sha256(proposal.content.encode()).hexdigest() != proposal.sha256 or any(
        each.sha256 != proposal.sha256 for each in proposal.signatures.all()
    ):
        return False
    now = digest_of_drafts(collected(proposal.subject, leaving_out=leaving_out))
    return now == digest_of_drafts(json.loads(proposal.content)["pages"])
