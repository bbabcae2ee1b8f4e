"""A change in a matter leaves its line for each person the matter is about."""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application

_SHARED = (
    "at", "post_id", "agency", "team", "role", "act", "outcome", "subject_kind", "holder",
    "categories", "basis", "purpose", "traceless", "no_involvement", "same_name", "same_address", "detail",
)  # fmt: skip

# As `wall_look`: it answers nothing. A matter about nobody known has one line without a person.
CHANGE = f"""
CREATE FUNCTION wall_change(line jsonb, matters uuid[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_entry ({", ".join(_SHARED)}, id, subject_id, person_id, words)
    SELECT {", ".join(f"said.{name}" for name in _SHARED)}, gen_random_uuid(), m.id::text, about.person_id, ''
    FROM jsonb_populate_record(NULL::audit_entry, line) AS said
    CROSS JOIN unnest(matters) AS m (id)
    LEFT JOIN sharing_matterperson about ON about.matter_id = m.id
$$
"""
SIGNATURE = "wall_change(jsonb, uuid[])"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0024_looks_at_all")]
    operations = [
        migrations.RunSQL(CHANGE, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunSQL(for_the_application([SIGNATURE]), migrations.RunSQL.noop),
    ]
