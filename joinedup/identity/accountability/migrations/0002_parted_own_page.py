"""A complaint made before somebody turned out to be two is shown on no own page."""

from django.db import migrations

from joinedup.identity.sharing.wall import AGENCY, may, not_barred, own_page, own_page_since

_ANSWERS = f"""({may("release_restricted")} AND agency_id = {AGENCY} AND {not_barred("person_id")})"""
_TABLE = "accountability_datacomplaint"


def _instead(theirs: str) -> list[str]:
    return [
        f"DROP POLICY sight ON {_TABLE}",
        f"CREATE POLICY sight ON {_TABLE} FOR SELECT USING ({theirs} OR {_ANSWERS})",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accountability", "0001_breaches_and_complaints"),
        ("sharing", "0026_parted_own_page"),
    ]

    operations = [
        migrations.RunSQL(
            _instead(own_page_since("person_id", "written_at")), _instead(own_page("person_id"))
        ),
    ]
