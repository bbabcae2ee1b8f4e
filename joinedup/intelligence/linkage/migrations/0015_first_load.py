"""The first load of an empty spine: keys are checked at once, not row by row.

Indexes stay: row security looks things up through them while the load goes on.

Only owners may alter tables, and the night owns nothing, so two functions of the owner do it. They change
nothing once anybody is there. What was taken away is put back in the same transaction, from a table that
the caller cannot write: a load that is killed leaves all as it was.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION linkage_first_load_begin() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '3s' AS $$
DECLARE
    loaded CONSTANT regclass[] := ARRAY['people_person', 'people_record', 'people_household',
        'people_householdmember', 'linkage_possiblelink']::regclass[];
    one regclass;
    filled boolean;
    made record;
BEGIN
    FOREACH one IN ARRAY loaded LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO filled;
        IF filled THEN
            RETURN false;
        END IF;
    END LOOP;
    CREATE TEMPORARY TABLE linkage_put_back (place integer, statement text) ON COMMIT DROP;
    FOR made IN
        SELECT 3 AS place, c.conrelid::regclass AS of, c.conname AS name, pg_get_constraintdef(c.oid) AS said
        FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conrelid = ANY (loaded) AND c.confrelid = ANY (loaded)
        ORDER BY place DESC
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', made.of, made.name);
        INSERT INTO pg_temp.linkage_put_back VALUES (made.place,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', made.of, made.name, made.said));
    END LOOP;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    -- Somebody is reading: what was done here is undone, and the load goes the slow way.
    RETURN false;
END
$$;

CREATE FUNCTION linkage_first_load_finish() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET maintenance_work_mem = '256MB' AS $$
DECLARE
    made record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('pg_temp.linkage_put_back')
                   AND pg_get_userbyid(relowner) = current_user) THEN
        RAISE EXCEPTION 'no first load was begun';
    END IF;
    -- A table that has a check waiting cannot be altered.
    SET CONSTRAINTS ALL IMMEDIATE;
    FOR made IN SELECT statement FROM pg_temp.linkage_put_back ORDER BY place, statement LOOP
        EXECUTE made.statement;
    END LOOP;
    DROP TABLE pg_temp.linkage_put_back;
    SET CONSTRAINTS ALL DEFERRED;
END
$$;

DO $$
BEGIN
    REVOKE ALL ON FUNCTION linkage_first_load_begin, linkage_first_load_finish FROM PUBLIC;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION linkage_first_load_begin, linkage_first_load_finish TO joinedup_app;
    END IF;
END
$$;
"""

DROP = "DROP FUNCTION linkage_first_load_begin; DROP FUNCTION linkage_first_load_finish;"


class Migration(migrations.Migration):
    dependencies = [("linkage", "0014_safety_addresses")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
