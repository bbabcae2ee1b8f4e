"""What a controller leaves out of its answer to a subject request, and the answer as it was released."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, may, own_page, protect

_OF_ITS_PART = """EXISTS (SELECT FROM sharing_subjectpart part WHERE part.id = {}.part_id)"""
_REVIEWS = may("release_restricted")
BEHIND_THE_WALL = {
    # Whoever asked reads no line of what was left out, nor that there is one (P8).
    "sharing_subjectredaction": protect(
        "sharing_subjectredaction",
        sight=f"{_REVIEWS} AND {_OF_ITS_PART.format('sharing_subjectredaction')}",
    ),
    "sharing_subjectanswer": protect(
        "sharing_subjectanswer",
        sight=f"""{own_page("person_id")}
            OR ({_REVIEWS} AND {_OF_ITS_PART.format("sharing_subjectanswer")})""",
    ),
}
_GROUNDS = ["third_party", "serious_harm", "crime"]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_alter_post_role"),
        ("people", "0009_holding_event_code"),
        ("sharing", "0011_matters_of_panels"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectRedaction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("item", models.CharField(max_length=80)),
                ("ground", models.CharField(choices=[("third_party", "Third party"), ("serious_harm", "Serious harm"), ("crime", "Crime")], max_length=40)),
                ("because", models.TextField()),
                ("instead", models.TextField(blank=True, default="")),
                ("is_proposed", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by_post", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post")),
                ("part", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="sharing.subjectpart")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ground__in", _GROUNDS)), name="subject_redaction_ground_is_known"),
                    models.CheckConstraint(condition=models.Q(("because", ""), _negated=True), name="subject_redaction_says_why"),
                    models.UniqueConstraint(fields=("part", "item"), name="subject_redaction_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubjectAnswer",
            fields=[
                ("part", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="answer", serialize=False, to="sharing.subjectpart")),
                ("said", models.JSONField()),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [statement for table in BEHIND_THE_WALL for statement in lay_open(table, "sight")],
        ),
    ]
