"""How does a snapshot become an edition?"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.audit.recording import record
from portal.editions.models import ChangeKind, Edition
from portal.people.models import User


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write `content` down: sorted keys, no spaces, no escapes of other scripts."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str, *, previous: str) -> str:
    """SHA-256 of an edition's content behind the digest of the edition before it, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def newest(subject: UUID) -> Edition | None:
    return Edition.objects.filter(subject=subject).order_by("-number").first()


def content_of(edition: Edition) -> dict[str, Any]:
    """What was frozen, as it was given to `issue`."""
    content: dict[str, Any] = json.loads(edition.content)
    return content


def chain_is_unbroken(subject: UUID) -> bool:
    """Whether every edition of `subject` is what was issued, and stands behind the one that it was issued after."""
    previous = ""
    for number, edition in enumerate(Edition.objects.filter(subject=subject).order_by("number"), start=1):
        told = (edition.number, edition.previous_sha256, edition.sha256)
        if told != (number, previous, digest(edition.content, previous=previous)):
            return False
        previous = edition.sha256
    return True


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
    """Freeze `content` as the next edition of `subject`, in force from `at`."""
    before = newest(subject)
    written = canonical(content)
    previous = before.sha256 if before else ""
    edition = Edition.objects.create(
        subject=subject,
        number=before.number + 1 if before else 1,
        change_kind=change_kind if before else ChangeKind.FIRST,
        note=note,
        content=written,
        sha256=digest(written, previous=previous),
        previous_sha256=previous,
        issued_at=at,
        issued_by=by,
        effective_from=at,
    )
    record("editions.issued", by=by, at=at, subject=edition, number=edition.number)
    return edition
