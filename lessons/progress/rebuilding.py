"""Do the caches say what the events say? Read them all, a few hundred learners at a time, and compare."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from lessons.progress.caching import AT_ONCE, Standing, course_state, object_state, record_completions
from lessons.progress.folding import Outline, fold
from lessons.progress.history import histories
from lessons.progress.models import Achievement, CourseState, LearningEvent, LearningObject, ObjectState
from lessons.progress.outlines import find
from lessons.progress.storing import lock_learners
from portal.people.models import User

#: Learners in one transaction: while it lasts, they alone have to wait.
LEARNERS_AT_ONCE = 200


@dataclass(frozen=True)
class Rebuilt:
    """How many learners were read, and how many rows were not what the events say."""

    learners: int
    differences: int


def rebuild(*, is_only_checked: bool) -> Iterator[Rebuilt]:
    """Fold everybody's events anew; says after each part how it went. Only checking changes nothing."""
    outlines: dict[int, Outline] = {}
    learners = _learners()
    for start in range(0, len(learners), LEARNERS_AT_ONCE):
        part = learners[start : start + LEARNERS_AT_ONCE]
        with transaction.atomic():
            lock_learners(part)
            yield Rebuilt(len(part), _rebuild(part, outlines, is_only_checked=is_only_checked))


def _learners() -> list[int]:
    """Whoever has events or states; ids only, in one order."""
    having = Q(pk__in=[])
    for model in (LearningEvent, CourseState, ObjectState):
        having |= Q(pk__in=model.objects.order_by().values("learner"))
    return list(User.objects.filter(having).order_by("pk").values_list("pk", flat=True))


def _rebuild(learners: list[int], outlines: dict[int, Outline], *, is_only_checked: bool) -> int:
    own = Q(learner__in=learners)
    happened = histories(own)
    _learn_outlines({course for _learner, course in happened}, outlines)
    standings = [
        Standing(learner, course, fold(events, outlines[course])) for (learner, course), events in happened.items()
    ]
    objects = [
        object_state(standing, object_id, one)
        for standing in standings
        for object_id, one in standing.folded.objects.items()
    ]
    courses = [course_state(standing) for standing in standings]
    differences = _replace(ObjectState, objects, own, is_only_checked=is_only_checked)
    differences += _replace(CourseState, courses, own, is_only_checked=is_only_checked)
    return differences + _complete(standings, own, is_only_checked=is_only_checked)


def _learn_outlines(courses: set[int], outlines: dict[int, Outline]) -> None:
    keys = LearningObject.objects.filter(pk__in=courses - outlines.keys()).values_list("translation_key", flat=True)
    for course in find(keys).values():
        outlines[course.outline.course_id] = course.outline


def written(row: models.Model) -> tuple[Any, ...]:
    """All that a cached row says: every column but its own number."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key)


def _replace(model: type[Any], rows: Iterable[Any], own: Q, *, is_only_checked: bool) -> int:
    """Make the rows of `own` those of `rows`; returns how many differ or should not be, or are missing."""
    true = {_name(row): row for row in rows}
    kept = {_name(row): row for row in model.objects.filter(own)}
    wrong = {name for name, row in kept.items() if name not in true or written(row) != written(true[name])}
    missing = true.keys() - kept.keys()
    if not is_only_checked and (wrong or missing):
        model.objects.filter(pk__in=[kept[name].pk for name in wrong]).delete()
        model.objects.bulk_create([true[name] for name in true if name in wrong | missing], batch_size=AT_ONCE)
    return len(wrong) + len(missing)


def _name(row: Any) -> tuple[int, ...]:
    return row.learner_id, row.course_id, getattr(row, "object_id", 0)


def _complete(standings: Iterable[Standing], own: Q, *, is_only_checked: bool) -> int:
    """Write down completions of whom nothing is written down; what is written down is never worked out anew."""
    known = set(Achievement.objects.filter(own).values_list("learner", "course"))
    missing = [
        standing
        for standing in standings
        if standing.folded.completed and (standing.learner_id, standing.course_id) not in known
    ]
    if not is_only_checked:
        record_completions(missing)
    return len(missing)
