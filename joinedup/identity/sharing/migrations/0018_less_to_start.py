"""The same sight with less to start: what holds of all is said on entering, and no policy asks another."""

from django.db import migrations

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import (
    AGENCY,
    NOW,
    for_the_application,
    seen,
    setting,
)

SAFE = "SET search_path = pg_catalog, public, pg_temp"
_ALL_CATEGORIES = ", ".join(f"'{each.value}'" for each in Category)

# The time is read once, and whose rows count is judged on the few that a person has: the index is gone
# down once, and not once for each recipient. A rank is of one kind of recipient.
SIGHT = f"""
CREATE OR REPLACE VIEW wall_sight AS
SELECT v.person_id, v.holder_id, v.rank, v.headline, v.summary, v.detail
FROM sharing_visibility v
WHERE v.purpose = {setting("purpose")}
  AND v.recipient = CASE v.rank WHEN 1 THEN 'agency:' || {AGENCY}
      WHEN 2 THEN 'team:' || {setting("team")} WHEN 3 THEN 'post:' || {setting("post")} END
  AND tstzrange(v.starts_at, v.ends_at) @> (SELECT {NOW})
"""


def _identity(table: str, holder: str) -> str:
    whose = {"person": f"{table}.person_id", "holder": f"{table}.{holder}"}
    return seen(**whose, category=Category.IDENTITY, level=Level.SUMMARY)


# Identifiers alone, of what whoever is entered sees anyway: what hangs on a record or on a place in a
# home looks here, and is not judged by the policies of those tables in their turn.
VIEWS = f"""
CREATE VIEW wall_record AS
SELECT people_record.id, people_record.person_id FROM people_record
WHERE {_identity("people_record", "agency_id")};
CREATE VIEW wall_member AS
SELECT people_householdmember.household_id FROM people_householdmember
WHERE {_identity("people_householdmember", "holder_id")};
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE ALL ON wall_record, wall_member FROM joinedup_app;
        GRANT SELECT ON wall_record, wall_member TO joinedup_app;
    END IF;
END $$
"""

# Asked of their own agency's rows alone, and only where another team of it keeps something to itself.
KEPT = """
CREATE FUNCTION wall_keeps(holding uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.wall_kept_by_team kept WHERE kept.holding_id = holding);
END
$$
"""

ENTER = f"""
CREATE OR REPLACE FUNCTION wall_leave() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
    PERFORM set_config('joinedup.' || name, '', true) FROM unnest(ARRAY[
        'system', 'post', 'team', 'agency', 'kind', 'role', 'permissions', 'own_mask', 'carries', 'purpose',
        'recipients', 'barred', 'at', 'sight_headline', 'sight_summary', 'sight_detail', 'person',
        'own_page', 'withheld', 'hidden_teams', 'teams_keep']) AS name;
END
$$;

-- The teams whose part in somebody's life this team of this agency is not told of: sensitive ones, and
-- those of agencies whose name reveals. A person on their own page is of no team and no agency.
CREATE FUNCTION wall_hidden_teams(team bigint, agency text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT ',' || coalesce(string_agg(t.id || ',', ''), '')
    FROM agencies_team t JOIN agencies_agency a ON a.code = t.agency_id
    WHERE (t.is_sensitive AND t.id <> coalesce(team, 0))
       OR (a.name_reveals AND a.code <> coalesce(agency, ''))
$$;

CREATE OR REPLACE FUNCTION wall_enter(of_post uuid, for_purpose text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    at timestamptz := joinedup_now();
    day date := (at AT TIME ZONE 'Europe/London')::date;
    held record;
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
        SELECT jsonb_object_agg(s.holder_id, s.headline)::text AS headline,
            jsonb_object_agg(s.holder_id, s.summary)::text AS summary,
            jsonb_object_agg(s.holder_id, s.detail)::text AS detail
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
        set_config('joinedup.barred', coalesce(held.barred::text, ''), true);
    RETURN true;
END
$$;

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
            CASE WHEN cardinality(b.categories) = 0 THEN ARRAY[{_ALL_CATEGORIES}]
                 ELSE b.categories::text[] END) AS category
        FROM sharing_restriction b
        WHERE b.kind = 'holder_withholds' AND b.person_id = ANY (same)
          AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at)
        UNION SELECT a.code, unnest(ARRAY[{_ALL_CATEGORIES}]) FROM agencies_agency a
        WHERE a.name_reveals
    ) shut;
    PERFORM set_config('joinedup.at', at::text, true);
    PERFORM set_config('joinedup.person', same::text, true);
    PERFORM set_config('joinedup.own_page', r.own_mask::text, true)
    FROM sharing_rolereach r WHERE r.role = 'own_page';
    PERFORM set_config('joinedup.withheld', coalesce(withheld::text, ''), true);
    PERFORM set_config('joinedup.hidden_teams', wall_hidden_teams(NULL, NULL), true);
    RETURN true;
END
$$;
"""

_HOLDINGS = (
    ("people_holding", "id", Level.HEADLINE),
    ("people_holdingsummary", "holding_id", Level.SUMMARY),
    ("people_holdingdetail", "holding_id", Level.DETAIL),
)


def _held(table: str, key: str, level: Level) -> str:
    whose = {"person": f"{table}.person_id", "holder": f"{table}.holder_id"}
    sight = seen(**whose, category=f"{table}.category", level=level)
    return f"""({sight}) AND (holder_id IS DISTINCT FROM {AGENCY}
        OR {setting("teams_keep")} = 'false' OR NOT wall_keeps({table}.{key}))"""


_INVOLVED = seen(
    person="sharing_involvement.person_id", holder="sharing_involvement.agency_id",
    category=Category.INVOLVEMENT, level=Level.HEADLINE,
)  # fmt: skip
# A merged identifier holds no record of its own: it leads to the person it stands for.
_PERSON = """(SELECT true FROM wall_record r WHERE r.person_id =
    CASE WHEN people_person.merged_into_id IS NULL THEN people_person.id
         ELSE wall_canonical(people_person.id) END LIMIT 1)"""
SIGHTS = {
    **{table: _held(table, key, level) for table, key, level in _HOLDINGS},
    "sharing_involvement": f"""({_INVOLVED})
        AND strpos({setting("hidden_teams")}, ',' || sharing_involvement.team_id || ',') = 0""",
    "people_person": _PERSON,
    "people_recordversion": "(SELECT true FROM wall_record r WHERE r.id = people_recordversion.record_id)",
    "people_household": """(SELECT true FROM wall_member m
        WHERE m.household_id = people_household.id LIMIT 1)""",
}


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("sharing", "0017_sight_sooner"),
    ]
    operations = [
        migrations.RunSQL(
            [
                SIGHT, VIEWS, KEPT, ENTER, for_the_application(["wall_keeps(uuid)"]),
                *(f"ALTER POLICY sight ON {table} USING ({way})" for table, way in SIGHTS.items()),
            ],
            migrations.RunSQL.noop,
        )
    ]  # fmt: skip
