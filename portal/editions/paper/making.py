"""Who prints editions, and what if they are killed meanwhile?

The task worker prints each edition once: in each language the whole, and its checklists; then all languages in one
document. What is not listed among the files of an edition is still to be printed, so nothing else must be remembered.
One task prints one paper and asks for the next: other work of the worker comes between.

A paper named WHOLE holds only pages that everybody may read who may read the first page of the edition; COMPLETE holds
the others too, where there are any. A row of no bytes says that there is nothing to print.
"""

import fcntl
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django_tasks import task

from portal.base.page_cache import drop
from portal.editions import store
from portal.editions.addresses import short_address
from portal.editions.chain import content_of
from portal.editions.models import Edition, EditionFile, EditionPage, FileKind
from portal.editions.paper.holding import ALL_LANGUAGES, CHECKLISTS, COMPLETE, WHOLE, may_be_printed
from portal.editions.paper.printing import UnableToPrint, has_checklists, make
from portal.editions.paper.setting import Imprint, Look
from portal.editions.proposing import centre_of

logger = logging.getLogger(__name__)

#: Papers wait for everything else: what comes into force, what is withdrawn, what somebody uploads.
PRIORITY = -50
#: What could not be printed is left alone until the worker starts again, or for a day.
FAILED, SECONDS_LEFT_ALONE = "editions:papers_failed", 86_400
PDF = "application/pdf"


@dataclass(frozen=True)
class Paper:
    """One PDF of an edition. `page` is a section that is printed alone."""

    edition_id: int
    language: str
    name: str
    page: UUID | None = None

    @property
    def look(self) -> Look:
        return "large" if self.name == CHECKLISTS else "a4"


# --- asking ---------------------------------------------------------------------------------------------------------


def ask_for_papers() -> None:
    """After the commit that issued an edition."""
    transaction.on_commit(make_next_paper.enqueue, robust=True)


def begin_again() -> None:
    """For a worker that starts: what failed is tried again."""
    cache.delete(FAILED)
    make_next_paper.enqueue()


@task(queue_name="background", backend="background", priority=PRIORITY)
def make_next_paper() -> bool:
    """Print one paper that is missing, and come again if there was one; returns whether there was."""
    with _alone():
        paper = next((each for each in missing() if each not in _failed()), None)
        if paper is None:
            return False
        _try(paper)
    make_next_paper.enqueue()
    return True


@task(queue_name="background", backend="background")
def make_section_paper(edition_id: int, language: str, key: str) -> None:
    """Print one section, for a reader who waits for it."""
    paper = Paper(edition_id, language, name_of_section(key), page=UUID(key))
    with _alone():
        if not _is_there(paper):
            _try(paper)


def name_of_section(key: str | UUID) -> str:
    return f"section-{key}.pdf"


def missing() -> Iterator[Paper]:
    """The papers that every edition has, and which are not there; those of the newest edition first."""
    there = set(EditionFile.objects.filter(kind=FileKind.PDF).values_list("edition_id", "language", "name"))
    languages = EditionPage.objects.filter(parent=None).order_by("-edition_id", "language")
    last = None
    for edition_id, language in languages.values_list("edition_id", "language"):
        if last not in {None, edition_id}:
            yield from _not_there(last, [(ALL_LANGUAGES, WHOLE), (ALL_LANGUAGES, COMPLETE)], there)
        last = edition_id
        yield from _not_there(edition_id, [(language, WHOLE), (language, CHECKLISTS), (language, COMPLETE)], there)
    yield from _not_there(last, [(ALL_LANGUAGES, WHOLE), (ALL_LANGUAGES, COMPLETE)], there)


def _not_there(
    edition_id: int | None, wanted: list[tuple[str, str]], there: set[tuple[int, str, str]]
) -> Iterator[Paper]:
    for language, name in wanted:
        if edition_id is not None and (edition_id, language, name) not in there:
            yield Paper(edition_id, language, name)


def _failed() -> frozenset[Paper]:
    return cache.get(FAILED, frozenset())


def _is_there(paper: Paper) -> bool:
    return EditionFile.objects.filter(
        edition_id=paper.edition_id, kind=FileKind.PDF, language=paper.language, name=paper.name
    ).exists()


@contextmanager
def _alone() -> Iterator[None]:
    """One press on this machine; the system lets the next one in when a worker is killed."""
    with open(Path(settings.VAR_DIR, "paper.lock"), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- printing -------------------------------------------------------------------------------------------------------


def _try(paper: Paper) -> None:
    try:
        print_(paper)
    except (UnableToPrint, store.UnableToOpen) as error:
        logger.warning("edition %d: %s (%s) was not printed: %s", paper.edition_id, paper.name, paper.language, error)
        cache.set(FAILED, _failed() | {paper}, timeout=SECONDS_LEFT_ALONE)


def print_(paper: Paper) -> EditionFile:
    """Print a paper and keep it. Raises UnableToPrint, and UnableToOpen where a frozen file is gone."""
    edition = Edition.objects.get(pk=paper.edition_id)
    printed = _printed(edition, paper)
    row, _is_new = EditionFile.objects.get_or_create(
        edition=edition,
        kind=FileKind.PDF,
        language=paper.language,
        name=paper.name,
        defaults={
            "sha256": store.keep(printed), "size": len(printed), "content_type": PDF, "page_key": paper.page,
        },
    )  # fmt: skip
    # Pages of the edition name its papers.
    drop({f"editions:{edition.subject}"})
    return row


def _printed(edition: Edition, paper: Paper) -> bytes:
    content = content_on(paper, content_of(edition))
    if content is None or (paper.look == "large" and not has_checklists(content, paper.language)):
        return b""
    return make(
        content,
        fragments=lambda sha256: store.kept(sha256).decode(),
        files=store.kept,
        imprint=imprint_of(edition),
        language=paper.language or None,
        pages={str(paper.page)} if paper.page else None,
        look=paper.look,
    )


def imprint_of(edition: Edition) -> Imprint:
    centre = centre_of(edition.subject)
    return Imprint(
        address=short_address(edition),
        centre=centre.name if centre else "",
        sha256=edition.sha256,
        issued_at=edition.issued_at,
        in_force_from=edition.effective_from,
    )


def content_on(paper: Paper, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What of an edition stands on a paper; None if there is nothing that another paper does not hold."""
    languages = [paper.language] if paper.language else list(content["languages"])
    limits = _limits_of_roots(content)
    pages, others = [], 0
    for page in content["pages"]:
        versions = {code: page["versions"][code] for code in languages if code in page["versions"]}
        printable = {code: version for code, version in versions.items() if may_be_printed(version["limits"])}
        open_ = {code: version for code, version in printable.items() if version["limits"] == limits.get(code)}
        others += len(printable) - len(open_)
        kept = open_ if paper.name in {WHOLE, CHECKLISTS} else printable
        if kept:
            pages.append({**page, "versions": kept})
    told = [code for code in languages if any(code in page["versions"] for page in pages)]
    if not told or (paper.name == COMPLETE and not others) or (not paper.language and len(told) < 2):
        return None
    return {**content, "languages": told, "pages": pages, "change": _change(content["change"], pages)}


def _limits_of_roots(content: Mapping[str, Any]) -> dict[str, Any]:
    roots = [page for page in content["pages"] if not page["parent"]]
    return {code: version["limits"] for page in roots for code, version in page["versions"].items()}


def _change(change: Mapping[str, Any], pages: list[dict[str, Any]]) -> dict[str, Any]:
    """The notes of the pages that are on the paper: a note on another would tell that there is one."""
    keys = {page["key"] for page in pages}
    return {**change, "notes": [note for note in change["notes"] if note["key"] in keys]}
