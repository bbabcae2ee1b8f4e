"""A holding may be one contact that can be counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_record_birth_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="holding",
            name="event_code",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
    ]
