"""What people write on their own page, and what of their case they read there, behind the wall."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import (
    for_the_application,
    lay_open,
    own_page,
    part_in,
    protect,
    setting,
)

SAFE = "SET search_path = pg_catalog, public, pg_temp"
_ME = setting("person", "uuid[]")

OWN_CASE = f"""
CREATE FUNCTION wall_own_case(asked uuid, alone boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT EXISTS (
        SELECT FROM sharing_matterperson about JOIN sharing_matter m ON m.id = about.matter_id
        WHERE about.matter_id = asked AND m.kind = 'case' AND about.person_id = ANY ({_ME})
    ) AND NOT (alone AND EXISTS (
        SELECT FROM sharing_matterperson other
        WHERE other.matter_id = asked AND other.person_id <> ALL ({_ME})
    ))
$$
"""
"""Whether a case is about whoever looks at their own page; `alone`, about nobody beside them."""

REVEALS = f"""
CREATE FUNCTION wall_post_reveals(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT coalesce(bool_or(a.name_reveals OR t.is_sensitive), false)
    FROM agencies_post p JOIN agencies_team t ON t.id = p.team_id
    JOIN agencies_agency a ON a.code = t.agency_id WHERE p.id = asked
$$
"""
"""Whether the very name of a post's agency or team tells something: it is kept from a page that another may see."""


def _own(case: str, *, alone: bool = False) -> str:
    return f"({_ME} IS NOT NULL AND wall_own_case({case}, {str(alone).lower()}))"


_MINE = f"""hidden_from_person = '' AND ({own_page("person_id")}
    OR ((person_id IS NULL OR is_released) AND {{0}}))"""
OWN_SIGHT = {
    "cases_case": _own("matter_id"),
    "cases_lead": f"{_own('case_id')} AND NOT wall_post_reveals(post_id)",
    "cases_casemember": f"""{_own("case_id", alone=True)}
        AND (post_id IS NULL OR NOT wall_post_reveals(post_id))""",
    # What stands in a plan without a name may tell of anybody in it: of one alone it tells of them (P35).
    "cases_plan": _own("case_id", alone=True),
    "cases_goal": _MINE.format(_own("case_id")),
    "cases_planaction": _MINE.format(_own("case_id")),
    "cases_milestone": f"""{_ME} IS NOT NULL
        AND EXISTS (SELECT FROM cases_goal goal WHERE goal.id = cases_milestone.goal_id)""",
    "contacts_contact": f"""how = 'appointment' AND {own_page("person_id")}
        AND NOT wall_post_reveals(by_id)""",
}
"""What people read of their own case; each is a policy beside that of those who work at it."""

BEHIND_THE_WALL = {
    "cases_ownwords": protect(
        "cases_ownwords", sight=f"{part_in('cases_ownwords.case_id')} OR {own_page('person_id')}"
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_alter_post_role"),
        ("cases", "0009_budget"),
        ("contacts", "0001_initial"),
        ("people", "0009_holding_event_code"),
        ("sharing", "0010_own_page"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("words", "Words"), ("correction", "Correction")], max_length=40
                    ),
                ),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_words",
                        to="cases.case",
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
                "indexes": [models.Index(fields=["case", "-at"], name="own_words_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["words", "correction"])),
                        name="own_words_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="own_words_say_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                ("answered_at__gte", models.F("at")),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="own_words_answered_by_somebody",
                    ),
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
        migrations.RunSQL(OWN_CASE, "DROP FUNCTION wall_own_case(uuid, boolean)"),
        migrations.RunSQL(REVEALS, "DROP FUNCTION wall_post_reveals(uuid)"),
        migrations.RunSQL(
            for_the_application(["wall_own_case(uuid, boolean)", "wall_post_reveals(uuid)"]),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [
                f"CREATE POLICY own ON {table} FOR SELECT USING ({sight})"
                for table, sight in OWN_SIGHT.items()
            ],
            [f"DROP POLICY own ON {table}" for table in OWN_SIGHT],
        ),
    ]
