"""A team's one locality becomes the first of the places it serves, from the day the locality began."""

from django.db import migrations

CARRY = """
INSERT INTO agencies_teamarea (team_id, locality_id, whole_place, starts_on)
SELECT team.id, team.locality_id, false, locality.starts_on
FROM agencies_team AS team JOIN places_locality AS locality ON locality.code = team.locality_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_posts_and_where_teams_serve")]
    operations = [
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="team", name="locality"),
    ]
