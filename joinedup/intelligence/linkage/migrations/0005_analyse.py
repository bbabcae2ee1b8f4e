"""Lets the night tell the planner what it has just loaded: only owners may, and the night owns nothing."""

from django.db import migrations

MAKE = """
CREATE FUNCTION linkage_analyse() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    loaded text;
BEGIN
    FOR loaded IN
        SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'public' AND (tablename LIKE 'people\\_%' OR tablename LIKE 'linkage\\_%')
    LOOP
        EXECUTE 'ANALYZE ' || loaded;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION linkage_analyse() FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION linkage_analyse() TO joinedup_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0004_second_opinion")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION linkage_analyse()")]
