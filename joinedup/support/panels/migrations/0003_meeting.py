"""Which panel a meeting is of, when what stood beside was settled, why somebody's words are missing"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_meetings"),
        ("panels", "0002_allocation"),
    ]

    operations = [
        migrations.CreateModel(
            name="PanelMeeting",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="of_panel",
                        serialize=False,
                        to="meetings.meeting",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="panels.panel",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="itemtextversion",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="without_words_because",
            field=models.TextField(blank=True, default=""),
        ),
    ]
