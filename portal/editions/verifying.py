"""Is every edition what was issued, byte for byte, and was it signed by three people?"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from wagtail.models import Page

from portal.editions import store
from portal.editions.chain import broken_links, content_of, newest
from portal.editions.collecting import fields_of, roots_of
from portal.editions.issuing import file_rows, page_rows
from portal.editions.models import Edition, EditionFile, EditionPage, FileKind, InForce
from portal.editions.pages import EditionedPage
from portal.editions.signatures import faults_of_signatures


def faults() -> Iterator[str]:
    """All that is wrong with any edition, in sentences for those who run the site."""
    for subject in Edition.objects.order_by("subject").values_list("subject", flat=True).distinct():
        yield from faults_of(subject)


def faults_of(subject: UUID) -> Iterator[str]:
    yield from broken_links(subject)
    editions = Edition.objects.of(subject).select_related("proposal").order_by("number")
    is_signed = editions.exclude(code="").exists()
    for edition in editions.iterator() if is_signed else ():
        yield from (f"{edition}: {fault}" for fault in _faults_inside(edition, content_of(edition)))
    if is_signed:
        yield from faults_of_pages(subject)


def faults_of_pages(subject: UUID) -> Iterator[str]:
    """Where the live pages of a tree say something that the edition in force does not. Less is no fault."""
    held = InForce.objects.filter(subject=subject).select_related("edition").first()
    signed = _versions(content_of(held.edition)) if held else _versions_of_root(subject)
    for root in roots_of(subject):
        for page in root.get_descendants(inclusive=True).live().filter(alias_of=None).specific():
            version = signed.get((str(page.translation_key), root.language_code))
            if version is None or not _says_no_more(fields_of(page), version["fields"]):
                yield f"page {page.pk} is shown, and nobody signed what it says."


def unsigned_pages() -> Iterator[Page]:
    """Live pages of a kind that is issued in editions, in trees of which there is no edition."""
    for page in Page.objects.live().filter(alias_of=None).specific():
        root = page if isinstance(page, EditionedPage) and page.edition_code() else page.get_parent()
        if isinstance(page, EditionedPage) and not Edition.objects.of(root.translation_key).exclude(code="").exists():
            yield page


def _versions(content: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {
        (page["key"], language): version for page in content["pages"] for language, version in page["versions"].items()
    }


def _versions_of_root(subject: UUID) -> dict[tuple[str, str], Mapping[str, Any]]:
    """After a withdrawal the root stays, and says what the newest edition said."""
    edition = newest(subject)
    found = _versions(content_of(edition)) if edition else {}
    return {(key, language): version for (key, language), version in found.items() if key == str(subject)}


def _says_no_more(says: Mapping[str, Any], signed: Mapping[str, Any]) -> bool:
    """An address may differ where another page had it already; what a page pointed to may be gone."""
    return all(says[name] in (value, None) for name, value in signed.items() if name != "slug")


def _faults_inside(edition: Edition, content: Mapping[str, Any]) -> Iterator[str]:
    yield from faults_of_signatures(edition, content)
    if edition.proposal is None:
        return
    if _told(page_rows(edition, content)) != _told(EditionPage.objects.filter(edition=edition)):
        yield "its outline is not the one that was signed."
    kept = EditionFile.objects.filter(edition=edition)
    listed = {row.sha256 for row in kept if row.kind == FileKind.MEDIA}
    if {row.sha256 for row in file_rows(edition, content)} != listed:
        yield "the files that are listed are not those that were signed."
    html = {version["html"] for version in _versions(content).values()}
    for sha256 in sorted(html | {row.sha256 for row in kept}):
        if not store.is_right(sha256):
            yield f"the file {sha256} is gone or was changed."


def _told(rows: Any) -> set[tuple[Any, ...]]:
    return {
        (str(row.key), str(row.parent), row.language, row.position, row.type_name, row.title, row.slug,
         json.dumps(row.limits, sort_keys=True), row.html_sha256)
        for row in rows
    }  # fmt: skip
