"""How does a file of an edition reach somebody who may have it, and nobody else?

A picture or a leaflet belongs to whoever may read a page that shows it; a PDF to whoever may read all that is in it.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.http import content_disposition_header

from media.serving.inert import CONTENT_TYPES, INERT, ONLY_SAVED, PDF_POLICY, PRIVATE, PUBLIC, SANDBOX
from media.serving.stored import StoredFile
from portal.base.audience import ANYBODY
from portal.editions import store
from portal.editions.fragments import shown_in
from portal.editions.models import Edition, EditionFile, FileKind
from portal.editions.paper.holding import held_on
from portal.editions.reading import Guarded, Reader, guarded_pages

PDF = "application/pdf"
#: What a browser may be told that a file is. Everything else is only saved.
KNOWN = {*CONTENT_TYPES.values(), "text/vtt"}


def file_for(edition: Edition, sha256: str, reader: Reader) -> StoredFile | None:
    """The file with this digest, for somebody who may have it."""
    rows = list(EditionFile.objects.filter(edition=edition, sha256=sha256))
    if not rows:
        return None
    guarded = guarded_pages([edition], at=reader.at)
    for asking, caching in ((replace(reader, viewer=ANYBODY), PUBLIC), (reader, PRIVATE)):
        for row in rows:
            if _may_have(row, edition, guarded, asking):
                return stored(row, caching=caching)
    return None


def _may_have(row: EditionFile, edition: Edition, guarded: Iterable[Guarded], reader: Reader) -> bool:
    if row.kind == FileKind.PDF:
        return may_print(row, guarded, reader)
    showing = shown_in(edition).get(row.sha256, frozenset())
    return any((str(each.page.key), each.page.language) in showing and reader.may(each) for each in guarded)


def may_print(row: EditionFile, guarded: Iterable[Guarded], reader: Reader) -> bool:
    """Whether all pages that a PDF holds are open to the reader."""
    held = held_on(row, guarded)
    return bool(held) and all(reader.may(each) for each in held)


def pdfs_for(edition: Edition, reader: Reader) -> list[EditionFile]:
    """The PDFs of an edition that the reader may have. One of no bytes says that there is nothing to print."""
    rows = list(EditionFile.objects.filter(edition=edition, kind=FileKind.PDF, size__gt=0))
    guarded = guarded_pages([edition], at=reader.at) if rows else []
    return [row for row in rows if may_print(row, guarded, reader)]


def stored(row: EditionFile, *, caching: str) -> StoredFile:
    name, storage = store.name_of(row.sha256), store.store()
    try:
        path = storage.path(name)
    except NotImplementedError:
        path = None
    return StoredFile(name, storage, path, {**headers_of(row), "Cache-Control": caching})


def headers_of(row: EditionFile) -> dict[str, str]:
    """What it is was frozen with it; it does nothing in a browser all the same."""
    bare = row.content_type.partition(";")[0].strip()
    content_type = bare if bare in KNOWN else "application/octet-stream"
    name = "".join(letter if letter.isprintable() else " " for letter in row.name).strip() or "file"
    return {
        **INERT,
        "Content-Type": f"{content_type}; charset=utf-8" if content_type == "text/vtt" else content_type,
        "Content-Disposition": content_disposition_header(content_type in ONLY_SAVED, name) or "inline",
        "Content-Security-Policy": PDF_POLICY if content_type == PDF else SANDBOX,
        "X-Robots-Tag": "noindex",
    }
