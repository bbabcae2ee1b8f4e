"""Pathways and cases upon them, groups a service is meant for, goals rated by the person, and generations."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import lay_open, own_page, part_in, protect, seen, setting

# A tag tells of somebody's health: a part in the case is needed, and sight of its holder's data of its
# category besides; who works at the case without that sees no tag, no filter entry and no count of it.
_TAG = f"""{part_in("cases_clientgrouptag.case_id")} AND {
    seen(
        person="cases_clientgrouptag.person_id",
        holder="cases_clientgrouptag.holder_id",
        category="cases_clientgrouptag.category",
        level=Level.HEADLINE,
    )
}"""


def _known(side):
    """Whether that side is a name alone, or somebody of whom the viewer sees a record at all."""
    return f"""(cases_familylink.{side}_id IS NULL OR EXISTS (SELECT FROM people_record r
        WHERE r.person_id = ANY (wall_identifiers(cases_familylink.{side}_id))))"""


def _held_of(side):
    return seen(
        person=f"cases_familylink.{side}_id", holder="cases_familylink.holder_id",
        category=Category.CHILDRENS_SOCIAL_CARE, level=Level.HEADLINE,
    )  # fmt: skip


# Generations are joined to safeguard a child and for nothing else (P36): in the case they were written
# in, or elsewhere as what children's social care holds of both; and never beyond whom the viewer sees.
_LINK = f"""coalesce({setting("purpose")}, '') = 'safeguard_child'
    AND {_known("parent")} AND {_known("child")}
    AND ({part_in("cases_familylink.case_id")} OR (({_held_of("parent")}) AND ({_held_of("child")})))"""
_RATING = f"{part_in('cases_goalrating.case_id')} OR {own_page('cases_goalrating.person_id')}"
_MEASURES = ["ons4", "ucla3", "own-hands"]

BEHIND_THE_WALL = {
    "cases_followedpathway": protect(
        "cases_followedpathway", sight=part_in("cases_followedpathway.case_id")
    ),
    "cases_pathwaymark": protect("cases_pathwaymark", sight=part_in("cases_pathwaymark.case_id")),
    "cases_goalrating": protect("cases_goalrating", sight=_RATING),
    "cases_clientgrouptag": protect("cases_clientgrouptag", sight=_TAG),
    "cases_familylink": protect("cases_familylink", sight=_LINK),
}


def _takes(*measures):
    """One statement: of a constraint that is taken down and put up apart each costs a state of its own."""
    words = ", ".join(f"'{each}'" for each in measures)
    return f"""ALTER TABLE cases_measurement DROP CONSTRAINT measurement_measure_is_known,
        ADD CONSTRAINT measurement_measure_is_known CHECK (measure IN ({words}))"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_panel_coordinator"),
        ("cases", "0012_own_signatures"),
        ("people", "0010_found_by_a_night"),
        ("questions", "0001_question_sets"),
        ("sharing", "0017_sight_sooner"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientGroupTag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("young_severe_mental_illness", "Young severe mental illness"),
                            ("severe_mental_illness", "Severe mental illness"),
                            ("later_severe_mental_illness", "Later severe mental illness"),
                            ("learning_disability", "Learning disability"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("identity", "Identity"),
                            ("nhs_number", "Nhs number"),
                            ("address", "Address"),
                            ("contact", "Contact"),
                            ("involvement", "Involvement"),
                            ("health", "Health"),
                            ("mental_health", "Mental health"),
                            ("substance_misuse", "Substance misuse"),
                            ("sexual_health", "Sexual health"),
                            ("adult_social_care", "Adult social care"),
                            ("childrens_social_care", "Childrens social care"),
                            ("education", "Education"),
                            ("housing", "Housing"),
                            ("fire_safety", "Fire safety"),
                            ("antisocial", "Antisocial"),
                            ("crime_victim", "Crime victim"),
                            ("crime_offender", "Crime offender"),
                            ("domestic_abuse", "Domestic abuse"),
                            ("mappa", "Mappa"),
                            ("intelligence", "Intelligence"),
                            ("live_warning", "Live warning"),
                            ("safeguarding", "Safeguarding"),
                            ("care_plan", "Care plan"),
                        ],
                        max_length=40,
                    ),
                ),
                ("ill_since", models.DateField(blank=True, null=True)),
                ("affects", models.TextField()),
                ("whose_word", models.CharField(max_length=200)),
                (
                    "worked_out",
                    models.CharField(
                        choices=[
                            ("fits", "Fits"),
                            ("too_young", "Too young"),
                            ("too_old", "Too old"),
                            ("not_lasting", "Not lasting"),
                            ("age_not_known", "Age not known"),
                        ],
                        max_length=40,
                    ),
                ),
                ("because", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="client_groups",
                        to="cases.case",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                [
                                    "young_severe_mental_illness",
                                    "severe_mental_illness",
                                    "later_severe_mental_illness",
                                    "learning_disability",
                                ],
                            )
                        ),
                        name="client_group_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "worked_out__in",
                                ["fits", "too_young", "too_old", "not_lasting", "age_not_known"],
                            )
                        ),
                        name="client_group_fit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["adult_social_care", "mental_health"])),
                        name="client_group_category_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("affects", ""), _negated=True),
                            models.Q(("whose_word", ""), _negated=True),
                        ),
                        name="client_group_rests_on_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("worked_out", "fits"),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="client_group_against_its_rule_has_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("case", "person", "group", "holder"),
                        name="client_group_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_because", ""), ("ends_on__isnull", True)),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="client_group_ends_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("parent_name", models.CharField(blank=True, default="", max_length=120)),
                ("child_name", models.CharField(blank=True, default="", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "Birth"),
                            ("adoptive", "Adoptive"),
                            ("step", "Step"),
                            ("brought_up_by", "Brought up by"),
                            ("not_said", "Not said"),
                        ],
                        max_length=40,
                    ),
                ),
                ("told_by", models.CharField(max_length=200)),
                ("told_on", models.DateField()),
                ("is_taken_back", models.BooleanField(default=False)),
                ("because", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_links",
                        to="cases.case",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="cases.familylink",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["birth", "adoptive", "step", "brought_up_by", "not_said"])
                        ),
                        name="family_link_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", False), ("parent_name", "")),
                            models.Q(
                                ("parent__isnull", True),
                                models.Q(("parent_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="family_link_names_one_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child__isnull", False), ("child_name", "")),
                            models.Q(
                                ("child__isnull", True), models.Q(("child_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="family_link_names_one_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", False), ("child__isnull", False), _connector="OR"
                        ),
                        name="family_link_has_somebody_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            ("child__isnull", True),
                            models.Q(("parent", models.F("child")), _negated=True),
                            _connector="OR",
                        ),
                        name="family_link_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_by", ""), _negated=True),
                        name="family_link_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("instead_of__isnull", True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="family_link_corrected_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalRating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "point",
                    models.CharField(
                        choices=[("start", "Start"), ("review", "Review"), ("end", "End")],
                        max_length=40,
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_the_room", "In the room"),
                            ("by_telephone", "By telephone"),
                            ("on_paper", "On paper"),
                            ("own_page", "Own page"),
                        ],
                        max_length=40,
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=300)),
                ("rated_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goal_ratings",
                        to="cases.case",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="cases.goal",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="cases.goalrating",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("point__in", ["start", "review", "end"])),
                        name="goal_rating_point_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["in_the_room", "by_telephone", "on_paper", "own_page"])
                        ),
                        name="goal_rating_how_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rating__lte", 10)), name="goal_rating_to_ten"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("instead_of__isnull", True), ("point", "start")),
                        fields=("goal", "person"),
                        name="goal_rating_starts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_post__isnull", False), ("how", "own_page"), _connector="OR"
                        ),
                        name="goal_rating_written_down_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("instead_of__isnull", True),
                            models.Q(("instead_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="goal_rating_does_not_correct_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pathway",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("for_whom", models.CharField(max_length=300)),
                (
                    "programme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("transforming_lives", "Transforming lives"),
                            ("integrated_care", "Integrated care"),
                            ("social_care", "Social care"),
                            ("childrens_social_care", "Childrens social care"),
                            ("family_help", "Family help"),
                            ("early_help", "Early help"),
                            ("housing_support", "Housing support"),
                            ("wellbeing", "Wellbeing"),
                        ],
                        default="",
                        max_length=40,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("because", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "published_by",
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
                    models.UniqueConstraint(
                        fields=("code", "version"), name="pathway_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            models.Q(("published_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="pathway_published_by_a_second",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="pathway_published_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="pathway_has_title_and_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "programme__in",
                                [
                                    "",
                                    "transforming_lives",
                                    "integrated_care",
                                    "social_care",
                                    "childrens_social_care",
                                    "family_help",
                                    "early_help",
                                    "housing_support",
                                    "wellbeing",
                                ],
                            )
                        ),
                        name="pathway_programme_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowedPathway",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pathways",
                        to="cases.case",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed",
                        to="cases.pathway",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("case", "pathway"),
                        name="followed_pathway_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_because", ""), ("ends_on__isnull", True)),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="followed_pathway_ends_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PathwayStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                ("who", models.CharField(max_length=200)),
                ("shared", models.CharField(blank=True, default="", max_length=200)),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "counted",
                    models.CharField(
                        choices=[("start", "Start"), ("step_before", "Step before")], max_length=40
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contact", "Contact"),
                            ("assessed", "Assessed"),
                            ("measured", "Measured"),
                            ("plan_put", "Plan put"),
                            ("reviewed", "Reviewed"),
                            ("closed", "Closed"),
                        ],
                        default="",
                        max_length=40,
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="cases.pathway",
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pathway", "place"), name="pathway_step_place_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted__in", ["start", "step_before"])),
                        name="pathway_step_counted_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sign__in",
                                [
                                    "",
                                    "contact",
                                    "assessed",
                                    "measured",
                                    "plan_put",
                                    "reviewed",
                                    "closed",
                                ],
                            )
                        ),
                        name="pathway_step_sign_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True),
                            models.Q(("who", ""), _negated=True),
                        ),
                        name="pathway_step_says_what_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1)), name="pathway_step_has_a_limit"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PathwayMark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "became",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("left_out", "Left out"),
                            ("not_done", "Not done"),
                        ],
                        max_length=40,
                    ),
                ),
                ("on", models.DateField()),
                ("words", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pathway_marks",
                        to="cases.case",
                    ),
                ),
                (
                    "followed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="cases.followedpathway",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="cases.pathwaymark",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.pathwaystep",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("became__in", ["done", "left_out", "not_done"])),
                        name="pathway_mark_became_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("became", "done"),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pathway_mark_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("instead_of__isnull", True)),
                        fields=("followed", "step"),
                        name="pathway_mark_first_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [
                _takes(*_MEASURES),
                *(statement for each in BEHIND_THE_WALL.values() for statement in each),
            ],
            [
                *(statement for table in BEHIND_THE_WALL for statement in lay_open(table, "sight")),
                _takes("ons4", "ucla3"),
            ],
            state_operations=[
                migrations.RemoveConstraint(
                    model_name="measurement", name="measurement_measure_is_known"
                ),
                migrations.AlterField(
                    model_name="measurement",
                    name="measure",
                    field=models.CharField(
                        choices=[("ons4", "Ons4"), ("ucla3", "Ucla3"), ("own-hands", "Own-hands")],
                        max_length=40,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measurement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("measure__in", _MEASURES)),
                        name="measurement_measure_is_known",
                    ),
                ),
            ],
        ),
    ]
