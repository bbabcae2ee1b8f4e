"""Parts in matters are looked up through a view that is judged once, as sight is."""

from django.db import migrations

from joinedup.identity.sharing.wall import OWN_PARTS, WALL_PART, parts_by_view

_FOR_THE_APPLICATION = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE ALL ON wall_part FROM joinedup_app;
        GRANT SELECT ON wall_part TO joinedup_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0022_agreement_how_often")]
    operations = [
        migrations.RunSQL(
            [
                f"ALTER POLICY sight ON sharing_part USING ({OWN_PARTS})",
                WALL_PART, _FOR_THE_APPLICATION, parts_by_view("sharing"),
            ],
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
