"""By whose record somebody lives in a household: whoever may not see that record is not told of it."""

import django.db.models.deletion
from django.db import migrations, models

SAY = """
UPDATE people_householdmember m SET holder_id = (
    SELECT r.agency_id FROM people_record r
    WHERE r.person_id = m.person_id AND r.gone_on IS NULL AND r.died_on IS NULL
      AND (r.address_key <> '' OR r.uprn <> '')
    ORDER BY r.updated_on DESC NULLS LAST, array_position(
        ARRAY['gp', 'adult_care', 'housing', 'children', 'fire', 'police'], r.agency_id::text), r.id
    LIMIT 1)
WHERE m.ends_on IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_team_locality_becomes_area"),
        ("people", "0006_holdings"),
    ]
    operations = [
        migrations.AddField(
            model_name="householdmember",
            name="holder",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to="agencies.agency",
            ),
        ),
        migrations.RunSQL(SAY, migrations.RunSQL.noop),
    ]
