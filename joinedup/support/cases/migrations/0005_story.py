"""The story of a case, its pins and readings, and what is placed after a split; behind the wall."""

import django.db.models.deletion
import joinedup.support.cases.choices.story
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.wall import POST, lay_open, part_in, protect, setting

# Victim data apart from offender data about the same person (P10): who looks for one of these looks at
# somebody as an offender, and is not shown in what they were harmed.
_OFFENDERS = ", ".join(
    f"'{each.value}'" for each in (Purpose.IOM, Purpose.MAPPA, Purpose.LAW_ENFORCEMENT)
)
_ENTRY = f"""({part_in("cases_storyentry.case_id")}
    AND (role <> 'victim' OR coalesce({setting("purpose")}, '') NOT IN ({_OFFENDERS})))"""
# Judged by the policies of what is pinned: where a line is recalled or its sight lapses, its pin goes
# with it, in the same moment and for everybody (P15).
_PIN = f"""({part_in("cases_storypin.case_id")}
    AND (entry_id IS NULL OR EXISTS (SELECT FROM cases_storyentry e WHERE e.id = entry_id))
    AND (contact_id IS NULL OR EXISTS (SELECT FROM contacts_contact c WHERE c.id = contact_id))
    AND (holding_id IS NULL OR EXISTS (SELECT FROM people_holding h WHERE h.id = holding_id)))"""
_MINE = f"(post_id = {POST} AND {part_in('cases_storyreading.case_id')})"

BEHIND_THE_WALL = {
    "cases_storyentry": protect("cases_storyentry", sight=_ENTRY),
    "cases_storypin": protect("cases_storypin", sight=_PIN),
    "cases_storyreading": protect("cases_storyreading", sight=_MINE, add=_MINE, change=_MINE),
    "cases_casesplit": protect("cases_casesplit", sight=part_in("cases_casesplit.case_id")),
    "cases_placing": protect("cases_placing", sight=part_in("cases_placing.case_id")),
}


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_schoollink"),
        ("cases", "0004_saved_views"),
        ("contacts", "0001_initial"),
        ("people", "0009_holding_event_code"),
        ("sharing", "0009_sensitive_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSplit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField()),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="splits",
                        to="cases.case",
                    ),
                ),
                (
                    "goes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "event"), name="case_split_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stays", models.F("goes")), _negated=True),
                        name="case_split_makes_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("row", models.UUIDField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "belongs_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placings",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "split",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placings",
                        to="cases.casesplit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("split", "kind", "row"), name="placing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("belongs_to__isnull", True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            models.Q(
                                ("belongs_to__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="placing_is_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_about", models.BooleanField(default=False)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("safety", "Safety"),
                            ("health", "Health"),
                            ("mental_health", "Mental health"),
                            ("substances", "Substances"),
                            ("care", "Care"),
                            ("family", "Family"),
                            ("school", "School"),
                            ("home", "Home"),
                            ("money", "Money"),
                            ("police", "Police"),
                            ("fire", "Fire"),
                            ("contact", "Contact"),
                            ("the_work", "The work"),
                            ("other", "Other"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "significance",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("notable", "Notable"),
                            ("serious", "Serious"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("victim", "Victim"),
                            ("witness", "Witness"),
                            ("suspected", "Suspected"),
                            ("responsible", "Responsible"),
                            ("missing", "Missing"),
                            ("present", "Present"),
                        ],
                        default=joinedup.support.cases.choices.story.IncidentRole["NONE"],
                        max_length=40,
                    ),
                ),
                ("told_by", models.CharField(blank=True, default="", max_length=120)),
                ("what", models.CharField(max_length=200)),
                ("words", models.TextField(blank=True, default="")),
                ("meant", models.TextField(blank=True, default="")),
                (
                    "hidden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("third_party", "It tells of somebody else who has not agreed to it"),
                            ("serious_harm", "Reading it could cause somebody serious harm"),
                            (
                                "crime",
                                "Reading it could get in the way of stopping a crime or of an enquiry",
                            ),
                        ],
                        default="",
                        max_length=40,
                    ),
                ),
                ("hidden_because", models.TextField(blank=True, default="")),
                ("written_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="cases.case",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="cases.storyentry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="people.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "starts_on"], name="story_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "safety",
                                    "health",
                                    "mental_health",
                                    "substances",
                                    "care",
                                    "family",
                                    "school",
                                    "home",
                                    "money",
                                    "police",
                                    "fire",
                                    "contact",
                                    "the_work",
                                    "other",
                                ],
                            )
                        ),
                        name="story_topic_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significance__in", ["ordinary", "notable", "serious"])
                        ),
                        name="story_significance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "none",
                                    "victim",
                                    "witness",
                                    "suspected",
                                    "responsible",
                                    "missing",
                                    "present",
                                ],
                            )
                        ),
                        name="story_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden", ""),
                            models.Q(
                                ("hidden__in", ["third_party", "serious_harm", "crime"]),
                                models.Q(("hidden_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="story_hidden_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="story_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__isnull", False),
                            models.Q(("told_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="story_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="story_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("instead_of__isnull", True),
                            models.Q(("instead_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="story_does_not_correct_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryPin",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("why", models.CharField(blank=True, default="", max_length=300)),
                ("pinned_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pins",
                        to="cases.case",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="contacts.contact",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="cases.storyentry",
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="people.holding",
                    ),
                ),
                (
                    "pinned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case"], name="story_pin_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact__isnull", True),
                                ("entry__isnull", False),
                                ("holding__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", False),
                                ("entry__isnull", True),
                                ("holding__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", True),
                                ("entry__isnull", True),
                                ("holding__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_pin_is_of_one_line",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "entry", "contact", "holding"),
                        name="story_pin_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryReading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("read_at", models.DateTimeField()),
                ("before_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "post"), name="story_reading_once")
                ],
            },
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [
                statement
                for table in BEHIND_THE_WALL
                for statement in lay_open(table, "sight", "written", "written_anew")
            ],
        ),
    ]
