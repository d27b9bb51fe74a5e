from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portal.audit.append_only import forbid_changes

# Whatever a program does above: an edition with a code enters the table only behind the signatures of three different
# people, each in another capacity, over the very digest that was proposed.
SIGNERS = """
SELECT COUNT(DISTINCT s.person_id) FROM editions_signature s JOIN editions_proposal p ON p.id = s.proposal_id
WHERE s.proposal_id = NEW.proposal_id AND s.sha256 = p.sha256 AND s.capacity IN ('author', 'reviewer', 'approver')
"""
SQLITE = f"""
CREATE TRIGGER editions_edition_is_signed BEFORE INSERT ON "editions_edition"
WHEN NEW.code <> '' AND ({SIGNERS}) < 3
BEGIN SELECT RAISE(ABORT, 'an edition needs the signatures of three people'); END
"""
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_unsigned_edition() RETURNS trigger AS $$
BEGIN
  IF NEW.code <> '' AND ({SIGNERS}) < 3 THEN
    RAISE EXCEPTION 'an edition needs the signatures of three people' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql
"""
POSTGRESQL = """
CREATE TRIGGER editions_edition_is_signed BEFORE INSERT ON "editions_edition"
FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_edition()
"""


def refuse_unsigned(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_FUNCTION, params=None)
        editor.execute(POSTGRESQL, params=None)
    else:
        editor.execute(SQLITE, params=None)


def accept_unsigned(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    on_table = ' ON "editions_edition"' if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS editions_edition_is_signed{on_table}", params=None)


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_signed_editions")]
    operations = [
        forbid_changes("editions_edition"),
        forbid_changes("editions_editionpage"),
        forbid_changes("editions_editionfile"),
        forbid_changes("editions_signature"),
        forbid_changes("editions_withdrawal"),
        migrations.RunPython(refuse_unsigned, accept_unsigned, elidable=False),
    ]
