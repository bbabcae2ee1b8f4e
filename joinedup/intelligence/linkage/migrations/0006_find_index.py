"""The find index: two tables, and the functions that search them and make them anew.

Searching goes through functions of the owner that return identifiers: text search is not leakproof, so
under row security an index on names would be passed over. The tables are made anew beside the old ones
and put in their place at the end, so that people are found while the night is at work.
"""

from django.db import migrations, models

TABLES = """
CREATE TABLE linkage_findkey (key bigint NOT NULL, person uuid NOT NULL);
CREATE TABLE linkage_findprofile (person uuid NOT NULL PRIMARY KEY, profile text NOT NULL);
CREATE INDEX find_key ON linkage_findkey (key);
"""

DROP_TABLES = "DROP TABLE linkage_findkey, linkage_findprofile;"

FUNCTIONS = """
CREATE FUNCTION find_candidates(keys bigint[], of_each integer, in_all integer)
RETURNS TABLE (person uuid, profile text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    -- Every key gives its first people only; whoever is under most keys comes first.
    RETURN QUERY
    SELECT c.person, p.profile FROM (
        SELECT f.person, count(*) AS hits
        FROM unnest(keys) AS k(key)
        CROSS JOIN LATERAL (
            SELECT i.person FROM linkage_findkey i WHERE i.key = k.key LIMIT of_each
        ) f
        GROUP BY f.person ORDER BY hits DESC, f.person LIMIT in_all
    ) c JOIN linkage_findprofile p ON p.person = c.person;
END
$$;

CREATE FUNCTION find_by_number(numbers text[])
RETURNS TABLE (person uuid, profile text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT p.person, p.profile
    FROM agencies_agency a
    JOIN people_record r ON r.agency_id = a.code AND r.record_id = ANY (numbers)
    JOIN linkage_findprofile p ON p.person = r.person_id
    WHERE r.gone_on IS NULL LIMIT 20;
END
$$;

CREATE FUNCTION find_index_begin() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    CREATE TABLE linkage_findkey_next (key bigint NOT NULL, person uuid NOT NULL);
    CREATE TABLE linkage_findprofile_next (person uuid NOT NULL, profile text NOT NULL);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON linkage_findkey_next, linkage_findprofile_next
            TO joinedup_app;
    END IF;
END
$$;

CREATE FUNCTION find_index_finish() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET maintenance_work_mem = '256MB' AS $$
BEGIN
    CREATE INDEX find_key_next ON linkage_findkey_next (key);
    ALTER TABLE linkage_findprofile_next
        ADD CONSTRAINT linkage_findprofile_next_pkey PRIMARY KEY (person);
    ANALYZE linkage_findkey_next;
    ANALYZE linkage_findprofile_next;
    DROP TABLE linkage_findkey, linkage_findprofile;
    ALTER TABLE linkage_findkey_next RENAME TO linkage_findkey;
    ALTER TABLE linkage_findprofile_next RENAME TO linkage_findprofile;
    ALTER INDEX find_key_next RENAME TO find_key;
    ALTER TABLE linkage_findprofile
        RENAME CONSTRAINT linkage_findprofile_next_pkey TO linkage_findprofile_pkey;
END
$$;

DO $$
BEGIN
    REVOKE EXECUTE ON FUNCTION find_candidates, find_by_number, find_index_begin, find_index_finish
        FROM PUBLIC;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION
            find_candidates, find_by_number, find_index_begin, find_index_finish TO joinedup_app;
    END IF;
END
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION find_candidates;
DROP FUNCTION find_by_number;
DROP FUNCTION find_index_begin;
DROP FUNCTION find_index_finish;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0005_analyse")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES, DROP_TABLES)],
            state_operations=[
                migrations.CreateModel(
                    name="FindKey",
                    fields=[
                        ("pk", models.CompositePrimaryKey("key", "person", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("key", models.BigIntegerField()),
                        ("person", models.UUIDField()),
                    ],
                    options={"indexes": [models.Index(fields=["key"], name="find_key")]},
                ),
                migrations.CreateModel(
                    name="FindProfile",
                    fields=[
                        ("person", models.UUIDField(primary_key=True, serialize=False)),
                        ("profile", models.TextField()),
                    ],
                ),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]
