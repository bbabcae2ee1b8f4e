"""What a sensitive team records of somebody stays in that team: its agency's other teams do not own it (P8)."""

from django.db import migrations

from joinedup.identity.sharing.choices import Level
from joinedup.identity.sharing.wall import AGENCY, sees, setting

_TEAM = setting("team", "bigint")
# Asked of the agency's own rows alone: what others may see of them the gateways say.
_WHOSE = f"""(holder_id IS DISTINCT FROM {AGENCY} OR recorded_by_id IS NULL
    OR (SELECT NOT t.is_sensitive OR t.id = {_TEAM} FROM agencies_post p
        JOIN agencies_team t ON t.id = p.team_id WHERE p.id = people_holding.recorded_by_id))"""


def _sight(table: str, level: Level) -> str:
    return sees(
        person=f"{table}.person_id", holder=f"{table}.holder_id", category=f"{table}.category",
        level=level,
    )  # fmt: skip


def _of_level(table: str, level: Level) -> list[str]:
    """As the headline is, of the agency's own rows: row security on the headline decides."""
    theirs = f"""(holder_id IS DISTINCT FROM {AGENCY}
        OR (SELECT true FROM people_holding h WHERE h.id = {table}.holding_id))"""
    return [f"ALTER POLICY sight ON {table} USING (({_sight(table, level)}) AND {theirs})"]


POLICIES = [
    f"ALTER POLICY sight ON people_holding USING (({_sight('people_holding', Level.HEADLINE)}) AND {_WHOSE})",
    *_of_level("people_holdingsummary", Level.SUMMARY),
    *_of_level("people_holdingdetail", Level.DETAIL),
]
BEFORE = [
    f"ALTER POLICY sight ON {table} USING ({_sight(table, level)})"
    for table, level in (
        ("people_holding", Level.HEADLINE),
        ("people_holdingsummary", Level.SUMMARY),
        ("people_holdingdetail", Level.DETAIL),
    )
]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0008_closer_policies")]
    operations = [migrations.RunSQL(POLICIES, BEFORE)]
