"""What does the manager of a centre see: who still has to read, and who has read?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lessons.manuals.reading.in_force import Manual, manuals_in_force
from lessons.manuals.reading.models import Acknowledgement
from lessons.manuals.reading.who_must_read import Open, open_list
from portal.people.models import Centre, Discipline, User


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed; an empty word does not narrow."""

    code: str = ""
    discipline: str = ""
    is_read: bool = False


@dataclass(frozen=True)
class Line:
    """A person and an edition: still to be read, or read `at` an hour."""

    name: str
    discipline: str
    code: str
    number: int
    since: datetime | None = None
    by: date | None = None
    read_before: int = 0
    at: datetime | None = None
    sha256: str = ""


def manuals_of(centre: Centre) -> list[Manual]:
    """The manuals in force that people of a centre read."""
    return [manual for manual in manuals_in_force().values() if manual.is_of([centre.pk])]


def lines_of(centre: Centre, wanted: Wanted) -> list[Line]:
    """The list of a centre, bounded in queries however many people and manuals."""
    manuals = [manual for manual in manuals_of(centre) if wanted.code in ("", manual.code)]
    if wanted.is_read:
        return list(_read(centre, {manual.subject for manual in manuals}, discipline=wanted.discipline))
    lines = open_list(centre, manuals=manuals)
    return [_line(each) for each in lines if wanted.discipline in ("", each.reader.person.discipline)]


def _line(each: Open) -> Line:
    person, outstanding = each.reader.person, each.outstanding
    return Line(
        name=called(person),
        discipline=discipline_called(person.discipline),
        code=outstanding.manual.code,
        number=outstanding.manual.number,
        since=outstanding.since,
        by=outstanding.by,
        read_before=outstanding.acknowledged,
    )


def _read(centre: Centre, subjects: Iterable[UUID], *, discipline: str) -> Iterator[Line]:
    """What people who belong to the centre today have read, every edition of it; two queries."""
    members = User.objects.filter(memberships__centre=centre).values("pk")
    given = Acknowledgement.objects.filter(person__in=members, edition__subject__in=subjects)
    if discipline:
        given = given.filter(discipline=discipline)
    for each in given.select_related("person", "edition").defer("edition__content").order_by("edition__code", "-at"):
        yield Line(
            name=called(each.person),
            discipline=discipline_called(each.discipline),
            code=each.edition.code,
            number=each.edition.number,
            at=each.at,
            sha256=each.sha256,
        )


def without_discipline(centre: Centre) -> int:
    """How many people of a centre are not asked by manuals that name disciplines, because nobody wrote theirs down."""
    members = User.objects.filter(memberships__centre=centre, is_active=True, discipline="")
    return members.distinct().count()


def called(person: User) -> str:
    """A manager must know who it is: without a name, the opaque id."""
    return person.get_full_name() or person.username


def discipline_called(value: str) -> str:
    return str(Discipline(value).label) if value in Discipline.values else ""
