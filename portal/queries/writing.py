"""An INSERT that is written once, for rows that are stored at every deed."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models


class Writing:
    """Stores rows of one model: new ones, or, with `key`, in place of those that have the same key.

    As with `bulk_create`, no signal is sent and no row learns its number.
    """

    def __init__(self, model: type[models.Model], *, key: tuple[str, ...] = ()) -> None:
        self._model = model
        self._key = key
        self._written: dict[str, str] = {}

    def __call__(self, rows: Iterable[models.Model]) -> None:
        fields = self._fields()
        values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
        if values:
            with connection.cursor() as cursor:
                cursor.executemany(self._written.get(connection.vendor) or self._write(), values)

    def _fields(self) -> list[Any]:
        return [field for field in self._model._meta.concrete_fields if not isinstance(field, models.AutoField)]

    def _write(self) -> str:
        quote = connection.ops.quote_name
        columns = [quote(field.column) for field in self._fields()]
        table, places = quote(self._model._meta.db_table), ", ".join(["%s"] * len(columns))
        # Names of our own tables and columns; every value is a parameter.
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        if self._key:
            key = [quote(field.column) for field in self._fields() if field.name in self._key]
            news = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns if column not in key)
            sql += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {news}"
        self._written[connection.vendor] = sql
        return sql
