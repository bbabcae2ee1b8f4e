"""What changed lately in the find index lies in a small table beside the large one; a search looks in both."""

from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, protect, setting

# Of a key, what the small table says of somebody stands in place of what the large one says. Those whom
# the large one leads to come first, as they did when they were changed where they stood.
CANDIDATES = f"""
CREATE OR REPLACE FUNCTION find_candidates(
    keys bigint[], asked bigint, numbers text[], of_each integer, in_all integer
) RETURNS TABLE (person uuid, profile text, by_number boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    heard text[] := wall_identity_holders();
    everybody boolean := {setting("system")} IS NOT NULL;
BEGIN
    -- First, beside nobody, the agencies whose word the viewer hears.
    profile := array_to_string(heard, ',');
    RETURN NEXT;
    -- By the numbers of those alone; by anybody's for the system.
    IF cardinality(numbers) > 0 THEN
        RETURN QUERY
        SELECT DISTINCT p.person, p.profile, true
        FROM agencies_agency a
        JOIN people_record r ON r.agency_id = a.code AND r.record_id = ANY (numbers)
        JOIN linkage_findprofile p ON p.person = r.person_id
        WHERE r.gone_on IS NULL AND (everybody OR a.code = ANY (heard)) LIMIT 20;
    END IF;
    -- Every key gives its first people only; of all these, those most like the question are read:
    -- a point for each key that leads to them and for each bit their mark has in common with it.
    RETURN QUERY
    SELECT c.person, p.profile, false FROM (
        SELECT f.person FROM unnest(keys) AS k(key)
        CROSS JOIN LATERAL (
            SELECT array_agg(l.person) AS people FROM linkage_findlately l WHERE l.key = k.key
        ) lately
        CROSS JOIN LATERAL (
            (SELECT i.person, i.mark FROM linkage_findkey i
                WHERE i.key = k.key AND (lately.people IS NULL OR i.person <> ALL (lately.people))
                LIMIT of_each)
            UNION ALL
            (SELECT l.person, l.mark FROM linkage_findlately l
                WHERE lately.people IS NOT NULL AND l.key = k.key AND l.mark IS NOT NULL)
            LIMIT of_each
        ) f
        GROUP BY f.person, f.mark
        ORDER BY count(*) + bit_count((f.mark & asked)::bit(64)) DESC, f.person LIMIT in_all
    ) c JOIN linkage_findprofile p ON p.person = c.person;
END
$$;
"""

ADDRESSES = """
CREATE OR REPLACE FUNCTION people_addresses_changed(of_persons uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM linkage_findlately WHERE person = ANY (of_persons);
    DELETE FROM linkage_findkey WHERE person = ANY (of_persons);
    DELETE FROM linkage_findprofile WHERE person = ANY (of_persons);
$$;
"""

# What stood beside the table that goes says nothing of the one that comes in its place.
TAKE = """
CREATE OR REPLACE FUNCTION find_index_take() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DROP TABLE linkage_findkey, linkage_findprofile;
    DELETE FROM linkage_findlately;
    ALTER TABLE linkage_findkey_next RENAME TO linkage_findkey;
    ALTER TABLE linkage_findprofile_next RENAME TO linkage_findprofile;
    ALTER INDEX find_key_next RENAME TO find_key;
    ALTER TABLE linkage_findprofile
        RENAME CONSTRAINT linkage_findprofile_next_pkey TO linkage_findprofile_pkey;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0022_first_load_frozen")]
    operations = [
        migrations.CreateModel(
            name="FindLately",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "person", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("person", models.UUIDField()),
                (
                    "mark",
                    models.BigIntegerField(
                        help_text="As in the large table; none where the key leads to them no more.",
                        null=True,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(protect("linkage_findlately"), lay_open("linkage_findlately")),
        migrations.RunSQL([CANDIDATES, ADDRESSES, TAKE], migrations.RunSQL.noop),
    ]
