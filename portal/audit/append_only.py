"""How does a table become one that only grows? Migrations of append-only tables call `forbid_changes`."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def forbid_changes(table: str) -> RunPython:
    """A migration operation: the database itself refuses to update or delete rows of `table`."""

    def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        # SQLite loses the triggers of a table that a migration makes anew, PostgreSQL keeps them.
        drop(apps, editor)
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRESQL_FUNCTION, params=None)
        trigger = POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE
        for verb in ("UPDATE", "DELETE"):
            editor.execute(trigger.format(table=table, verb=verb, verb_lower=verb.lower()), params=None)

    def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        on_table = f' ON "{table}"' if editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on_table}", params=None)

    return RunPython(create, drop, elidable=False)
