"""Which case a referral opened: for the front door alone."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, may, part_in, protect

_SIGHT = f"{part_in('frontdoor_caseopened.matter_id', PartLevel.WORK)} AND {may('work_front_door')}"


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0010_own_words"),
        ("frontdoor", "0010_files_of_the_public"),
        ("sharing", "0009_sensitive_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseOpened",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True,
                        related_name="opened_by_referral", serialize=False, to="cases.case",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases_opened",
                        to="sharing.matter",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            protect("frontdoor_caseopened", sight=_SIGHT), lay_open("frontdoor_caseopened", "sight")
        ),
    ]
