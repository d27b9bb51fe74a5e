"""A query that the ORM writes once, and that is then only asked.

Building the SQL of a simple query costs Django five times what SQLite needs to answer it. The few queries that every
request of a signed-in person asks (session, person, roles, standing) are therefore written at their first use.

    roles_of = Prepared(lambda person: Membership.objects.filter(person=person).values_list("role", "centre_id"))
    roles_of(7)  # a list of tuples
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models

#: What stands for an argument while the SQL is written; nothing else in a query is one of these.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 7_306_085_893_296_906_000 + number,
    str: lambda number: f"stands for argument {number}",
    UUID: lambda number: UUID(int=0x5F0C2C1E_6A5B_4D0E_9F5E_2B7D7C3F0000 + number),
}


class Written(NamedTuple):
    sql: str
    #: For every placeholder of the SQL: the number of the argument that goes there, or None and a fixed value.
    places: list[tuple[int | None, Any]]
    converted: Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]


class Prepared:
    """A queryset made by `values_list`, as a function of its arguments; answers a list of tuples, unsorted ones as
    they come. `kinds` says what the arguments are: int, str or UUID."""

    def __init__(self, queryset: Callable[..., models.QuerySet[Any, Any]], *, kinds: tuple[type, ...] = (int,)) -> None:
        self._queryset = queryset
        self._kinds = kinds
        self._written: dict[str, Written] = {}

    def __call__(self, *arguments: Any) -> list[tuple[Any, ...]]:
        written = self._written.get(connection.vendor) or self._write()
        given = [_as_stored(argument) for argument in arguments]
        parameters = [fixed if number is None else given[number] for number, fixed in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            return written.converted(cursor.fetchall())

    def _write(self) -> Written:
        stand_ins = [STAND_INS[kind](number) for number, kind in enumerate(self._kinds)]
        numbers = {_as_stored(stand_in): number for number, stand_in in enumerate(stand_ins)}
        compiler = self._queryset(*stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        written = Written(
            sql=sql,
            places=[(numbers.get(parameter), parameter) for parameter in parameters],
            converted=lambda rows: (
                [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows
            ),
        )
        self._written[connection.vendor] = written
        return written


def _as_stored(argument: Any) -> Any:
    """An argument as this database takes it."""
    if isinstance(argument, UUID) and not connection.features.has_native_uuid_field:
        return argument.hex
    return argument
