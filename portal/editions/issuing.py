"""How does a snapshot become an edition?"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.audit.recording import record
from portal.base.page_cache import drop
from portal.editions.canonical import canonical, digest
from portal.editions.chain import newest
from portal.editions.coming_into_force import follow_the_clock_at
from portal.editions.models import (
    ChangeKind,
    Edition,
    EditionFile,
    EditionPage,
    FileKind,
    Proposal,
)
from portal.editions.pages import EditionedPage
from portal.editions.policies import UnableToIssue
from portal.editions.signatures import written_signature
from portal.people.models import User

#: Rows that are written together.
BATCH = 500


@transaction.atomic
def issue(
    subject: UUID,
    content: Mapping[str, Any],
    *,
    change_kind: ChangeKind,
    by: User,
    at: datetime,
    note: str = "",
) -> Edition:
    """Freeze `content` as the next edition of `subject`, in force from `at`, without signatures.

    For what nobody signs, such as the outline of a course. Raises UnableToIssue for what three people must sign.
    """
    if is_signed_by_three(subject):
        raise UnableToIssue(_("An author, a reviewer and an approver must sign an edition of this."))
    return _freeze(subject, content, change_kind=change_kind, by=by, at=at, note=note, effective_from=at)


def is_signed_by_three(subject: UUID) -> bool:
    """Whether editions of `subject` need three signatures: its pages are of that kind, or an edition has had them."""
    pages = Page.objects.filter(translation_key=subject).specific()
    return Edition.objects.of(subject).exclude(code="").exists() or any(
        isinstance(page, EditionedPage) for page in pages
    )


def issue_signed(proposal: Proposal, *, by: User, at: datetime) -> Edition:
    """Issue what three people have signed; called by `signing.sign` in its transaction.

    The database itself refuses an edition whose proposal does not have the three signatures.
    """
    signed: dict[str, Any] = json.loads(proposal.content)
    before = newest(proposal.subject)
    if (before.number + 1 if before else 1) != proposal.number or signed["previous"] != (
        before.sha256 if before else ""
    ):
        raise UnableToIssue(_("Another edition was issued in between. This must be proposed again."))
    asked_for = signed["change"]["effective_from"]
    edition = _freeze(
        proposal.subject,
        {**signed, "signatures": [written_signature(each) for each in proposal.signatures.select_related("person")]},
        change_kind=ChangeKind(signed["change"]["kind"]),
        by=by,
        at=at,
        note=signed["change"]["summary"],
        effective_from=max(at, datetime.fromisoformat(asked_for)) if asked_for else at,
        proposal=proposal,
    )
    _write_pages(edition, signed)
    drop({f"editions:{proposal.subject}"})
    follow_the_clock_at(edition.effective_from)
    return edition


def _freeze(
    subject: UUID,
    content: Mapping[str, Any],
    *,
    change_kind: ChangeKind,
    by: User,
    at: datetime,
    note: str,
    effective_from: datetime,
    proposal: Proposal | None = None,
) -> Edition:
    before = newest(subject)
    written = canonical(content)
    previous = before.sha256 if before else ""
    edition = Edition.objects.create(
        subject=subject,
        number=before.number + 1 if before else 1,
        code=proposal.code if proposal else "",
        proposal=proposal,
        change_kind=change_kind if before else ChangeKind.FIRST,
        note=note,
        content=written,
        sha256=digest(written, previous=previous),
        previous_sha256=previous,
        issued_at=at,
        issued_by=by,
        effective_from=effective_from,
    )
    record("editions.issued", by=by, at=at, subject=edition, number=edition.number)
    return edition


def _write_pages(edition: Edition, content: Mapping[str, Any]) -> None:
    EditionPage.objects.bulk_create(page_rows(edition, content), batch_size=BATCH)
    EditionFile.objects.bulk_create(file_rows(edition, content), batch_size=BATCH)


def page_rows(edition: Edition, content: Mapping[str, Any]) -> list[EditionPage]:
    """The outline of an edition as rows, in reading order."""
    return [
        EditionPage(
            edition=edition,
            key=UUID(page["key"]),
            parent=UUID(page["parent"]) if page["parent"] else None,
            language=language,
            position=position,
            type_name=page["type"],
            title=version["title"],
            slug=version["slug"],
            limits=version["limits"],
            html_sha256=version["html"],
        )
        for position, page in enumerate(content["pages"])
        for language, version in sorted(page["versions"].items())
    ]


def file_rows(edition: Edition, content: Mapping[str, Any]) -> list[EditionFile]:
    return [
        EditionFile(
            edition=edition,
            kind=FileKind.MEDIA,
            name=f"{sha256[:16]}-{file['name']}"[:200],
            sha256=sha256,
            size=file["size"],
            content_type=file["type"],
        )
        for sha256, file in sorted(content["files"].items())
    ]
