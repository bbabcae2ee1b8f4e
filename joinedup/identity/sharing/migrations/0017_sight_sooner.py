"""The same sight, found sooner: by rank in the index, through a view judged once, with less to start."""

from collections.abc import Callable

from django.db import migrations, models

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import AGENCY, WALL_SIGHT, not_barred, seen, sees, setting

_TEAM = setting("team", "bigint")
_RANKED = """
ALTER TABLE sharing_visibility DROP CONSTRAINT visibility_once;
ALTER TABLE sharing_visibility ADD CONSTRAINT visibility_once UNIQUE ({})
"""
# Of the agency of whoever is entered: what another team, a sensitive one, wrote down and keeps to itself.
_KEPT_BY_TEAM = f"""
CREATE VIEW wall_kept_by_team AS
SELECT h.id AS holding_id FROM people_holding h
JOIN agencies_post p ON p.id = h.recorded_by_id JOIN agencies_team t ON t.id = p.team_id
WHERE h.holder_id = {AGENCY} AND t.is_sensitive AND t.id IS DISTINCT FROM {_TEAM}
"""
_FOR_THE_APPLICATION = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE ALL ON wall_sight, wall_kept_by_team FROM joinedup_app;
        GRANT SELECT ON wall_sight, wall_kept_by_team TO joinedup_app;
    END IF;
END $$
"""
_OF_WHICH_TEAM = f"""(SELECT (NOT t.is_sensitive OR t.id = coalesce({_TEAM}, 0))
        AND (sharing_involvement.agency_id = coalesce({AGENCY}, '') OR NOT a.name_reveals)
    FROM agencies_team t JOIN agencies_agency a ON a.code = t.agency_id
    WHERE t.id = sharing_involvement.team_id)"""
_WHOSE = f"""(holder_id IS DISTINCT FROM {AGENCY} OR recorded_by_id IS NULL
    OR (SELECT NOT t.is_sensitive OR t.id = {_TEAM} FROM agencies_post p
        JOIN agencies_team t ON t.id = p.team_id WHERE p.id = people_holding.recorded_by_id))"""
# The headline's own sight is asked anew for each level no more: what is left of it is whose it is.
_WHOSE_LEVEL = """(holder_id IS DISTINCT FROM {agency} OR NOT EXISTS (
    SELECT FROM wall_kept_by_team kept WHERE kept.holding_id = {table}.holding_id))"""
_WHOSE_LEVEL_BEFORE = """(holder_id IS DISTINCT FROM {agency}
    OR (SELECT true FROM people_holding h WHERE h.id = {table}.holding_id))"""


def _policies(sees: Callable[..., str], whose_level: str) -> list[str]:
    def identity(table: str, holder: str, level: Level = Level.SUMMARY) -> str:
        whose = {"person": f"{table}.person_id", "holder": f"{table}.{holder}"}
        return sees(**whose, category=Category.IDENTITY, level=level)

    def held(table: str, level: Level) -> str:
        whose = {"person": f"{table}.person_id", "holder": f"{table}.holder_id"}
        return sees(**whose, category=f"{table}.category", level=level)

    def of_level(table: str, level: Level) -> str:
        return f"({held(table, level)}) AND {whose_level.format(agency=AGENCY, table=table)}"

    involved = sees(
        person="sharing_involvement.person_id", holder="sharing_involvement.agency_id",
        category=Category.INVOLVEMENT, level=Level.HEADLINE,
    )  # fmt: skip
    sight = {
        "people_record": identity("people_record", "agency_id"),
        "people_householdmember": identity("people_householdmember", "holder_id"),
        "people_relationship": f"{identity('people_relationship', 'source_id', Level.DETAIL)}"
        f" AND {not_barred('other_id')}",
        "people_holding": f"({held('people_holding', Level.HEADLINE)}) AND {_WHOSE}",
        "people_holdingsummary": of_level("people_holdingsummary", Level.SUMMARY),
        "people_holdingdetail": of_level("people_holdingdetail", Level.DETAIL),
        "sharing_involvement": f"({involved}) AND {_OF_WHICH_TEAM}",
    }
    return [f"ALTER POLICY sight ON {table} USING ({way})" for table, way in sight.items()]


SOONER = [
    _RANKED.format("person_id, holder_id, purpose, rank, recipient, starts_at"),
    WALL_SIGHT,
    _KEPT_BY_TEAM,
    _FOR_THE_APPLICATION,
    *_policies(seen, _WHOSE_LEVEL),
]
BEFORE = [
    *_policies(sees, _WHOSE_LEVEL_BEFORE),
    "DROP VIEW wall_sight, wall_kept_by_team",
    _RANKED.format("person_id, recipient, holder_id, purpose, starts_at"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_holding_event_code"),
        ("sharing", "0016_entered_in_one"),
    ]
    operations = [
        migrations.RunSQL(
            [*SOONER],
            [*BEFORE],
            state_operations=[
                migrations.RemoveConstraint("visibility", "visibility_once"),
                migrations.AddConstraint(
                    "visibility",
                    models.UniqueConstraint(
                        fields=("person", "holder", "purpose", "rank", "recipient", "starts_at"),
                        name="visibility_once",
                    ),
                ),
            ],
        )
    ]
