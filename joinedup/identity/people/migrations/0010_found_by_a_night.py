"""What a night of changes looks for without reading everybody: records that are gone, homes by UPRN."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_holding_event_code"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=["gone_on"], condition=Q(gone_on__isnull=False), name="record_gone"
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["uprn"], condition=~Q(uprn=""), name="household_by_uprn"),
        ),
    ]
