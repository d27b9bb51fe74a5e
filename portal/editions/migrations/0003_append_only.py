from django.db import migrations

from portal.audit.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_initial")]
    operations = [forbid_changes("editions_edition")]
