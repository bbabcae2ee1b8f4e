"""A first load goes straight into its tables: keys, indexes and row security stand again before it can commit."""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application

# Straight from files, for COPY is refused where row security stands. From here to its end the
# transaction holds the tables alone, and the guard keeps it from committing before all is put back.
FUNCTIONS = """
CREATE FUNCTION linkage_first_load_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_temp.linkage_put_back) THEN
        RAISE EXCEPTION 'a first load was begun and not finished';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION linkage_first_load_tables() RETURNS regclass[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT ARRAY['people_person', 'people_record', 'people_household', 'people_householdmember',
        'linkage_possiblelink']::regclass[]
$$;

CREATE OR REPLACE FUNCTION linkage_first_load_begin() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '3s' AS $$
DECLARE
    loaded CONSTANT regclass[] := linkage_first_load_tables();
    straight CONSTANT regclass[] := ARRAY['people_person', 'people_record']::regclass[];
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
    CREATE CONSTRAINT TRIGGER all_put_back AFTER INSERT ON linkage_put_back
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linkage_first_load_guard();
    FOR made IN
        SELECT 1 AS place, format('DROP INDEX %s', i.indexrelid::regclass) AS away,
            pg_get_indexdef(i.indexrelid) AS back
        FROM pg_index i WHERE i.indrelid = ANY (straight)
            AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        UNION ALL
        SELECT 2, format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', s),
            format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', s)
        FROM unnest(straight) s
        UNION ALL
        SELECT 3, format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
                pg_get_constraintdef(c.oid))
        FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conrelid = ANY (loaded) AND c.confrelid = ANY (loaded)
        ORDER BY place DESC
    LOOP
        EXECUTE made.away;
        INSERT INTO pg_temp.linkage_put_back VALUES (made.place, made.back);
    END LOOP;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    -- Somebody is reading: what was done here is undone, and the load goes the slow way.
    RETURN false;
END
$$;

CREATE FUNCTION linkage_first_load_put_back(up_to integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public SET maintenance_work_mem = '256MB' AS $$
DECLARE
    made record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('pg_temp.linkage_put_back')
                   AND pg_get_userbyid(relowner) = current_user) THEN
        RAISE EXCEPTION 'no first load was begun';
    END IF;
    -- A table that has a check waiting cannot be altered. The guard's own check waits on.
    EXECUTE (SELECT format('SET CONSTRAINTS %s IMMEDIATE', string_agg(format('%I', c.conname), ', '))
        FROM pg_constraint c
        WHERE c.condeferrable AND c.conrelid = ANY (linkage_first_load_tables()));
    FOR made IN
        SELECT statement FROM pg_temp.linkage_put_back WHERE place <= up_to ORDER BY place, statement
    LOOP
        EXECUTE made.statement;
    END LOOP;
    DELETE FROM pg_temp.linkage_put_back WHERE place <= up_to;
END
$$;

CREATE FUNCTION linkage_first_load_ready() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM linkage_first_load_put_back(2);
    SET CONSTRAINTS ALL DEFERRED;
    ANALYZE people_person;
    ANALYZE people_record;
END
$$;

CREATE OR REPLACE FUNCTION linkage_first_load_finish() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM linkage_first_load_put_back(3);
    SET CONSTRAINTS ALL IMMEDIATE;
    DROP TABLE pg_temp.linkage_put_back;
    SET CONSTRAINTS ALL DEFERRED;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0018_find_index_beside")]
    operations = [
        migrations.RunSQL(
            [FUNCTIONS, for_the_application(["linkage_first_load_ready()"])], migrations.RunSQL.noop
        ),
    ]
