"""What does a course consist of, in each of its editions?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from lessons.progress.folding import EditionOutline, Outline
from lessons.progress.models import EditionObject, Kind, LearningObject
from portal.editions.models import Edition

ObjectKey = tuple[UUID, str]
#: Outlines that one process remembers: the oldest go when there are more.
MOST_REMEMBERED = 2_000


class Row(NamedTuple):
    id: int
    sha256: str
    subject: UUID
    number: int


@dataclass(frozen=True)
class Written:
    """The outline of an edition, with the names of its objects and the digest of what was issued."""

    outline: EditionOutline
    ids: dict[ObjectKey, int]
    sha256: str


@dataclass(frozen=True)
class CourseOutline:
    """What is known of a course while events are stored in it. `sha256` is its newest edition's."""

    outline: Outline
    ids: dict[ObjectKey, int]
    sha256: str = ""

    @cached_property
    def editions_by_number(self) -> dict[int, int]:
        return {edition.number: edition.id for edition in self.outline.editions}


# An issued edition never changes, so what it holds can be remembered; its digest stands for it and all before it.
_editions: dict[str, Written] = {}
_courses: dict[UUID, CourseOutline] = {}


def recall(key: UUID, *, sha256: str | None) -> CourseOutline | None:
    """The course whose newest edition has this digest, if this process met it before; no query."""
    course = _courses.get(key)
    return course if course and sha256 and course.sha256 == sha256 else None


def find(keys: Iterable[UUID]) -> dict[UUID, CourseOutline]:
    """The outlines of the courses with these keys; one query if their editions were met before."""
    wanted = set(keys)
    rows = _rows(wanted)
    written = {row.id: _editions[row.sha256] for row in rows if row.sha256 in _editions}
    read = _read([row for row in rows if row.id not in written])
    courses = _joined(rows, written | read)
    _remember(read.values(), courses)
    return courses | _without_edition(wanted - set(courses))


def outline_of(course: LearningObject) -> Outline:
    """The outline of one course while it is being revised: nothing is remembered, because it may be rolled back."""
    rows = _rows({course.translation_key})
    courses = _joined(rows, _read(rows)) or _without_edition({course.translation_key})
    return courses[course.translation_key].outline


def _rows(keys: set[UUID]) -> list[Row]:
    editions = Edition.objects.filter(subject__in=keys).order_by("number")
    return [Row(*row) for row in editions.values_list(*Row._fields)]


def _remember(read: Iterable[Written], courses: dict[UUID, CourseOutline]) -> None:
    for memory in (_editions, _courses):
        if len(memory) > MOST_REMEMBERED:
            memory.clear()
    _editions.update({written.sha256: written for written in read})
    _courses.update(courses)


def _joined(rows: Iterable[Row], written: dict[int, Written]) -> dict[UUID, CourseOutline]:
    """Courses by key, of their editions in order; an edition that is nobody's course has no outline."""
    parts: dict[UUID, list[Written]] = {}
    for row in rows:
        if row.id in written:
            parts.setdefault(row.subject, []).append(written[row.id])
    return {subject: _course(subject, own) for subject, own in parts.items()}


def _course(subject: UUID, outlines: list[Written]) -> CourseOutline:
    ids = {key: pk for written in outlines for key, pk in written.ids.items()}
    outline = Outline(ids[subject, ""], tuple(written.outline for written in outlines))
    return CourseOutline(outline, ids, outlines[-1].sha256)


def _without_edition(keys: set[UUID]) -> dict[UUID, CourseOutline]:
    if not keys:
        return {}
    objects = LearningObject.objects.filter(translation_key__in=keys, block_id="", kind=Kind.COURSE)
    return {thing.translation_key: CourseOutline(Outline(thing.pk), {thing.key: thing.pk}) for thing in objects}


def _read(rows: Iterable[Row]) -> dict[int, Written]:
    editions = {row.id: row for row in rows}
    if not editions:
        return {}
    lines = EditionObject.objects.filter(edition_id__in=editions).select_related("object").order_by("position")
    by_edition: dict[int, list[EditionObject]] = {}
    for line in lines:
        by_edition.setdefault(line.edition_id, []).append(line)
    return {pk: _written(editions[pk], own) for pk, own in by_edition.items()}


def _written(row: Row, lines: list[EditionObject]) -> Written:
    required = tuple(line.object_id for line in lines if line.is_required)
    ids = {line.object.key: line.object_id for line in lines}
    return Written(EditionOutline(row.id, row.number, required), ids, row.sha256)
