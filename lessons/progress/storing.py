"""How does an event get into the books, once, whatever the network does?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lessons.progress import outlines
from lessons.progress.appending import append
from lessons.progress.caching import Standing, keep_courses, keep_objects, record_completions, standings_of
from lessons.progress.folding import Completed, Folded, Happened, Outline, fold
from lessons.progress.history import Stored, stored
from lessons.progress.incoming import Answer, NewEvent, Outcome
from lessons.progress.models import CourseState, LearningEvent, LearningObject, ParkedEvent, Verb
from lessons.progress.outlines import CourseOutline, ObjectKey
from lessons.progress.parking import park, waits_for_event, waits_for_object
from lessons.progress.policies import UnableToStore, check_can_take_back, check_makes_sense
from portal.people.models import User
from portal.queries import Prepared, Writing

#: Events in one call; a client that was away for long sends several batches.
MOST_AT_ONCE = 500


@transaction.atomic
def store(events: Iterable[NewEvent], *, by: User, at: datetime) -> list[Outcome]:
    """Store what `by` did, and what follows from it. Says of each event, in order, what became of it.

    Sending an event again stores nothing new. Raises UnableToStore for more than MOST_AT_ONCE events.
    """
    batch = list(events)
    if len(batch) > MOST_AT_ONCE:
        raise UnableToStore(_("That is too much at once; send it in several parts."))
    lock_learners([by.pk])
    books = open_books(batch, by=by, at=at)
    # What takes something back comes after what it takes back, in whatever order they were sent.
    order = sorted(range(len(batch)), key=lambda place: batch[place].verb == Verb.VOIDED)
    outcomes = {place: books.judge(batch[place]) for place in order}
    books.write()
    return [outcomes[place] for place in range(len(batch))]


def unpark(appeared: Iterable[str]) -> None:
    """Store what waited for what has appeared now, as it came and as of when it came."""
    for parked in ParkedEvent.objects.filter(waits_for__in=list(appeared)).select_related("learner"):
        event = NewEvent.from_json(parked.content)
        ParkedEvent.objects.filter(pk=parked.pk).delete()
        store([event], by=parked.learner, at=parked.parked_at)


def lock_learners(learner_ids: Iterable[int]) -> None:
    """Only one process at a time works out where these learners stand. On SQLite there is only one writer anyway."""
    if connection.features.has_select_for_update:
        rows = User.objects.select_for_update(no_key=True).filter(pk__in=list(learner_ids)).order_by("pk")
        list(rows.values_list("pk"))


def lock_course(key: ObjectKey) -> None:
    """A learner's first event in a course and a new edition of it wait for each other: neither misses the other."""
    if connection.features.has_select_for_update:
        rows = LearningObject.objects.select_for_update(no_key=True)
        list(rows.filter(translation_key=key[0], block_id=key[1]).values_list("pk"))


def open_books(batch: list[NewEvent], *, by: User, at: datetime) -> "Books":
    """Read all that is needed to judge `batch`."""
    kept = kept_of(batch, by=by)
    courses = _courses(batch, kept)
    books = Books(
        by=by, at=at, courses=courses, has_parked=kept.has_parked, objects=_known_objects(batch, courses.values())
    )
    if kept.is_used or any(event.voids for event in batch):
        books.known = _known_events(batch, by=by, course_ids=books.course_ids)
        books.is_read = True
    else:
        outlines_of_batch = [course.outline for course in courses.values()]
        books.standings = standings_of(by.pk, kept.states.values(), outlines_of_batch)
    return books


@dataclass(frozen=True)
class Kept:
    """What the caches say of a learner, by course; whether any of the ids was ever used, and anything is parked."""

    states: dict[UUID, CourseState]
    digests: dict[UUID, str | None]
    is_used: bool
    has_parked: bool


_state_columns = [field.attname for field in CourseState._meta.concrete_fields]
_states = Prepared(
    lambda learner, course: CourseState.objects.filter(
        learner_id=learner, course__translation_key=course, course__block_id=""
    ).values_list(*_state_columns, "edition__sha256"),
    kinds=(int, UUID),
)
_used = Prepared(lambda event: LearningEvent.objects.filter(pk=event).values_list("verb"), kinds=(UUID,))
_parked = Prepared(lambda learner: ParkedEvent.objects.filter(learner_id=learner).values_list("pk")[:1])
_write_events = Writing(LearningEvent)


def kept_of(batch: list[NewEvent], *, by: User) -> Kept:
    """Asked separately for each course and each event: three prepared queries cost less than one that is not."""
    states: dict[UUID, CourseState] = {}
    digests: dict[UUID, str | None] = {}
    for key in {event.course for event in batch}:
        for *values, digest in _states(by.pk, key):
            states[key] = CourseState.from_db(None, _state_columns, values)
            digests[key] = digest
    return Kept(
        states=states,
        digests=digests,
        is_used=any(_used(event.id) for event in batch),
        has_parked=bool(_parked(by.pk)),
    )


def _courses(batch: list[NewEvent], kept: Kept) -> dict[UUID, CourseOutline]:
    """The courses of a batch. Where a learner has a state, it says which edition is the newest: issuing one
    writes all states. Where there is none yet, issuing and we wait for each other."""
    keys = {event.course for event in batch}
    for key in sorted(keys - kept.states.keys()):
        lock_course((key, ""))
    known = {key: outlines.recall(key, sha256=digest) for key, digest in kept.digests.items()}
    recalled = {key: course for key, course in known.items() if course is not None}
    missing = keys - recalled.keys()
    return recalled | (outlines.find(missing) if missing else {})


def _known_events(batch: list[NewEvent], *, by: User, course_ids: set[int]) -> dict[UUID, Stored]:
    """This learner's events in these courses, and whatever has one of the ids that were sent."""
    ids = {event.id for event in batch} | {event.voids for event in batch if event.voids}
    return {event.id: event for event in stored(Q(learner=by, course__in=course_ids) | Q(pk__in=ids))}


def _known_objects(batch: list[NewEvent], courses: Iterable[CourseOutline]) -> dict[ObjectKey, int]:
    known = {key: pk for course in courses for key, pk in course.ids.items()}
    missing = {event.object for event in batch if event.object_key not in known}
    if missing:
        known |= {thing.key: thing.pk for thing in LearningObject.objects.filter(translation_key__in=missing)}
    return known


@dataclass
class Books:
    """A learner's books, open at the courses of a batch."""

    by: User
    at: datetime
    courses: dict[UUID, CourseOutline]
    has_parked: bool
    objects: dict[ObjectKey, int]
    #: Where the learner stood before; only filled while nothing asks for all that they ever did.
    standings: dict[int, Folded] = field(default_factory=dict)
    #: What is stored, as far as it was read, and what was accepted since.
    known: dict[UUID, Stored] = field(default_factory=dict)
    is_read: bool = False
    new: list[LearningEvent] = field(default_factory=list)

    @property
    def course_ids(self) -> set[int]:
        return {course.outline.course_id for course in self.courses.values()}

    def judge(self, event: NewEvent) -> Outcome:
        """Decide what becomes of `event`; what will be stored is noted in `new`."""
        try:
            check_makes_sense(event)
            if event.id in self.known:
                self._check_is_the_same(event)
                return Outcome(event.id, Answer.ALREADY_HAD)
            if missing := self._missing(event):
                return self._park(event, missing)
            self._accept(event)
        except UnableToStore as reason:
            return Outcome(event.id, Answer.REFUSED, str(reason))
        return Outcome(event.id, Answer.STORED)

    def write(self) -> None:
        """Store what was accepted, and where it leaves the learner."""
        if not self.new:
            return
        _write_events(self.new)
        changed: dict[int, set[int]] = {}
        for event in self.new:
            changed.setdefault(event.course_id, set()).add(event.object_id)
        for course in self.courses.values():
            if course.outline.course_id in changed:
                self._keep(course.outline, touched=changed[course.outline.course_id])
        if self.has_parked:
            unpark(waits_for_event(event.id) for event in self.new)

    def _keep(self, outline: Outline, *, touched: set[int]) -> None:
        before, after = self._folded(outline)
        standing = Standing(self.by.pk, outline.course_id, after)
        keep_objects([standing], only=touched)
        keep_courses([standing])
        if after.completed and (before is None or before.edition != after.completed.edition):
            record_completions([standing])

    def _folded(self, outline: Outline) -> tuple[Completed | None, Folded]:
        """What was completed before, and where the learner stands now."""
        new = {event.id for event in self.new if event.course_id == outline.course_id}
        standing = self.standings.get(outline.course_id)
        if standing is not None:
            added = [row.happened() for row in self.known.values() if row.id in new]
            after = append(standing, added, outline)
            if after is not None:
                return standing.completed, after
        history = self._history(outline.course_id)
        after = fold(history, outline)
        before = fold([event for event in history if event.id not in new], outline) if after.completed else None
        return before.completed if before else None, after

    def _history(self, course_id: int) -> list[Happened]:
        """All that this learner did in a course, with what was accepted just now."""
        if not self.is_read:
            self.known |= _known_events([], by=self.by, course_ids=self.course_ids)
            self.is_read = True
        own = self.by.pk
        return [row.happened() for row in self.known.values() if (row.learner_id, row.course_id) == (own, course_id)]

    def _missing(self, event: NewEvent) -> str:
        """What has to appear before `event` can be stored, or nothing."""
        if event.course not in self.courses:
            return waits_for_object((event.course, ""))
        if event.object_key not in self.objects:
            return waits_for_object(event.object_key)
        if event.voids and event.voids not in self.known:
            return waits_for_event(event.voids)
        return ""

    def _park(self, event: NewEvent, missing: str) -> Outcome:
        if not park(event, missing=missing, by=self.by, at=self.at):
            raise UnableToStore(_("There is no room for this."))
        return Outcome(event.id, Answer.PARKED)

    def _row(self, event: NewEvent) -> Stored:
        course = self.courses[event.course]
        newest = course.outline.newest
        number = event.edition if event.edition is not None else 0
        return Stored(
            id=event.id,
            learner_id=self.by.pk,
            course_id=course.outline.course_id,
            object_id=self.objects[event.object_key],
            edition_id=course.editions_by_number.get(number, newest.id if newest else None),
            verb=event.verb,
            value=dict(event.value),
            occurred_at=event.occurred_at,
            stored_at=self.at,
            voids_id=event.voids,
        )

    def _accept(self, event: NewEvent) -> None:
        row = self._row(event)
        if row.voids_id:
            self._check_can_take_back(row, course=self.courses[event.course])
        self.known[row.id] = row
        self.new.append(LearningEvent(**row._asdict(), by=self.by, device=event.device))

    def _check_can_take_back(self, row: Stored, *, course: CourseOutline) -> None:
        target = self.known[row.voids_id] if row.voids_id else row
        if (target.learner_id, target.course_id, target.object_id) != (row.learner_id, row.course_id, row.object_id):
            # The same sentence whether it is another's or another course's: an id tells nobody whose it is.
            raise UnableToStore(_("There is nothing of yours to take back here."))
        history = self._history(row.course_id)
        check_can_take_back(target.happened(), history, outline=course.outline, by_event=row.happened())

    def _check_is_the_same(self, event: NewEvent) -> None:
        """The clock, the device and the edition may differ when a form is sent twice; the deed may not."""
        there = self.known[event.id]
        course = self.courses.get(event.course)
        told = (
            self.by.pk, course.outline.course_id if course else None, self.objects.get(event.object_key),
            event.verb, dict(event.value), event.voids,
        )  # fmt: skip
        if told != (there.learner_id, there.course_id, there.object_id, there.verb, dict(there.value), there.voids_id):
            raise UnableToStore(_("This was sent before as something else."))
