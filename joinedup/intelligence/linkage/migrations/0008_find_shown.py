"""What is shown of people found, one row each; it reads with the rights of whoever calls it."""

from django.db import migrations

MAKE = """
CREATE FUNCTION find_shown(people uuid[], speaks_first text[])
RETURNS TABLE (
    person uuid, name text, born_on date, sex text, address text, postcode text, nhs_number text,
    died_on date
)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT r.person_id,
        coalesce(
            (array_agg(r.given_name || ' ' || r.family_name ORDER BY f.place, r.id)
                FILTER (WHERE r.given_name <> '' AND r.family_name <> ''))[1],
            (array_agg(btrim(r.given_name || ' ' || r.family_name) ORDER BY f.place, r.id))[1]),
        (array_agg(r.born_on ORDER BY f.place, r.id) FILTER (WHERE r.born_on IS NOT NULL))[1],
        (array_agg(r.sex ORDER BY f.place, r.id) FILTER (WHERE r.sex <> ''))[1],
        (array_agg(r.address ORDER BY f.place, r.id) FILTER (WHERE r.address <> ''))[1],
        (array_agg(r.postcode ORDER BY f.place, r.id) FILTER (WHERE r.address <> ''))[1],
        (array_agg(r.nhs_number ORDER BY f.place, r.id) FILTER (WHERE r.nhs_number <> ''))[1],
        p.died_on
    FROM people_record r
    JOIN people_person p ON p.id = r.person_id
    CROSS JOIN LATERAL (SELECT array_position(speaks_first, r.agency_id::text) AS place) f
    WHERE r.person_id = ANY (people) AND r.gone_on IS NULL
    GROUP BY r.person_id, p.died_on;
END
$$;
REVOKE EXECUTE ON FUNCTION find_shown FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION find_shown TO joinedup_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0007_earlier_links")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION find_shown(uuid[], text[])")]
