"""What does a course consist of, in each of its editions?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists

from lessons.progress.folding import EditionOutline, Outline
from lessons.progress.models import EditionObject, Kind, LearningObject, ParkedEvent
from portal.editions.models import Edition

ObjectKey = tuple[UUID, str]
#: Outlines that one process remembers: the oldest go when there are more.
MOST_REMEMBERED = 2_000


class Row(NamedTuple):
    id: int
    sha256: str
    subject: UUID
    number: int
    has_parked: bool


@dataclass(frozen=True)
class Written:
    """The outline of an edition, with the names of its objects."""

    outline: EditionOutline
    ids: dict[ObjectKey, int]


@dataclass(frozen=True)
class CourseOutline:
    """What is known of a course while events are stored in it."""

    outline: Outline
    ids: dict[ObjectKey, int]

    @cached_property
    def editions_by_number(self) -> dict[int, int]:
        return {edition.number: edition.id for edition in self.outline.editions}


@dataclass(frozen=True)
class Found:
    courses: dict[UUID, CourseOutline]
    has_parked: bool = False


# An issued edition never changes, so what it holds can be remembered; its digest tells it from one of another test.
_remembered: dict[str, Written] = {}


def find(keys: Iterable[UUID], *, learner_id: int | None = None) -> Found:
    """The outlines of the courses with these keys, and whether anything of the learner is parked: one query if
    the editions were met before."""
    wanted = set(keys)
    parked = ParkedEvent.objects.filter(learner_id=learner_id)
    editions = Edition.objects.filter(subject__in=wanted).annotate(has_parked=Exists(parked)).order_by("number")
    rows = [Row(*row) for row in editions.values_list("id", "sha256", "subject", "number", "has_parked")]
    written = _written(rows)
    outlines: dict[UUID, list[Written]] = {}
    for row in rows:
        if row.id in written:
            outlines.setdefault(row.subject, []).append(written[row.id])
    courses = {subject: _course(subject, parts) for subject, parts in outlines.items()}
    has_parked = rows[0].has_parked if rows else parked.exists()
    return Found(courses | _without_edition(wanted - set(courses)), has_parked)


def outline_of(course: LearningObject) -> Outline:
    """The outline of one course; without editions if it has none yet."""
    return find([course.translation_key]).courses[course.translation_key].outline


def _course(subject: UUID, outlines: list[Written]) -> CourseOutline:
    ids = {key: pk for written in outlines for key, pk in written.ids.items()}
    return CourseOutline(Outline(ids[subject, ""], tuple(written.outline for written in outlines)), ids)


def _without_edition(keys: set[UUID]) -> dict[UUID, CourseOutline]:
    if not keys:
        return {}
    objects = LearningObject.objects.filter(translation_key__in=keys, block_id="", kind=Kind.COURSE)
    return {thing.translation_key: CourseOutline(Outline(thing.pk), {thing.key: thing.pk}) for thing in objects}


def _written(rows: Iterable[Row]) -> dict[int, Written]:
    """The outlines of editions by id; those that are nobody's course have none."""
    rows = list(rows)
    found = {row.id: _remembered[row.sha256] for row in rows if row.sha256 in _remembered}
    unknown = [row for row in rows if row.id not in found]
    if unknown:
        read = _read(unknown)
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.clear()
        _remembered.update({row.sha256: read[row.id] for row in unknown if row.id in read})
        found |= read
    return found


def _read(rows: Iterable[Row]) -> dict[int, Written]:
    numbers = {row.id: row.number for row in rows}
    lines = EditionObject.objects.filter(edition_id__in=numbers).select_related("object").order_by("position")
    by_edition: dict[int, list[EditionObject]] = {}
    for line in lines:
        by_edition.setdefault(line.edition_id, []).append(line)
    return {
        pk: Written(
            EditionOutline(pk, numbers[pk], tuple(line.object_id for line in own if line.is_required)),
            {line.object.key: line.object_id for line in own},
        )
        for pk, own in by_edition.items()
    }
