"""The system's policy is judged before all others, which look up each row: it takes the last name for that."""

from django.db import migrations

RENAME = """
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT polrelid::regclass AS of FROM pg_policy WHERE polname = 'acts_as_system' LOOP
        EXECUTE format('ALTER POLICY acts_as_system ON %s RENAME TO zz_acts_as_system', one.of);
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0015_first_load"), ("sharing", "0006_safety_addresses")]
    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
