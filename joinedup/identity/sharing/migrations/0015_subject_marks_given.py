"""That somebody of the controller decided to give what its author had marked is kept as a decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0014_held_placing")]

    operations = [
        migrations.AddField(
            model_name="subjectredaction",
            name="is_given",
            field=models.BooleanField(default=False),
        ),
    ]
