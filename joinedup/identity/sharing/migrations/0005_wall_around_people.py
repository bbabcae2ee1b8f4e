"""Row security on everybody's records, homes, ties and holdings; levels are tables."""

from django.db import migrations

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import (
    AGENCY,
    bit_of,
    lay_open,
    not_barred,
    protect,
    sees,
    setting,
)


def _identity(table: str, holder: str, level: Level = Level.SUMMARY) -> str:
    return sees(
        person=f"{table}.person_id", holder=f"{table}.{holder}", category=Category.IDENTITY,
        level=level,
    )  # fmt: skip


def _held(table: str, level: Level) -> list[str]:
    carried = f"coalesce({setting('carries', 'bigint')}, 0) & {bit_of('category')} <> 0"
    own = f"holder_id = {AGENCY} AND {not_barred('person_id')} AND {carried}"
    sight = sees(
        person=f"{table}.person_id", holder=f"{table}.holder_id", category=f"{table}.category",
        level=level,
    )  # fmt: skip
    return protect(table, sight=sight, add=own, change=own)


# A merged identifier holds no record of its own: it leads to the person it stands for.
_PERSON = """(SELECT true FROM people_record r WHERE r.person_id =
    CASE WHEN people_person.merged_into_id IS NULL THEN people_person.id
         ELSE wall_canonical(people_person.id) END LIMIT 1)"""

PEOPLE = [
    *protect("people_record", sight=_identity("people_record", "agency_id")),
    *protect("people_person", sight=_PERSON),
    *protect(
        "people_recordversion",
        sight="(SELECT true FROM people_record r WHERE r.id = people_recordversion.record_id)",
    ),
    *protect("people_householdmember", sight=_identity("people_householdmember", "holder_id")),
    *protect(
        "people_household",
        sight="""(SELECT true FROM people_householdmember m
            WHERE m.household_id = people_household.id LIMIT 1)""",
    ),
    *protect(
        "people_relationship",
        sight=f"{_identity('people_relationship', 'source_id', Level.DETAIL)}"
        f" AND {not_barred('other_id')}",
    ),
    *protect("people_seal"),
    *protect("people_sealedfingerprint"),
    *_held("people_holding", Level.HEADLINE),
    *_held("people_holdingsummary", Level.SUMMARY),
    *_held("people_holdingdetail", Level.DETAIL),
]
_TABLES = (
    "record", "person", "recordversion", "householdmember", "household", "relationship", "seal",
    "sealedfingerprint", "holding", "holdingsummary", "holdingdetail",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_whose_word_a_household_is"),
        ("sharing", "0004_wall"),
    ]
    operations = [
        migrations.RunSQL(
            PEOPLE,
            [
                statement
                for name in _TABLES
                for statement in lay_open(f"people_{name}", "sight", "written", "written_anew")
            ],
        )
    ]
