"""What happens to those who study a course when it changes?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lessons.progress.caching import AT_ONCE, Standing, keep_courses, record_completions
from lessons.progress.folding import Outline, fold
from lessons.progress.history import histories
from lessons.progress.identities import Identity, keep_identities
from lessons.progress.models import CourseState, EditionObject, LearningObject
from lessons.progress.outlines import outline_of
from lessons.progress.storing import lock_course, lock_learners
from portal.editions.chain import content_of, newest
from portal.editions.issuing import issue
from portal.editions.models import ChangeKind, Edition
from portal.people.models import User


@dataclass(frozen=True)
class Entry:
    """One line of an outline that is about to be issued."""

    identity: Identity
    is_required: bool = False
    within: Identity | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "key": str(self.identity.translation_key),
            "block": self.identity.block_id,
            "kind": str(self.identity.kind),
            "required": self.is_required,
            "within": str(self.within.translation_key) if self.within else "",
            "rules": dict(self.rules),
        }


@transaction.atomic
def revise(
    entries: Iterable[Entry], *, titles: Mapping[str, str], by: User, at: datetime, note: str = ""
) -> Edition | None:
    """Issue the next edition of a course, if its outline changed. The course itself is the first entry.

    Everybody who studies it stands where they stand in the new edition when this returns.
    """
    lines = list(entries)
    objects = keep_identities(line.identity for line in lines)
    course = objects[lines[0].identity.key]
    lock_course(course.key)
    before = newest(course.translation_key)
    outline = [line.as_json() for line in lines]
    known = content_of(before)["outline"] if before else None
    if outline == known:
        return None
    content = {"outline": outline, "titles": dict(titles)}
    kind = kind_of_change(known or [], outline)
    edition = issue(course.translation_key, content, change_kind=kind, by=by, at=at, note=note)
    _write_outline(edition, lines, objects)
    refold_learners_of(course)
    return edition


def kind_of_change(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> ChangeKind:
    """What a new outline means for those who finished the one before."""
    had, has = _names(before), _names(after)
    if _required(has) - _required(had):
        return ChangeKind.NEW_REQUIRED
    return ChangeKind.NEW_OPTIONAL if has.keys() - had.keys() else ChangeKind.CORRECTION


def _names(outline: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], bool]:
    return {(line["key"], line["block"]): line["required"] for line in outline}


def _required(names: Mapping[tuple[str, str], bool]) -> set[tuple[str, str]]:
    return {name for name, is_required in names.items() if is_required}


def _write_outline(edition: Edition, lines: list[Entry], objects: Mapping[tuple[UUID, str], LearningObject]) -> None:
    EditionObject.objects.bulk_create(
        EditionObject(
            edition=edition,
            object=objects[line.identity.key],
            within=objects[line.within.key] if line.within else None,
            position=position,
            is_required=line.is_required,
            rules=dict(line.rules),
        )
        for position, line in enumerate(lines)
    )


def refold_learners_of(course: LearningObject) -> None:
    """Work out anew where everybody stands in `course`, AT_ONCE learners at a time."""
    outline = outline_of(course)
    learners = list(CourseState.objects.filter(course=course).order_by("learner").values_list("learner", flat=True))
    for start in range(0, len(learners), AT_ONCE):
        _refold(learners[start : start + AT_ONCE], outline)


def _refold(learners: list[int], outline: Outline) -> None:
    lock_learners(learners)
    own = Q(course=outline.course_id, learner__in=learners)
    happened = histories(own)
    standings = [Standing(learner, course, fold(events, outline)) for (learner, course), events in happened.items()]
    incomplete = CourseState.objects.filter(own, completed_edition=None)
    newly = set(incomplete.values_list("learner", flat=True))
    keep_courses(standings)
    # A correction is no new deed: only who completes the course for the first time by it has attained something.
    record_completions(standing for standing in standings if standing.learner_id in newly)
