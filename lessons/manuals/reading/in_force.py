"""Which manuals are in force, what did their editions ask, and who may see them?

The same for everybody, so it is remembered until an edition comes into force or is withdrawn. It holds no texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from lessons.manuals.models import ManualPage
from lessons.manuals.reading.duties import REQUIRED, Disciplines, duties_of, read
from lessons.manuals.reading.models import Duty
from portal.base.audience import Viewer, is_admitted
from portal.base.page_cache import remember
from portal.editions.models import Edition, InForce
from portal.people.models import Centre


@dataclass(frozen=True)
class Face:
    """The live root page of a manual in one language."""

    pk: int
    title: str
    url: str
    language: str
    audience_id: int


@dataclass(frozen=True)
class Required:
    """An edition that asks people to read it."""

    edition_id: int
    number: int
    since: datetime
    touched: Disciplines
    retrain_by: date | None


@dataclass(frozen=True)
class Manual:
    """A manual whose edition is in force. Without a centre, people of every centre read it."""

    subject: UUID
    code: str
    edition_id: int
    number: int
    sha256: str
    centre_id: int | None
    whole: Disciplines
    required: tuple[Required, ...]
    faces: tuple[Face, ...]

    def face_for(self, viewer: Viewer) -> Face | None:
        """Its page in the reader's language, else in the first one in which this viewer may see it."""
        admitted = [face for face in self.faces if is_admitted(face.audience_id, viewer)]
        order = [translation.get_language(), settings.LANGUAGE_CODE]
        return min(admitted, key=lambda face: [face.language != code for code in order], default=None)

    def is_of(self, centres: Iterable[int]) -> bool:
        """Whether it is a manual of one of `centres`."""
        return self.centre_id in centres if self.centre_id else bool(list(centres))


def manuals_in_force() -> dict[UUID, Manual]:
    """By subject, in the order of their numbers; five queries, one where nothing is in force, or none."""
    return remember(("manuals in force",), tags=("site",), find=find)


def find() -> dict[UUID, Manual]:
    """The same, looked up anew."""
    shown = InForce.objects.select_related("edition").defer("edition__content")
    in_force = {row.subject: row.edition for row in shown}
    roots = _roots(in_force) if in_force else {}
    holding = {subject: edition for subject, edition in in_force.items() if subject in roots}
    if not holding:
        return {}
    asking = _asking(holding)
    duties = duties_of([*holding.values(), *(edition for several in asking.values() for edition in several)])
    centres = dict(Centre.objects.values_list("code", "pk"))
    manuals = [
        _manual(edition, roots[subject], asking.get(subject, []), duties, centres)
        for subject, edition in holding.items()
    ]
    return {manual.subject: manual for manual in sorted(manuals, key=lambda manual: manual.code)}


def _roots(subjects: Iterable[UUID]) -> dict[UUID, list[Any]]:
    pages = ManualPage.objects.filter(live=True, alias_of=None, portal_audience__isnull=False)
    lean = pages.filter(translation_key__in=list(subjects)).select_related("locale", "portal_audience").only(
        "title", "path", "depth", "url_path", "translation_key", "locale__language_code",
        "portal_audience__audience", "number", "centre",
    )  # fmt: skip
    roots: dict[UUID, list[Any]] = {}
    for page in lean:
        roots.setdefault(page.translation_key, []).append(page)
    return roots


def _asking(holding: dict[UUID, Edition]) -> dict[UUID, list[Edition]]:
    """The required editions up to the one in force, the oldest first; withdrawn ones too: what they changed may
    still stand there."""
    asking: dict[UUID, list[Edition]] = {}
    rows = Edition.objects.filter(subject__in=holding, change_kind__in=REQUIRED).order_by("number").defer("content")
    for edition in rows:
        if edition.number <= holding[edition.subject].number:
            asking.setdefault(edition.subject, []).append(edition)
    return asking


def _manual(
    edition: Edition, pages: list[Any], asking: list[Edition], duties: dict[int, Duty], centres: dict[str, int]
) -> Manual:
    given = next((page.centre_id for page in pages if page.centre_id), None)
    return Manual(
        subject=edition.subject,
        code=edition.code,
        edition_id=edition.pk,
        number=edition.number,
        sha256=edition.sha256,
        centre_id=given or centres.get(edition.code.partition("-")[0]),
        whole=read(duties[edition.pk].whole),
        required=tuple(_required(each, duties[each.pk]) for each in asking),
        faces=tuple(
            Face(page.pk, page.title, page.get_url() or "", page.locale.language_code, page.portal_audience.audience_id)
            for page in pages
        ),
    )


def _required(edition: Edition, duty: Duty) -> Required:
    return Required(edition.pk, edition.number, edition.effective_from, read(duty.changed), duty.retrain_by)
