from django.db import migrations

from portal.audit.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("progress", "0001_initial")]
    operations = [
        forbid_changes("progress_learningevent"),
        forbid_changes("progress_editionobject"),
        forbid_changes("progress_achievement"),
    ]
