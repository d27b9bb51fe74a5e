"""Which editions of a subject are there, one behind the other, and is the chain whole?"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from portal.editions.canonical import digest
from portal.editions.models import Edition


def newest(subject: UUID) -> Edition | None:
    return Edition.objects.of(subject).select_related("withdrawal").first()


def content_of(edition: Edition) -> dict[str, Any]:
    """What was frozen, as it was given when it was issued."""
    content: dict[str, Any] = json.loads(edition.content)
    return content


def chain_is_unbroken(subject: UUID) -> bool:
    """Whether every edition of `subject` is what was issued, and stands behind the one that it was issued after."""
    return not any(True for _ in broken_links(subject))


def broken_links(subject: UUID) -> Iterator[str]:
    """A sentence for each edition whose digest is not that of its content behind the edition before."""
    previous = ""
    for number, edition in enumerate(Edition.objects.of(subject).order_by("number").iterator(), start=1):
        told = (edition.number, edition.previous_sha256, edition.sha256)
        if told != (number, previous, digest(edition.content, previous=previous)):
            yield f"{edition}: the chain of digests is broken here."
        previous = edition.sha256
