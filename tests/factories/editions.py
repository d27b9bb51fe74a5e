"""Manuals that were written, reviewed and approved by three different people, as in a centre."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from portal.editions.chain import content_of, newest
from portal.editions.collecting import collected
from portal.editions.coming_into_force import show_what_holds
from portal.editions.models import ChangeKind, Edition, Proposal
from portal.editions.proposing import Change, Note, changed_keys, propose
from portal.editions.signing import sign
from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import house
from tests.factories.people import make_person

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Trio:
    """Three people who may issue an edition together."""

    author: User
    reviewer: User
    approver: User


def make_trio() -> Trio:
    return Trio(make_person(Role.AUTHOR), make_person(Role.REVIEWER), make_person(Role.APPROVER))


def step(title: str, *, text: str = "Ask her what she wants to do next.", id: str = "", **more: Any) -> dict[str, Any]:
    """A raw block of a procedure step."""
    value = {"title": title, "who": "Case worker", "text": f"<p>{text}</p>", **more}
    return {"type": "procedure_step", "value": value, "id": id or f"11111111-0000-4000-8000-{abs(hash_of(title)):012d}"}


def hash_of(text: str) -> int:
    """The same number for the same text in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(text)) % 10**12


def complete(owner: User) -> dict[str, Any]:
    """What a manual cannot be issued without (`lessons.manuals.structure`)."""
    emergency = {"title": "Somebody is in danger", "actions": ["<p>Bring her to a safe room.</p>"], "then": ""}
    return {
        "scope": "All staff.",
        "for_whom": "Everybody at the shelter.",
        "emergency": [{"type": "emergency", "value": emergency, "id": "22222222-0000-4000-8000-000000000001"}],
        "legal_basis": "The Act on the protection of victims.",
        "review_owner": owner,
        "review_by": date(2099, 1, 1),
    }


def write_manual(
    *, by: User, code: str = "KP-SOP-001", sections: int = 2, language: str = "en", **fields: Any
) -> ManualPage:
    """The draft of a manual with so many sections of two steps each, and with all that a manual must have."""
    home = HomePage.objects.filter(locale__language_code=language).first() or house.home(language)
    shelf = ManualIndexPage.objects.child_of(home).first() or house.page(ManualIndexPage, below=home)
    manual = ManualPage(
        **{"title": "Identification", "slug": code.lower(), "number": code, "live": False, **complete(by), **fields}
    )
    _write(manual, below=shelf, by=by)
    for number in range(1, sections + 1):
        add_section(manual, title=f"Section {number}", by=by)
    return manual


def add_section(
    manual: ManualPage, *, title: str, by: User, body: list[Any] | None = None, **fields: Any
) -> SectionPage:
    body = [step(f"{title}: listen"), step(f"{title}: write down")] if body is None else body
    section = SectionPage(title=title, slug=title.lower().replace(" ", "-"), body=body, live=False, **fields)
    return _write(section, below=manual, by=by)


def _write(page: Any, *, below: Any, by: User) -> Any:
    page.locale = below.locale
    page.owner = by
    below.__class__.objects.get(pk=below.pk).add_child(instance=page)
    page.save_revision(user=by)
    return page


def rewrite(section: SectionPage, *, by: User, **fields: Any) -> None:
    """Save a new draft of a section."""
    draft = SectionPage.objects.get(pk=section.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)


def change_of(manual: ManualPage, *, kind: ChangeKind = ChangeKind.CORRECTION, **fields: Any) -> Change:
    """A change with a note for every page that has changed."""
    before = newest(manual.translation_key)
    changed = changed_keys(content_of(before) if before else None, collected(manual.translation_key))
    notes = {key: Note("The second step is clearer.", "Two teams read it differently.") for key in changed}
    return Change(kind=kind, summary="Clearer words.", notes=notes, **fields)


def proposed(manual: ManualPage, *, by: User, at: datetime = NOON, **change: Any) -> Proposal:
    return propose(manual.translation_key, change_of(manual, **change), by=by, at=at, statement="I stand for it.")


def issued(manual: ManualPage, trio: Trio, *, at: datetime = NOON, **change: Any) -> Edition:
    """Propose, review and approve, and let it come into force if its hour has come."""
    proposal = proposed(manual, by=trio.author, at=at, **change)
    sign(proposal, by=trio.reviewer, at=at)
    sign(proposal, by=trio.approver, at=at)
    edition = Edition.objects.get(proposal=proposal)
    show_what_holds(manual.translation_key, at=at)
    return edition


def issued_manual(trio: Trio | None = None, *, at: datetime = NOON, **fields: Any) -> tuple[ManualPage, Edition]:
    """A manual whose first edition is in force."""
    trio = trio or make_trio()
    manual = write_manual(by=trio.author, **fields)
    edition = issued(manual, trio, at=at)
    manual.refresh_from_db()
    return manual, edition
