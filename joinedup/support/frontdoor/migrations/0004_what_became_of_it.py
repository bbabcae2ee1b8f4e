"""What the sender was asked and what became of a referral: read by whoever hears of its progress."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect


def _heard(table: str) -> list[str]:
    return protect(table, sight=part_in(f"{table}.matter_id", PartLevel.PROGRESS))


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_schoollink"),
        ("frontdoor", "0003_what_triage_found"),
        ("sharing", "0007_matters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="outcome",
                        serialize=False,
                        to="sharing.matter",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("settled_at_first_contact", "Settled at first contact"),
                            ("helped", "Helped"),
                            ("help_goes_on", "Help goes on"),
                            ("not_wanted", "Not wanted"),
                            ("not_reached", "Not reached"),
                            ("not_needed", "Not needed"),
                            ("withdrawn", "Withdrawn"),
                            ("died_or_moved", "Died or moved"),
                        ],
                        max_length=40,
                    ),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "settled_at_first_contact",
                                    "helped",
                                    "help_goes_on",
                                    "not_wanted",
                                    "not_reached",
                                    "not_needed",
                                    "withdrawn",
                                    "died_or_moved",
                                ],
                            )
                        ),
                        name="outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="outcome_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SenderQuestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "by_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sender_questions",
                        to="sharing.matter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["matter", "at"], name="sender_question_of_matter")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="sender_question_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sender_question_answered_in_words",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [*_heard("frontdoor_outcome"), *_heard("frontdoor_senderquestion")],
            [
                *lay_open("frontdoor_outcome", "sight"),
                *lay_open("frontdoor_senderquestion", "sight"),
            ],
        ),
    ]
