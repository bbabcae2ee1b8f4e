"""Leaves room on the pages of records: what changes then stays where it lies, and writes to no index."""

from django.db import migrations

ROOM = "ALTER TABLE people_record SET (fillfactor = 90)"


class Migration(migrations.Migration):
    dependencies = [("people", "0010_found_by_a_night")]
    operations = [
        migrations.RunSQL(ROOM, "ALTER TABLE people_record RESET (fillfactor)"),
    ]
