"""An agency reads its looks that leave no trace, newest first, by an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_who_reads")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX entry_kept_from_people ON audit_entry (agency, at) WHERE traceless",
            "DROP INDEX entry_kept_from_people",
            state_operations=[
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(
                        fields=["agency", "at"],
                        condition=models.Q(("traceless", True)),
                        name="entry_kept_from_people",
                    ),
                )
            ],
        )
    ]
