"""What of a batch is still to be taken in is kept with it, so that it goes on where it was cut off."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("frontdoor", "0007_high_risk")]

    operations = [
        migrations.AddField(
            model_name="batch", name="waiting", field=models.JSONField(default=dict)
        ),
    ]
