"""What stood on a person's own page before they turned out to be two is shown there no more."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, may, own_page, own_page_since, protect

_REVIEWS = may("release_restricted")
_OF_ITS_PART = """EXISTS (SELECT FROM sharing_subjectpart part WHERE part.id = {}.part_id)"""
_ITS_PARTS = """EXISTS (SELECT FROM sharing_subjectpart part WHERE part.request_id = sharing_subjectrequest.id)"""
BEHIND_THE_WALL = {
    # Whoever answers for an agency learns of it where a thing they are to answer is older.
    "sharing_partedperson": protect(
        "sharing_partedperson", sight=f"""{own_page("person_id")} OR {_REVIEWS}"""
    ),
}
SIGHT = {
    "sharing_subjectrequest": (
        f"""{own_page_since("person_id", "asked_at")} OR ({_REVIEWS} AND {_ITS_PARTS})""",
        f"""{own_page("person_id")} OR ({_REVIEWS} AND {_ITS_PARTS})""",
    ),
    "sharing_subjectanswer": (
        f"""{own_page_since("person_id", "at")}
            OR ({_REVIEWS} AND {_OF_ITS_PART.format("sharing_subjectanswer")})""",
        f"""{own_page("person_id")}
            OR ({_REVIEWS} AND {_OF_ITS_PART.format("sharing_subjectanswer")})""",
    ),
}
"""What each policy says from now on, and what it said before."""


def _instead(table: str, sight: str) -> list[str]:
    return [
        f"DROP POLICY sight ON {table}",
        f"CREATE POLICY sight ON {table} FOR SELECT USING ({sight})",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_room_on_pages"),
        ("sharing", "0025_changes_for_all"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartedPerson",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={"indexes": [models.Index(fields=["person"], name="parted_person_of")]},
        ),
        *(
            migrations.RunSQL(statements, lay_open(table, "sight"))
            for table, statements in BEHIND_THE_WALL.items()
        ),
        *(
            migrations.RunSQL(_instead(table, now), _instead(table, before))
            for table, (now, before) in SIGHT.items()
        ),
    ]
