"""Whose word is heard of an identity is said on entering; what agencies see of each other is written as it is read."""

from django.db import migrations

from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.wall import setting

SAFE = "SET search_path = pg_catalog, public, pg_temp"
_IDENTITY = Category.IDENTITY.bit

ENTER = f"""
CREATE OR REPLACE FUNCTION wall_leave() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
    PERFORM set_config('joinedup.' || name, '', true) FROM unnest(ARRAY[
        'system', 'post', 'team', 'agency', 'kind', 'role', 'permissions', 'own_mask', 'carries', 'purpose',
        'recipients', 'barred', 'at', 'sight_headline', 'sight_summary', 'sight_detail', 'person',
        'own_page', 'withheld', 'hidden_teams', 'teams_keep', 'heard']) AS name;
END
$$;

CREATE OR REPLACE FUNCTION wall_enter(of_post uuid, for_purpose text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    at timestamptz := joinedup_now();
    day date := (at AT TIME ZONE 'Europe/London')::date;
    held record;
    heard text[];
BEGIN
    SELECT p.id, p.team_id, p.role, a.code, a.kind, r.permissions, who.purpose, sight.*, hidden.*,
        -- A pub refers and sees nobody; and whom a risk model finds is found without names.
        CASE WHEN who.sees_nobody THEN 0 ELSE r.own_mask END AS own_mask,
        CASE WHEN who.sees_nobody THEN 0 ELSE r.carries END AS carries,
        (SELECT array_agg(DISTINCT same)
         FROM sharing_restriction b, unnest(wall_identifiers(b.person_id)) same
         WHERE b.kind = 'barred_post' AND b.barred_id = of_post
           AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at)) AS barred
    INTO held
    FROM agencies_post p
    JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    JOIN agencies_team t ON t.id = p.team_id
    JOIN agencies_agency a ON a.code = t.agency_id
    JOIN sharing_rolereach r ON r.role = p.role
        AND (cardinality(r.purposes) = 0 OR for_purpose = ANY (r.purposes))
    CROSS JOIN LATERAL (
        SELECT CASE WHEN cardinality(r.purposes) = 0 THEN '' ELSE for_purpose END AS purpose,
            a.kind = 'licensed_premises' OR (cardinality(r.purposes) > 0
                AND for_purpose IN ('casefinding', 'commissioning', 'evaluation')) AS sees_nobody
    ) who
    CROSS JOIN LATERAL (
        SELECT json_object_agg(s.holder_id, s.headline)::text AS headline,
            json_object_agg(s.holder_id, s.summary)::text AS summary,
            json_object_agg(s.holder_id, s.detail)::text AS detail,
            array_agg(s.holder_id::text) FILTER (WHERE s.summary & {_IDENTITY} <> 0) AS heard
        FROM sharing_agencysight s
        WHERE s.recipient_id = a.code AND s.purpose = who.purpose
          AND s.starts_at <= at AND s.ends_at > at
    ) sight
    CROSS JOIN LATERAL (
        SELECT wall_hidden_teams(p.team_id, a.code) AS teams, EXISTS (
            SELECT FROM agencies_team o
            WHERE o.agency_id = a.code AND o.is_sensitive AND o.id <> p.team_id) AS keep
    ) hidden
    WHERE p.id = of_post AND p.starts_on <= day AND (p.ends_on IS NULL OR p.ends_on > day);
    IF NOT FOUND THEN
        PERFORM wall_leave();
        RETURN false;
    END IF;
    heard := coalesce(held.heard, '{{}}');
    IF held.own_mask & {_IDENTITY} <> 0 AND held.code <> ALL (heard) THEN
        heard := heard || held.code::text;
    END IF;
    PERFORM set_config('joinedup.system', '', true),
        set_config('joinedup.person', '', true),
        set_config('joinedup.own_page', '', true),
        set_config('joinedup.withheld', '', true),
        set_config('joinedup.sight_headline', coalesce(held.headline, ''), true),
        set_config('joinedup.sight_summary', coalesce(held.summary, ''), true),
        set_config('joinedup.sight_detail', coalesce(held.detail, ''), true),
        set_config('joinedup.at', at::text, true),
        set_config('joinedup.post', held.id::text, true),
        set_config('joinedup.team', held.team_id::text, true),
        set_config('joinedup.agency', held.code, true),
        set_config('joinedup.kind', held.kind, true),
        set_config('joinedup.role', held.role, true),
        set_config('joinedup.permissions', held.permissions, true),
        set_config('joinedup.own_mask', held.own_mask::text, true),
        set_config('joinedup.carries', held.carries::text, true),
        set_config('joinedup.purpose', held.purpose, true),
        set_config('joinedup.recipients', ARRAY[
            'post:' || held.id, 'team:' || held.team_id, 'agency:' || held.code]::text, true),
        set_config('joinedup.hidden_teams', held.teams, true),
        set_config('joinedup.teams_keep', held.keep::text, true),
        set_config('joinedup.heard', heard::text, true),
        set_config('joinedup.barred', coalesce(held.barred::text, ''), true);
    RETURN true;
END
$$;
"""

# In one expression, which a statement takes into itself: nobody's where nobody is entered, or the system.
HOLDERS = f"""
CREATE OR REPLACE FUNCTION wall_identity_holders() RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce({setting("heard", "text[]")}, '{{}}')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0020_functions_keep_plans")]
    operations = [
        migrations.RunSQL([ENTER, HOLDERS], migrations.RunSQL.noop),
    ]
