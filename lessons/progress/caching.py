"""How do the caches follow the events? Whoever changes what the fold sees writes here, in the same transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields

from django.db.models import Q

from lessons.progress.folding import Completed, Folded, FoldedObject, Outline, fold
from lessons.progress.models import Achievement, CourseState, ObjectState
from portal.queries import Prepared, Writing

AT_ONCE = 500
OBJECT_FIELDS = [field.name for field in fields(FoldedObject)]

_write_objects = Writing(ObjectState, key=("learner", "course", "object"))
_write_courses = Writing(CourseState, key=("learner", "course"))
_objects = Prepared(
    lambda learner, course: ObjectState.objects.filter(learner_id=learner, course_id=course).values_list(
        "object", *OBJECT_FIELDS
    ),
    kinds=(int, int),
)


@dataclass(frozen=True)
class Standing:
    """Where one learner stands in one course."""

    learner_id: int
    course_id: int
    folded: Folded


def keep_objects(standings: Iterable[Standing], *, only: Collection[int]) -> None:
    """Write how far the learners are with the objects of `only`; an object of which all was taken back has no state."""
    rows: list[ObjectState] = []
    gone: list[Q] = []
    for standing in standings:
        own = {
            object_id: standing.folded.objects[object_id] for object_id in only if object_id in standing.folded.objects
        }
        rows += [object_state(standing, object_id, folded) for object_id, folded in own.items()]
        if missing := set(only) - set(own) - {standing.course_id}:
            gone.append(Q(learner=standing.learner_id, course=standing.course_id, object__in=missing))
    for of_one in gone:
        ObjectState.objects.filter(of_one).delete()
    _write_objects(rows)


def keep_courses(standings: Iterable[Standing]) -> None:
    _write_courses(course_state(standing) for standing in standings)


def record_completions(standings: Iterable[Standing]) -> None:
    """Write down for ever what was completed; what is written down already stays as it is."""
    attained = [
        Achievement(
            learner_id=standing.learner_id,
            course_id=standing.course_id,
            edition_id=completed.edition.id,
            attained_at=completed.at,
        )
        for standing in standings
        if (completed := standing.folded.completed)
    ]
    if attained:
        Achievement.objects.bulk_create(attained, batch_size=AT_ONCE, ignore_conflicts=True)


def standings_of(learner_id: int, states: Iterable[CourseState], outlines: Iterable[Outline]) -> dict[int, Folded]:
    """What the caches say of one learner, as the fold would say it, by course; a query for each."""
    kept = {state.course_id: state for state in states}
    return {
        outline.course_id: _standing(kept[outline.course_id], _objects_of(learner_id, outline.course_id), outline)
        if outline.course_id in kept
        else fold([], outline)
        for outline in outlines
    }


def _objects_of(learner_id: int, course_id: int) -> dict[int, FoldedObject]:
    return {object_id: FoldedObject(*values) for object_id, *values in _objects(learner_id, course_id)}


def _standing(state: CourseState, objects: dict[int, FoldedObject], outline: Outline) -> Folded:
    completed = next((one for one in outline.editions if one.id == state.completed_edition_id), None)
    return Folded(
        objects=objects,
        is_enrolled=state.is_enrolled,
        enrolled_at=state.enrolled_at,
        last_at=state.last_at,
        edition_id=state.edition_id,
        done_count=state.done_count,
        required_count=state.required_count,
        completed=Completed(completed, state.completed_at) if completed and state.completed_at else None,
        next_object_id=state.next_object_id,
    )


def object_state(standing: Standing, object_id: int, folded: FoldedObject) -> ObjectState:
    who = {"learner_id": standing.learner_id, "course_id": standing.course_id, "object_id": object_id}
    return ObjectState(**who, **{name: getattr(folded, name) for name in OBJECT_FIELDS})


def course_state(standing: Standing) -> CourseState:
    folded = standing.folded
    return CourseState(
        learner_id=standing.learner_id,
        course_id=standing.course_id,
        is_enrolled=folded.is_enrolled,
        enrolled_at=folded.enrolled_at,
        last_at=folded.last_at,
        edition_id=folded.edition_id,
        percent=folded.percent,
        done_count=folded.done_count,
        required_count=folded.required_count,
        completed_edition_id=folded.completed.edition.id if folded.completed else None,
        completed_at=folded.completed.at if folded.completed else None,
        new_since=folded.new_since,
        next_object_id=folded.next_object_id,
    )
