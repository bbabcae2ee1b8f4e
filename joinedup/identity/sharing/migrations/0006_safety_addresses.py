"""What follows when an address is set apart for safety: rooms above hear of it and drop their copies."""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application

MAKE = """
-- The find index is kept above sharing: linkage puts its own body in the place of this one.
CREATE FUNCTION people_addresses_changed(of_persons uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS ''
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_wall_around_people")]
    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION people_addresses_changed(uuid[])"),
        migrations.RunSQL(
            for_the_application(["people_addresses_changed(uuid[])", "wall_identifiers(uuid)"]),
            migrations.RunSQL.noop,
        ),
    ]
