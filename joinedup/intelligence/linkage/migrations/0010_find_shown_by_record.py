"""What is shown of people found, a row for each record: choosing among them is quicker outside."""

from django.db import migrations

MAKE = """
DROP FUNCTION find_shown(uuid[], text[]);
CREATE FUNCTION find_shown(people uuid[])
RETURNS TABLE (
    person uuid, agency text, given_name text, family_name text, born_on date, sex text,
    address text, postcode text, nhs_number text, died_on date
)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT r.person_id, r.agency_id::text, r.given_name, r.family_name, r.born_on, r.sex,
        r.address, r.postcode, r.nhs_number, p.died_on
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.person_id = ANY (people) AND r.gone_on IS NULL;
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

UNMAKE = """
DROP FUNCTION find_shown(uuid[]);
CREATE FUNCTION find_shown(people uuid[], speaks_first text[]) RETURNS void
LANGUAGE sql AS '';
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0009_same_contents_again")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
