"""Who still has to read which edition, since when, and by when?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from lessons.manuals.reading.duties import touches
from lessons.manuals.reading.in_force import Face, Manual, Required, manuals_in_force
from lessons.manuals.reading.models import Acknowledgement
from portal.base.audience import Viewer, clearance_of, viewer_of
from portal.people.models import Centre, Membership, User


@dataclass(frozen=True)
class Reader:
    """What counts about somebody who may be asked to read."""

    person: User
    viewer: Viewer
    joined: datetime | None = None
    """When they got their first role at the centre that is looked at."""


@dataclass(frozen=True)
class Outstanding:
    """A manual that a reader still has to read. `acknowledged` is the number of the edition they read last, or 0."""

    manual: Manual
    face: Face
    since: datetime
    by: date | None
    acknowledged: int

    def is_late(self, today: date) -> bool:
        return self.by is not None and self.by < today


@dataclass(frozen=True)
class Open:
    """One line of a manager's list."""

    reader: Reader
    outstanding: Outstanding


def outstanding_of(manual: Manual, reader: Reader, *, acknowledged: int) -> Outstanding | None:
    """What `reader` has to read of one manual: nothing that they may not see, and nothing of another centre."""
    if not manual.is_of(reader.viewer.centres):
        return None
    asking = _asking(manual, reader.person.discipline, acknowledged=acknowledged)
    face = manual.face_for(reader.viewer) if asking else None
    if face is None:
        return None
    since = asking[0].since
    return Outstanding(
        manual=manual,
        face=face,
        since=max(since, reader.joined) if reader.joined else since,
        by=min((each.retrain_by for each in asking if each.retrain_by), default=None),
        acknowledged=acknowledged,
    )


def _asking(manual: Manual, discipline: str, *, acknowledged: int) -> list[Required]:
    """The editions that ask. Who has read none is asked for all that holds; others for what touches them since."""
    if not acknowledged:
        return list(manual.required) if touches(manual.whole, discipline) else []
    return [each for each in manual.required if each.number > acknowledged and touches(each.touched, discipline)]


def readings_of(person: User, viewer: Viewer) -> dict[UUID, Outstanding]:
    """All that somebody still has to read, by subject; one query if what is in force is known, none if nothing is."""
    manuals = manuals_in_force()
    if not manuals:
        return {}
    reader = Reader(person, viewer)
    numbers = Acknowledgement.objects.newest_numbers([person.pk])
    found = (
        outstanding_of(manual, reader, acknowledged=numbers.get((person.pk, subject), 0))
        for subject, manual in manuals.items()
    )
    return {each.manual.subject: each for each in found if each}


def readings_for(request: HttpRequest) -> dict[UUID, Outstanding]:
    """The same of whoever asks, looked up once; of visitors and people without a role, nothing."""
    person = getattr(request, "user", None)
    if not getattr(person, "is_authenticated", False):
        return {}
    # Beside the request's own attributes, as Django keeps the person there.
    kept: dict[str, Any] = request.__dict__
    if "manuals_to_read" not in kept:
        viewer = viewer_of(request)
        kept["manuals_to_read"] = readings_of(cast(User, person), viewer) if viewer.roles else {}
    found: dict[UUID, Outstanding] = kept["manuals_to_read"]
    return found


def readers_at(centre: Centre) -> list[Reader]:
    """Everybody with a role at a centre, by name; one query."""
    members = User.objects.filter(is_active=True, memberships__centre=centre)
    held: dict[int, list[Membership]] = {}
    for membership in Membership.objects.filter(person__in=members).select_related("person").order_by():
        held.setdefault(membership.person_id, []).append(membership)
    readers = [_reader(memberships, centre=centre) for memberships in held.values()]
    return sorted(readers, key=lambda reader: (str(reader.person), reader.person.pk))


def _reader(held: list[Membership], *, centre: Centre) -> Reader:
    person, roles = held[0].person, frozenset(each.role for each in held)
    viewer = Viewer(
        user_id=person.pk,
        clearance=clearance_of(roles),
        roles=roles,
        centres=frozenset(each.centre_id for each in held),
    )
    return Reader(person, viewer, joined=min(each.granted_at for each in held if each.centre_id == centre.pk))


def open_list(centre: Centre, *, manuals: Iterable[Manual] | None = None) -> list[Open]:
    """Who at a centre still has to read what, manual by manual; two queries however many people and manuals."""
    readers = readers_at(centre)
    numbers = Acknowledgement.objects.newest_numbers([reader.person.pk for reader in readers])
    lines = []
    for manual in manuals_in_force().values() if manuals is None else manuals:
        if manual.is_of([centre.pk]):
            for reader in readers:
                number = numbers.get((reader.person.pk, manual.subject), 0)
                if found := outstanding_of(manual, reader, acknowledged=number):
                    lines.append(Open(reader, found))
    return lines
