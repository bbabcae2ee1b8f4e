"""When and how often data goes across: dates and intervals of the request form (standards 1.3)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0021_heard_on_entering")]
    operations = [
        migrations.AddField(
            "sharingagreement", "how_often", models.TextField(blank=True, default="")
        )
    ]
