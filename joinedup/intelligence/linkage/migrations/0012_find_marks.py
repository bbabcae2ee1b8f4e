"""Marks in the find index, by which a search reads only the few most like the question, and holders.

An index of before is made anew by the next night, which cannot read its profiles.
"""

from django.db import migrations, models

TABLES = """
ALTER TABLE linkage_findkey ADD COLUMN mark bigint NOT NULL DEFAULT 0;
ALTER TABLE linkage_findkey ALTER COLUMN mark DROP DEFAULT;
"""

FUNCTIONS = """
DROP FUNCTION find_candidates(bigint[], integer, integer);
CREATE FUNCTION find_candidates(keys bigint[], asked bigint, of_each integer, in_all integer)
RETURNS TABLE (person uuid, profile text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    -- Every key gives its first people only; of all these, those most like the question are read:
    -- a point for each key that leads to them and for each bit their mark has in common with it.
    RETURN QUERY
    SELECT c.person, p.profile FROM (
        SELECT f.person FROM unnest(keys) AS k(key)
        CROSS JOIN LATERAL (
            SELECT i.person, i.mark FROM linkage_findkey i WHERE i.key = k.key LIMIT of_each
        ) f
        GROUP BY f.person, f.mark
        ORDER BY count(*) + bit_count((f.mark & asked)::bit(64)) DESC, f.person LIMIT in_all
    ) c JOIN linkage_findprofile p ON p.person = c.person;
END
$$;

DROP FUNCTION find_by_number(text[]);
CREATE FUNCTION find_by_number(numbers text[], holders text[])
RETURNS TABLE (person uuid, profile text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off AS $$
BEGIN
    -- Only by the numbers of those who may be asked; by anybody's where holders is null.
    RETURN QUERY
    SELECT DISTINCT p.person, p.profile
    FROM agencies_agency a
    JOIN people_record r ON r.agency_id = a.code AND r.record_id = ANY (numbers)
    JOIN linkage_findprofile p ON p.person = r.person_id
    WHERE r.gone_on IS NULL AND (holders IS NULL OR a.code = ANY (holders)) LIMIT 20;
END
$$;

CREATE OR REPLACE FUNCTION find_index_begin() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    CREATE TABLE linkage_findkey_next (key bigint NOT NULL, mark bigint NOT NULL, person uuid NOT NULL);
    CREATE TABLE linkage_findprofile_next (person uuid NOT NULL, profile text NOT NULL);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON linkage_findkey_next, linkage_findprofile_next
            TO joinedup_app;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_index_finish() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET maintenance_work_mem = '256MB' AS $$
DECLARE
    closed boolean := (
        SELECT relrowsecurity FROM pg_class WHERE oid = 'linkage_findkey'::regclass
    );
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
    -- What was closed stays closed: to all but the night, which acts as the system.
    IF closed THEN
        ALTER TABLE linkage_findkey ENABLE ROW LEVEL SECURITY;
        ALTER TABLE linkage_findprofile ENABLE ROW LEVEL SECURITY;
        CREATE POLICY acts_as_system ON linkage_findkey
            USING ((SELECT nullif(current_setting('joinedup.system', true), '')) IS NOT NULL);
        CREATE POLICY acts_as_system ON linkage_findprofile
            USING ((SELECT nullif(current_setting('joinedup.system', true), '')) IS NOT NULL);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_shown(people uuid[])
RETURNS TABLE (
    person uuid, agency text, given_name text, family_name text, born_on date, sex text,
    address text, postcode text, nhs_number text, died_on date
)
LANGUAGE plpgsql STABLE SECURITY INVOKER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    -- People first: each is looked up once, not once for each record. Planned once, not at each call.
    RETURN QUERY
    SELECT p.id, r.agency_id::text, r.given_name, r.family_name, r.born_on, r.sex,
        r.address, r.postcode, r.nhs_number, p.died_on
    FROM people_person p JOIN people_record r ON r.person_id = p.id
    WHERE p.id = ANY (people) AND r.gone_on IS NULL;
END
$$;

DO $$
BEGIN
    REVOKE EXECUTE ON FUNCTION find_candidates, find_by_number FROM PUBLIC;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION find_candidates, find_by_number TO joinedup_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0011_delivery_of_a_population")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES)],
            state_operations=[
                migrations.AddField(
                    "findkey", "mark", models.BigIntegerField(), preserve_default=False
                )
            ],
        ),
        migrations.RunSQL(FUNCTIONS),
    ]
