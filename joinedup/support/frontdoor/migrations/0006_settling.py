"""Who said whom a referral is about: for the front door alone, never for whoever sent it (P17)."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, may, part_in, protect

_SIGHT = f"{part_in('frontdoor_settling.matter_id', PartLevel.WORK)} AND {may('work_front_door')}"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_schoollink"),
        ("frontdoor", "0005_question_of_a_draft"),
        ("people", "0009_holding_event_code"),
        ("sharing", "0009_sensitive_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="Settling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[("ours", "Ours"), ("maybe", "Maybe"), ("not_found", "Not found")],
                        max_length=40,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_because", models.TextField(blank=True, default="")),
                (
                    "by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlings",
                        to="sharing.matter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlings",
                        to="frontdoor.subject",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["ours", "not_found"])),
                        name="settling_answer_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", "ours"),
                                ("person__isnull", False),
                            ),
                            models.Q(
                                (
                                    "answer",
                                    "not_found",
                                ),
                                ("person__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="settling_names_a_person_or_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True),
                                ("taken_back_because", ""),
                                ("taken_back_by__isnull", True),
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(("taken_back_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="settling_taken_back_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("subject",),
                        name="settling_one_of_a_subject",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            protect("frontdoor_settling", sight=_SIGHT), lay_open("frontdoor_settling", "sight")
        ),
    ]
