"""Whose word is heard, who bears a number and who shares a key are one question to the database."""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application, setting

CANDIDATES = f"""
DROP FUNCTION find_candidates(bigint[], bigint, integer, integer);
DROP FUNCTION find_by_number(text[], text[]);
CREATE FUNCTION find_candidates(
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
            SELECT i.person, i.mark FROM linkage_findkey i WHERE i.key = k.key LIMIT of_each
        ) f
        GROUP BY f.person, f.mark
        ORDER BY count(*) + bit_count((f.mark & asked)::bit(64)) DESC, f.person LIMIT in_all
    ) c JOIN linkage_findprofile p ON p.person = c.person;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0019_first_load_straight"),
        ("sharing", "0016_entered_in_one"),
    ]
    operations = [
        migrations.RunSQL(
            [
                CANDIDATES,
                for_the_application(
                    ["find_candidates(bigint[], bigint, text[], integer, integer)"]
                ),
            ],
            migrations.RunSQL.noop,
        ),
    ]
