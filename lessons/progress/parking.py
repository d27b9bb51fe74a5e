"""Where does an event wait that came before what it is about?"""

from datetime import datetime
from uuid import UUID

from lessons.progress.incoming import NewEvent
from lessons.progress.models import ParkedEvent
from portal.people.models import User

#: A learner's client that sends ever more events about nothing is refused, not given our disk.
MOST_PARKED = 500


def waits_for_object(key: tuple[UUID, str]) -> str:
    return f"object:{key[0]}:{key[1]}"


def waits_for_event(event_id: UUID) -> str:
    return f"event:{event_id}"


def park(event: NewEvent, *, missing: str, by: User, at: datetime) -> bool:
    """Keep `event` until `missing` appears; False when somebody else's event has its id, or there is no room."""
    there = ParkedEvent.objects.filter(pk=event.id).first()
    if there:
        return there.learner_id == by.pk
    if ParkedEvent.objects.filter(learner=by).count() >= MOST_PARKED:
        return False
    ParkedEvent.objects.create(id=event.id, learner=by, waits_for=missing, content=event.as_json(), parked_at=at)
    return True
