"""A no is read by those who must obey it, bars are set by managers, a released address is seen, codes run out."""

from django.db import migrations, models

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.gateways import NEVER_TOLD
from joinedup.identity.sharing.wall import (
    AGENCY,
    NOW,
    POST,
    may,
    not_barred,
    own_page,
    sees,
    setting,
)

ALL_CATEGORIES = ", ".join(f"'{each.value}'" for each in Category)
TEAM = setting("team", "bigint")
SAFE = "SET search_path = pg_catalog, public, pg_temp"

# A code that nobody has used in a fortnight is a card that lies about; one in use ends after a season.
ENTER_PERSON = f"""
CREATE OR REPLACE FUNCTION wall_enter_person(own_access uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    at timestamptz := joinedup_now();
    same uuid[];
    withheld text[];
BEGIN
    PERFORM wall_leave();
    SELECT wall_identifiers(o.person_id) INTO same FROM sharing_ownaccess o
    WHERE o.id = own_access AND o.revoked_at IS NULL AND o.handed_over_at <= at
      AND coalesce(o.opened_last_at + interval '90 days', o.handed_over_at + interval '14 days') > at;
    IF same IS NULL THEN
        RETURN false;
    END IF;
    -- Coercion: whose very name tells something is not shown to whoever holds the phone (P39).
    SELECT array_agg(holder || ':' || category) INTO withheld FROM (
        SELECT b.holder_id AS holder, unnest(
            CASE WHEN cardinality(b.categories) = 0 THEN ARRAY[{ALL_CATEGORIES}]
                 ELSE b.categories::text[] END) AS category
        FROM sharing_restriction b
        WHERE b.kind = 'holder_withholds' AND b.person_id = ANY (same)
          AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at)
        UNION SELECT a.code, unnest(ARRAY[{ALL_CATEGORIES}]) FROM agencies_agency a
        WHERE a.name_reveals
    ) shut;
    PERFORM set_config('joinedup.at', at::text, true);
    PERFORM set_config('joinedup.person', same::text, true);
    PERFORM set_config('joinedup.own_page', r.own_mask::text, true)
    FROM sharing_rolereach r WHERE r.role = 'own_page';
    PERFORM set_config('joinedup.withheld', coalesce(withheld::text, ''), true);
    RETURN true;
END
$$
"""

_NAMES = ", ".join(f"'{each.value}'" for each in sorted(NEVER_TOLD))
# Whoever wrote it down reads what they wrote. A yes that stands is for all it is between. A no is for
# the holder, who must obey it, and not where it would tell of a refuge or a clinic (P8): it says to
# whom the person would rather not be known.
_REVEALS = f"""EXISTS (SELECT FROM agencies_agency a WHERE a.name_reveals AND a.code <> {AGENCY}
    AND a.code IN (sharing_consent.agency_id, sharing_consent.holder_id, sharing_consent.recipient_id))"""
_WORD = f"""{may("record_consent")} AND {not_barred("person_id")} AND (agency_id = {AGENCY}
    OR ({AGENCY} IN (holder_id, recipient_id) AND state = 'given' AND withdrawn_at IS NULL)
    OR (holder_id = {AGENCY} AND NOT (categories::text[] && ARRAY[{_NAMES}]::text[]) AND NOT {_REVEALS}))"""
_OWN_CODES = f"({may('record_consent')} AND agency_id = {AGENCY})"
_OWN_IDENTITY = (
    f"coalesce({setting('own_mask', 'bigint')}, 0) & {Category.IDENTITY.bit} <> 0"
)
# Managers of a holder keep a post away, and a post itself that declares how near it is.
_BARS = f"(kind <> 'barred_post' OR barred_id = {POST} OR {may('bar_posts')})"
_RESTRICTS = f"holder_id = {AGENCY} AND {_OWN_IDENTITY} AND {_BARS}"
_RELEASES = f"holder_id = {AGENCY} AND {may('release_restricted')}"
_RELEASED = f"""(SELECT true FROM sharing_addressrelease a
    WHERE a.person_id = ANY (wall_identifiers(sharing_restrictedaddress.person_id))
      AND a.holder_id = sharing_restrictedaddress.holder_id AND a.asked_by_id = {POST}
      AND a.second_at IS NOT NULL AND a.refused_at IS NULL AND NOT a.relayed
      AND a.second_at <= {NOW} AND a.ends_at > {NOW} LIMIT 1)"""
_INVOLVEMENT = sees(
    person="sharing_involvement.person_id",
    holder="sharing_involvement.agency_id",
    category=Category.INVOLVEMENT,
    level=Level.HEADLINE,
)
# A sensitive team is told of in that team alone, and not to the person where somebody may stand beside.
_OF_WHICH_TEAM = f"""(SELECT (NOT t.is_sensitive OR t.id = coalesce({TEAM}, 0))
        AND (sharing_involvement.agency_id = coalesce({AGENCY}, '') OR NOT a.name_reveals)
    FROM agencies_team t JOIN agencies_agency a ON a.code = t.agency_id
    WHERE t.id = sharing_involvement.team_id)"""

POLICIES = [
    f"ALTER POLICY sight ON sharing_consent USING (({_WORD}) OR {own_page('person_id')})",
    f"ALTER POLICY sight ON sharing_ownaccess USING ({_OWN_CODES} OR {own_page('person_id')})",
    f"""ALTER POLICY written ON sharing_restriction WITH CHECK ({_RESTRICTS})""",
    f"""ALTER POLICY written_anew ON sharing_restriction
        USING ({_RESTRICTS} AND {not_barred("person_id")})
        WITH CHECK ({_RESTRICTS} AND {not_barred("person_id")})""",
    f"ALTER POLICY sight ON sharing_involvement USING ({_INVOLVEMENT} AND {_OF_WHICH_TEAM})",
    f"""ALTER POLICY sight ON sharing_restrictedaddress
        USING ({not_barred("person_id")} AND (({_RELEASES}) OR {_RELEASED}))""",
]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_matters")]
    operations = [
        migrations.AddField(
            model_name="ownaccess",
            name="opened_before_at",
            field=models.DateTimeField(
                blank=True,
                help_text="The opening before the last: by it a person sees that somebody else was there.",
                null=True,
            ),
        ),
        migrations.RunSQL(ENTER_PERSON, migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
    ]
