"""What comes before a referral is in: files of a draft, and what the public types and sends.

Nobody is signed in there, so the wall lets nothing be read or written; these functions are the only
way, and each opens what its key names and no more.
"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import for_the_application, lay_open, protect

SAFE = "SET search_path = pg_catalog, public, pg_temp"
DIGEST = "encode(sha256(convert_to(of_key, 'UTF8')), 'hex')"
LONG_ENOUGH = "length(of_key) >= 16"

PUBLIC_DRAFT = f"""
CREATE FUNCTION frontdoor_public_draft(of_key text)
RETURNS TABLE (draft_id uuid, typed jsonb, numbered integer, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT d.id, d.draft, d.version, d.saved_at FROM frontdoor_draft d
    WHERE {LONG_ENOUGH} AND d.post_id IS NULL AND d.key_hash = {DIGEST}
$$
"""

KEEP_PUBLIC_DRAFT = f"""
CREATE FUNCTION frontdoor_keep_public_draft(of_key text, typed jsonb, was integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    numbered integer;
BEGIN
    IF NOT ({LONG_ENOUGH}) THEN
        RETURN 0;
    END IF;
    INSERT INTO frontdoor_draft AS d (id, key_hash, draft, version, begun_at, saved_at)
    VALUES (gen_random_uuid(), {DIGEST}, typed, 1, joinedup_now(), joinedup_now())
    ON CONFLICT (key_hash) WHERE key_hash <> '' DO UPDATE
        SET draft = excluded.draft, version = d.version + 1, saved_at = excluded.saved_at
        WHERE d.version = was AND d.post_id IS NULL
    RETURNING d.version INTO numbered;
    RETURN coalesce(numbered, 0);
END
$$
"""

TAKE_FROM_PUBLIC = f"""
CREATE FUNCTION frontdoor_take_from_public(sent_as uuid, came_by text, by_card text, typed jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER {SAFE} AS $$
    INSERT INTO frontdoor_arrival (submission_key, entry, card, draft, arrived_at)
    VALUES (sent_as, came_by, by_card, typed, joinedup_now())
    ON CONFLICT DO NOTHING
$$
"""

FUNCTIONS = (
    "frontdoor_public_draft(text)",
    "frontdoor_keep_public_draft(text, jsonb, integer)",
    "frontdoor_take_from_public(uuid, text, text, jsonb)",
)
_WAYS_IN = (
    "practitioner", "refer_only", "self", "friend", "anonymous", "venue_card", "step_down",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("frontdoor", "0001_referrals")]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "submission_key",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                (
                    "entry",
                    models.CharField(
                        choices=[(way, way.replace("_", " ").capitalize()) for way in _WAYS_IN],
                        max_length=40,
                    ),
                ),
                ("card", models.CharField(blank=True, default="", max_length=12)),
                ("draft", models.JSONField(default=dict)),
                ("arrived_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.matter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("matter__isnull", True)),
                        fields=["arrived_at"],
                        name="arrival_to_take_in",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entry__in", list(_WAYS_IN))),
                        name="arrival_entry_is_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="draft",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="frontdoor.draft",
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="sharing.matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("matter__isnull", False), ("draft__isnull", False), _connector="XOR"
                ),
                name="attachment_of_a_draft_or_a_matter",
            ),
        ),
        migrations.RunSQL(protect("frontdoor_arrival"), lay_open("frontdoor_arrival")),
        migrations.RunSQL(
            [PUBLIC_DRAFT, KEEP_PUBLIC_DRAFT, TAKE_FROM_PUBLIC],
            [f"DROP FUNCTION {function}" for function in FUNCTIONS],
        ),
        migrations.RunSQL(for_the_application(FUNCTIONS), migrations.RunSQL.noop),
    ]
