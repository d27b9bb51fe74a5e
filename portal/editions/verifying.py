"""Is every edition what was issued, byte for byte, and was it signed by three people?"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from portal.editions import store
from portal.editions.canonical import canonical
from portal.editions.chain import broken_links, content_of
from portal.editions.issuing import file_rows, page_rows, written_signature
from portal.editions.models import Capacity, Edition, EditionFile, EditionPage


def faults() -> Iterator[str]:
    """All that is wrong with any edition, in sentences for those who run the site."""
    for subject in Edition.objects.order_by("subject").values_list("subject", flat=True).distinct():
        yield from faults_of(subject)


def faults_of(subject: UUID) -> Iterator[str]:
    yield from broken_links(subject)
    for edition in (
        Edition.objects.of(subject).exclude(code="").select_related("proposal").order_by("number").iterator()
    ):
        content = content_of(edition)
        yield from (f"{edition}: {fault}" for fault in _faults_inside(edition, content))


def _faults_inside(edition: Edition, content: Mapping[str, Any]) -> Iterator[str]:
    yield from _faults_of_signatures(edition, content)
    if _told(page_rows(edition, content)) != _told(EditionPage.objects.filter(edition=edition)):
        yield "its outline is not the one that was signed."
    kept = EditionFile.objects.filter(edition=edition)
    if {row.sha256 for row in file_rows(edition, content)} - {row.sha256 for row in kept}:
        yield "files that were signed are not listed."
    html = {version["html"] for page in content["pages"] for version in page["versions"].values()}
    for sha256 in sorted(html | {row.sha256 for row in kept}):
        if not store.is_right(sha256):
            yield f"the file {sha256} is gone or was changed."


def _told(rows: Any) -> set[tuple[Any, ...]]:
    return {
        (str(row.key), str(row.parent), row.language, row.position, row.type_name, row.title, row.slug,
         json.dumps(row.limits, sort_keys=True), row.html_sha256)
        for row in rows
    }  # fmt: skip


def _faults_of_signatures(edition: Edition, content: Mapping[str, Any]) -> Iterator[str]:
    proposal = edition.proposal
    if proposal is None:
        yield "nobody has signed it."
        return
    signed = {name: value for name, value in content.items() if name != "signatures"}
    if hashlib.sha256(canonical(signed).encode()).hexdigest() != proposal.sha256:
        yield "it is not what was signed."
    signatures = list(proposal.signatures.select_related("person"))
    if {each.capacity for each in signatures} != set(Capacity) or len({each.person_id for each in signatures}) != 3:
        yield "it lacks the signatures of three people."
    if any(each.sha256 != proposal.sha256 for each in signatures):
        yield "somebody signed something else."
    if [written_signature(each) for each in signatures] != content["signatures"]:
        yield "the signatures were changed."
