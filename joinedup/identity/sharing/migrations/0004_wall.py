"""The wall: who is entered is told to the database by four functions, and every table about people asks."""

from django.db import migrations

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import (
    AGENCY,
    NOW,
    POST,
    for_the_application,
    lay_open,
    may,
    not_barred,
    own_page,
    protect,
    sees,
    setting,
)

ALL_CATEGORIES = ", ".join(f"'{each.value}'" for each in Category)
SAFE = "SET search_path = pg_catalog, public, pg_temp"

ROLE_REACH = """
CREATE TABLE sharing_rolereach (
    role text PRIMARY KEY,
    own_mask bigint NOT NULL,
    carries bigint NOT NULL,
    permissions text NOT NULL,
    purposes text[] NOT NULL
);
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE ALL ON sharing_rolereach FROM joinedup_app;
    END IF;
END $$
"""

IDENTIFIERS = f"""
CREATE FUNCTION wall_identifiers(of_person uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    WITH RECURSIVE up AS (
        SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = of_person
        UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
    ), down AS (
        SELECT id FROM up WHERE merged_into_id IS NULL
        UNION SELECT p.id FROM down JOIN people_person p ON p.merged_into_id = down.id
    )
    SELECT array_agg(id) FROM down
$$;
CREATE FUNCTION wall_canonical(of_person uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    WITH RECURSIVE up AS (
        SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = of_person
        UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
    )
    SELECT id FROM up WHERE merged_into_id IS NULL
$$;
"""

_SETTINGS = (
    "system", "post", "team", "agency", "kind", "role", "permissions", "own_mask", "carries",
    "purpose", "recipients", "barred", "at", "sight_headline", "sight_summary", "sight_detail", "person", "own_page", "withheld",
)  # fmt: skip
_CLEARED = "\n".join(f"    PERFORM set_config('joinedup.{name}', '', true);" for name in _SETTINGS)

ENTER = f"""
CREATE FUNCTION wall_leave() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
{_CLEARED}
END
$$;

CREATE FUNCTION wall_enter(of_post uuid, for_purpose text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    at timestamptz := joinedup_now();
    day date := (at AT TIME ZONE 'Europe/London')::date;
    held record;
    barred uuid[];
    sight record;
BEGIN
    PERFORM wall_leave();
    SELECT p.id, p.team_id, p.role, a.code, a.kind, r.own_mask, r.carries, r.permissions, r.purposes
    INTO held
    FROM agencies_post p
    JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    JOIN agencies_team t ON t.id = p.team_id
    JOIN agencies_agency a ON a.code = t.agency_id
    JOIN sharing_rolereach r ON r.role = p.role
    WHERE p.id = of_post AND p.starts_on <= day AND (p.ends_on IS NULL OR p.ends_on > day);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF cardinality(held.purposes) > 0 AND NOT coalesce(for_purpose = ANY (held.purposes), false) THEN
        RETURN false;
    END IF;
    IF cardinality(held.purposes) = 0 THEN
        for_purpose := '';
    END IF;
    -- A pub refers and sees nobody; and whom a risk model finds is found without names.
    IF held.kind = 'licensed_premises' OR for_purpose IN ('casefinding', 'commissioning', 'evaluation') THEN
        held.own_mask := 0;
        held.carries := 0;
    END IF;
    SELECT array_agg(DISTINCT same) INTO barred
    FROM sharing_restriction b, unnest(wall_identifiers(b.person_id)) same
    WHERE b.kind = 'barred_post' AND b.barred_id = of_post
      AND b.starts_at <= at AND (b.ends_at IS NULL OR b.ends_at > at);
    SELECT jsonb_object_agg(s.holder_id, s.headline)::text AS headline,
        jsonb_object_agg(s.holder_id, s.summary)::text AS summary,
        jsonb_object_agg(s.holder_id, s.detail)::text AS detail INTO sight
    FROM sharing_agencysight s
    WHERE s.recipient_id = held.code AND s.purpose = for_purpose
      AND s.starts_at <= at AND s.ends_at > at;
    PERFORM set_config('joinedup.sight_headline', coalesce(sight.headline, ''), true);
    PERFORM set_config('joinedup.sight_summary', coalesce(sight.summary, ''), true);
    PERFORM set_config('joinedup.sight_detail', coalesce(sight.detail, ''), true);
    PERFORM set_config('joinedup.at', at::text, true);
    PERFORM set_config('joinedup.post', held.id::text, true);
    PERFORM set_config('joinedup.team', held.team_id::text, true);
    PERFORM set_config('joinedup.agency', held.code, true);
    PERFORM set_config('joinedup.kind', held.kind, true);
    PERFORM set_config('joinedup.role', held.role, true);
    PERFORM set_config('joinedup.permissions', held.permissions, true);
    PERFORM set_config('joinedup.own_mask', held.own_mask::text, true);
    PERFORM set_config('joinedup.carries', held.carries::text, true);
    PERFORM set_config('joinedup.purpose', for_purpose, true);
    PERFORM set_config('joinedup.recipients', ARRAY[
        'post:' || held.id, 'team:' || held.team_id, 'agency:' || held.code]::text, true);
    PERFORM set_config('joinedup.barred', coalesce(barred::text, ''), true);
    RETURN true;
END
$$;

CREATE FUNCTION wall_enter_person(own_access uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    at timestamptz := joinedup_now();
    same uuid[];
    withheld text[];
BEGIN
    PERFORM wall_leave();
    SELECT wall_identifiers(o.person_id) INTO same FROM sharing_ownaccess o
    WHERE o.id = own_access AND o.revoked_at IS NULL AND o.handed_over_at <= at;
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
$$;

CREATE FUNCTION wall_enter_system(for_purpose text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
    PERFORM wall_leave();
    PERFORM set_config('joinedup.system', btrim(for_purpose), true);
    RETURN btrim(for_purpose) <> '';
END
$$;
"""

HOLDERS = f"""
CREATE FUNCTION wall_identity_holders() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT coalesce(array_agg(holder), '{{}}') FROM (
        SELECT {AGENCY} AS holder
        WHERE coalesce({setting("own_mask", "bigint")}, 0) & {Category.IDENTITY.bit} <> 0
        UNION SELECT s.holder_id FROM sharing_agencysight s
        WHERE s.recipient_id = {AGENCY} AND s.purpose = {setting("purpose")}
          AND s.starts_at <= {NOW} AND s.ends_at > {NOW}
          AND s.summary & {Category.IDENTITY.bit} <> 0
    ) holders
$$;
"""

_SEES_RECORD = sees(
    person="r.person_id", holder="r.agency_id", category=Category.IDENTITY, level=Level.SUMMARY
)
_TOLD = """coalesce(
    (SELECT v.{column} FROM sharing_visibility v
     WHERE v.person_id = h.person_id AND v.holder_id = h.holder_id AND v.purpose = {purpose}
       AND v.recipient = ANY ({recipients}) AND v.starts_at <= {now} AND v.ends_at > {now}
     ORDER BY v.rank DESC LIMIT 1),
    (SELECT s.{column} FROM sharing_agencysight s
     WHERE s.recipient_id = {agency} AND s.holder_id = h.holder_id AND s.purpose = {purpose}
       AND s.starts_at <= {now} AND s.ends_at > {now} LIMIT 1), 0)"""


def _told(column: str) -> str:
    return _TOLD.format(
        column=column,
        purpose=setting("purpose"),
        recipients=setting("recipients", "text[]"),
        agency=AGENCY,
        now=NOW,
    )


WITHHELD = f"""
CREATE FUNCTION wall_withheld(of_person uuid)
RETURNS TABLE (holder text, category text, how text)
LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    WITH same AS (SELECT unnest(wall_identifiers(of_person)) AS id),
    held AS (
        SELECT DISTINCT h.person_id, h.holder_id::text AS holder_id, h.category::text AS category
        FROM people_holding h WHERE h.person_id IN (SELECT id FROM same)
        UNION
        SELECT r.person_id, r.agency_id, 'identity' FROM people_record r
        WHERE r.person_id IN (SELECT id FROM same)
    ), known AS (
        SELECT FROM people_record r WHERE r.person_id IN (SELECT id FROM same) AND {_SEES_RECORD}
        LIMIT 1
    ), shut AS (
        SELECT h.holder_id, h.category, CASE h.category {
    " ".join(f"WHEN '{each.value}' THEN {each.bit}" for each in Category)
} ELSE 0 END AS bit, {_told("told_in_full")} AS in_full, {_told("told_existence")} AS existence
        FROM held h
        WHERE EXISTS (SELECT FROM known) AND NOT ({
    sees(person="h.person_id", holder="h.holder_id", category="h.category", level=Level.HEADLINE)
})
    ), concerns AS (  -- of its own agency a post is told of what its role carries
        SELECT * FROM shut
        WHERE holder_id <> {AGENCY} OR coalesce({setting("carries", "bigint")}, 0) & bit <> 0
    )
    SELECT DISTINCT holder_id, concerns.category, 'in_full' FROM concerns WHERE in_full & bit <> 0
    UNION ALL
    SELECT DISTINCT NULL::text, NULL::text, 'existence_only' FROM concerns
    WHERE in_full & bit = 0 AND existence & bit <> 0
$$;
"""

_CARRIES = f"coalesce({setting('carries', 'bigint')}, 0)"
_CONSENTS = f"{may('record_consent')} AND agency_id = {AGENCY}"
_OWN_IDENTITY = f"coalesce({setting('own_mask', 'bigint')}, 0) & {Category.IDENTITY.bit} <> 0"
_RELEASES = f"holder_id = {AGENCY} AND {may('release_restricted')}"
_RELEASED = f"""(SELECT true FROM sharing_addressrelease a
    WHERE a.person_id = sharing_restrictedaddress.person_id
      AND a.holder_id = sharing_restrictedaddress.holder_id AND a.asked_by_id = {POST}
      AND a.second_at IS NOT NULL AND a.refused_at IS NULL AND NOT a.relayed
      AND a.second_at <= {NOW} AND a.ends_at > {NOW} LIMIT 1)"""


SHARING = [
    *protect("sharing_visibility", sight=f"recipient = ANY ({setting('recipients', 'text[]')})"),
    *protect("sharing_objection"),
    *protect(
        "sharing_serviceagreement",
        sight=f"({_CONSENTS} AND {not_barred('person_id')}) OR {own_page('person_id')}",
        add=f"{_CONSENTS} AND recorded_by_id = {POST}",
        change=_CONSENTS,
    ),
    *protect(
        "sharing_capacityassessment",
        sight=f"({_CONSENTS} AND {not_barred('person_id')}) OR {own_page('person_id')}",
        add=_CONSENTS,
        change=_CONSENTS,
    ),
    *protect(
        "sharing_consent",
        sight=f"""({may("record_consent")} AND {not_barred("person_id")}
            AND {AGENCY} IN (agency_id, holder_id, recipient_id)) OR {own_page("person_id")}""",
        add=f"""({_CONSENTS} AND recorded_by_id = {POST})
            OR ({own_page("person_id")} AND recorded_by_id IS NULL)""",
        change=f"({may('record_consent')} AND {AGENCY} IN (agency_id, holder_id, recipient_id))"
        f" OR {own_page('person_id')}",
    ),
    *protect(
        "sharing_involvement",
        sight=f"""{
            sees(
                person="sharing_involvement.person_id",
                holder="sharing_involvement.agency_id",
                category=Category.INVOLVEMENT,
                level=Level.HEADLINE,
            )
        } AND (agency_id = {AGENCY} OR (SELECT NOT (t.is_sensitive OR a.name_reveals)
            FROM agencies_team t JOIN agencies_agency a ON a.code = t.agency_id
            WHERE t.id = sharing_involvement.team_id))""",
        add=f"agency_id = {AGENCY} AND {_CARRIES} & {Category.INVOLVEMENT.bit} <> 0",
        change=f"agency_id = {AGENCY} AND {_CARRIES} & {Category.INVOLVEMENT.bit} <> 0",
    ),
    *protect(
        "sharing_restriction",
        sight=f"holder_id = {AGENCY} AND {_OWN_IDENTITY} AND {not_barred('person_id')}",
        add=f"holder_id = {AGENCY} AND {_OWN_IDENTITY}",
        change=f"holder_id = {AGENCY} AND {_OWN_IDENTITY} AND {not_barred('person_id')}",
    ),
    *protect(
        "sharing_disclosure",
        sight=f"{AGENCY} IN (holder_id, recipient_id) AND {_OWN_IDENTITY}"
        f" AND {not_barred('person_id')}",
        add=f"holder_id = {AGENCY} AND {_OWN_IDENTITY} AND decided_by_id = {POST}",
        change=f"holder_id = {AGENCY} AND {_OWN_IDENTITY}",
    ),
    *protect(
        "sharing_emergencyaccess",
        sight=f"post_id = {POST} OR {may('review_emergency')}",
        add=f"post_id = {POST} AND agency_id = {AGENCY} AND {may('emergency_access')}",
        change=may("review_emergency"),
    ),
    *protect(
        "sharing_addressrelease",
        sight=f"asked_by_id = {POST} OR ({_RELEASES})",
        add=f"asked_by_id = {POST}",
        change=_RELEASES,
    ),
    *protect(
        "sharing_restrictedaddress",
        sight=f"{not_barred('person_id')} AND (({_RELEASES}) OR {_RELEASED})",
    ),
    *protect("sharing_ownaccess", sight=_CONSENTS, add=_CONSENTS, change=_CONSENTS),
]

_SHARING_TABLES = (
    "visibility", "objection", "serviceagreement", "capacityassessment", "consent", "involvement",
    "restriction", "disclosure", "emergencyaccess", "addressrelease", "restrictedaddress",
    "ownaccess",
)  # fmt: skip
_MORE = ("sight", "written", "written_anew")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0003_agreement_acts"),
        ("core", "0001_clock"),
    ]
    operations = [
        migrations.RunSQL(ROLE_REACH, "DROP TABLE sharing_rolereach"),
        migrations.RunSQL(
            IDENTIFIERS, "DROP FUNCTION wall_identifiers(uuid); DROP FUNCTION wall_canonical(uuid)"
        ),
        migrations.RunSQL(
            ENTER,
            """DROP FUNCTION wall_enter(uuid, text); DROP FUNCTION wall_enter_person(uuid);
               DROP FUNCTION wall_enter_system(text); DROP FUNCTION wall_leave()""",
        ),
        migrations.RunSQL(HOLDERS, "DROP FUNCTION wall_identity_holders()"),
        migrations.RunSQL(WITHHELD, "DROP FUNCTION wall_withheld(uuid)"),
        migrations.RunSQL(
            for_the_application(
                [
                    "wall_canonical(uuid)",
                    "wall_enter(uuid, text)",
                    "wall_enter_person(uuid)",
                    "wall_enter_system(text)",
                    "wall_leave()",
                    "wall_withheld(uuid)",
                    "wall_identity_holders()",
                ]
            ),
            migrations.RunSQL.noop,
        ),  # fmt: skip
        migrations.RunSQL("REVOKE ALL ON FUNCTION wall_identifiers(uuid) FROM PUBLIC", ""),
        migrations.RunSQL(
            SHARING,
            [s for name in _SHARING_TABLES for s in lay_open(f"sharing_{name}", *_MORE)],
        ),
    ]
