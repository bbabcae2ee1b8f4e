"""The signature of the person themselves under their own part of an assessment."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, own_page, part_in, protect

_ANSWERS = ["my_words", "in_part", "not_my_words"]
_WAYS = ["own_page", "typed", "read_out", "paper"]
BEHIND_THE_WALL = protect(
    "cases_ownsignature", sight=f"{part_in('cases_ownsignature.case_id')} OR {own_page('person_id')}"
)


def _choices(words):
    return [(word, word.replace("_", " ").capitalize()) for word in words]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_alter_post_role"),
        ("cases", "0011_story_counts"),
        ("people", "0009_holding_event_code"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("said", models.CharField(choices=_choices(_ANSWERS), max_length=40)),
                ("words", models.TextField(blank=True, default="")),
                ("how", models.CharField(choices=_choices(_WAYS), max_length=40)),
                ("shown_by", models.CharField(blank=True, default="", max_length=200)),
                ("signed_at", models.DateTimeField()),
                ("by_post", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("section", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="own_signature", to="cases.assessmentsection")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("said__in", _ANSWERS)), name="own_signature_answer_is_known"),
                    models.CheckConstraint(condition=models.Q(("how__in", _WAYS)), name="own_signature_way_is_known"),
                    models.CheckConstraint(condition=models.Q(("said", "my_words"), models.Q(("words", ""), _negated=True), _connector="OR"), name="own_signature_says_what_is_wrong"),
                    models.CheckConstraint(condition=models.Q(models.Q(("by_post__isnull", True), ("how", "own_page")), models.Q(models.Q(("how", "own_page"), _negated=True), ("by_post__isnull", False), models.Q(("shown_by", ""), _negated=True)), _connector="OR"), name="own_signature_is_confirmed"),
                ],
            },
        ),
        migrations.RunSQL(
            [
                *BEHIND_THE_WALL,
                # As with what a practitioner signed: the database refuses to write it anew.
                """CREATE TRIGGER as_signed BEFORE UPDATE OR DELETE ON cases_ownsignature
                FOR EACH ROW EXECUTE FUNCTION cases_as_signed()""",
            ],
            [
                "DROP TRIGGER as_signed ON cases_ownsignature",
                *lay_open("cases_ownsignature", "sight"),
            ],
        ),
    ]
