"""A look leaves its line for each person that it told of, whoever looked and however small their part."""

from django.db import migrations, models

from joinedup.identity.sharing.wall import for_the_application

_SHARED = (
    "at", "post_id", "agency", "team", "role", "act", "outcome", "subject_kind", "holder",
    "categories", "basis", "purpose", "no_involvement", "same_name", "same_address", "detail",
)  # fmt: skip

# It answers nothing: whom a matter is about is read past the wall, and goes into the audit alone. Where
# somebody is told of twice, it is one look, and is kept from them if either is. `lined` are matters of
# whose people the same page left its lines already: they count for what is kept, and get no second line.
LOOK = f"""
CREATE FUNCTION wall_look(line jsonb, subject text, people uuid[], matters uuid[], lined uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO audit_entry ({", ".join(_SHARED)}, id, subject_id, person_id, words, traceless)
    SELECT {", ".join(f"said.{name}" for name in _SHARED)},
           gen_random_uuid(), subject, whom.person_id, '', said.traceless OR coalesce(whom.kept, false)
    FROM jsonb_populate_record(NULL::audit_entry, line) AS said
    LEFT JOIN (
        SELECT told.person_id, bool_or(told.kept) AS kept
        FROM (
            SELECT unnest(people) AS person_id, false AS kept, false AS lined
            UNION ALL
            SELECT about.person_id, m.leaves_no_trace, about.matter_id = ANY (lined)
            FROM sharing_matterperson about JOIN sharing_matter m ON m.id = about.matter_id
            WHERE about.matter_id = ANY (matters || lined)
        ) told
        GROUP BY told.person_id
        HAVING NOT bool_or(told.lined)
    ) whom ON true
    WHERE whom.person_id IS NOT NULL OR cardinality(lined) = 0;
END
$$
"""
SIGNATURE = "wall_look(jsonb, text, uuid[], uuid[], uuid[])"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0023_parts_at_once"), ("audit", "0006_looks_kept_back")]
    operations = [
        migrations.AddField(
            model_name='matter',
            name='leaves_no_trace',
            field=models.BooleanField(default=False, help_text='Whom it is about is not told of looks at it, without a gap (P14).'),
        ),
        migrations.RunSQL(
            "UPDATE sharing_matter SET leaves_no_trace = true WHERE kind = 'exit'", migrations.RunSQL.noop
        ),
        migrations.RunSQL(LOOK, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunSQL(for_the_application([SIGNATURE]), migrations.RunSQL.noop),
    ]
