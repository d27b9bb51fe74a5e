"""Whom does an edition ask to read, by what was frozen in it?

A manual, a section or a step names the disciplines that it touches. What names none is read by whom the page above it
names, and by everybody if nothing does. Only required editions ask; what they changed is compared with the required
edition before them, so that what a correction changed in between is not lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from lessons.manuals.reading.models import Duty
from portal.editions.chain import content_of
from portal.editions.comparing import Change, ChangedStep, changed_steps
from portal.editions.models import ChangeKind, Edition

Content = Mapping[str, Any]
#: None stands for everybody.
Disciplines = frozenset[str] | None
#: The kinds of change that ask people to read.
REQUIRED = (ChangeKind.FIRST, ChangeKind.NEW_REQUIRED, ChangeKind.RETRAINING)


def touches(disciplines: Disciplines, discipline: str) -> bool:
    return disciplines is None or discipline in disciplines


def together(several: Iterable[Disciplines]) -> Disciplines:
    """All of them; everybody if one of them is everybody."""
    found: set[str] = set()
    for disciplines in several:
        if disciplines is None:
            return None
        found |= disciplines
    return frozenset(found)


def whole(content: Content) -> Disciplines:
    """Whom the manual and its sections name. A manual that names nobody leaves it to its sections."""
    pages = {page["key"]: page for page in content["pages"]}
    sections = [page for page in content["pages"] if page["parent"]]
    read = sections or list(pages.values())
    roots = [named for page in content["pages"] if not page["parent"] and (named := _named(page))]
    steps = [_of_steps(page) for page in read]
    return together([*(_asked(page["key"], pages) for page in read), *roots, *steps])


def changed(before: Content, after: Content) -> Disciplines:
    """Whom the steps touch that changed between two editions."""
    return together(disciplines for _step, disciplines in touched_steps(before, after))


def touched_steps(before: Content, after: Content) -> Iterator[tuple[ChangedStep, Disciplines]]:
    """The steps that changed, and whom each touches. What was only translated is not new."""
    pages = {page["key"]: page for content in (before, after) for page in content["pages"]}
    for step in changed_steps(before, after):
        if step.changes != {Change.TRANSLATED}:
            yield step, step.roles or _asked(step.page_key, pages)


def _asked(key: str, pages: Mapping[str, Mapping[str, Any]]) -> Disciplines:
    """Whom a page names, else the page above it, else everybody."""
    page = pages.get(key)
    if page is None:
        return None
    return _named(page) or _asked(page["parent"], pages)


def _named(page: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for version in page["versions"].values() for name in version["fields"].get("roles") or ())


def _of_steps(page: Mapping[str, Any]) -> frozenset[str]:
    blocks = (block for version in page["versions"].values() for block in version["blocks"])
    return frozenset(name for block in blocks for name in block["roles"])


def duties_of(editions: Iterable[Edition]) -> dict[int, Duty]:
    """The duty of each edition by its id; those that nobody has worked out yet are, and are kept."""
    wanted = {edition.pk: edition for edition in editions}
    found = Duty.objects.in_bulk(wanted)
    new = [work_out(edition) for pk, edition in wanted.items() if pk not in found]
    Duty.objects.bulk_create(new, ignore_conflicts=True)
    return {**found, **{duty.pk: duty for duty in new}}


def work_out(edition: Edition) -> Duty:
    content = content_of(edition)
    retrain_by = content["change"]["retrain_by"]
    return Duty(
        edition=edition,
        whole=_written(whole(content)),
        changed=_written(_changed_by(edition, content)),
        retrain_by=date.fromisoformat(retrain_by) if retrain_by else None,
    )


def _changed_by(edition: Edition, content: Content) -> Disciplines:
    if edition.change_kind not in REQUIRED:
        return frozenset()
    before = Edition.objects.of(edition.subject).filter(number__lt=edition.number, change_kind__in=REQUIRED).first()
    return changed(content_of(before), content) if before else whole(content)


def _written(disciplines: Disciplines) -> list[str] | None:
    return None if disciplines is None else sorted(disciplines)


def read(written: list[str] | None) -> Disciplines:
    return None if written is None else frozenset(written)
