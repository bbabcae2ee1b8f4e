"""A question of matching says in which draft it was asked: as typed, many keys ask about one person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("frontdoor", "0004_what_became_of_it")]

    operations = [
        migrations.AddField(
            model_name="matchquestion",
            name="draft",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
