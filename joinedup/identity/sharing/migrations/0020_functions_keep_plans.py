"""What every page calls keeps its plan, and what few people have is looked for where there is a row.

A function in SQL is planned anew at each call, one in PL/pgSQL once.
"""

from django.db import migrations

from joinedup.identity.sharing.choices import Category, Level
from joinedup.identity.sharing.wall import (
    AGENCY,
    NOW,
    bit_said,
    for_the_application,
    not_barred,
    seen,
    setting,
)

SAFE = "SET search_path = pg_catalog, public, pg_temp"

# Nearly nobody was ever merged: two looks by index say so.
IDENTIFIERS = f"""
CREATE OR REPLACE FUNCTION wall_identifiers(of_person uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER {SAFE} AS $$
DECLARE
    above uuid;
    same uuid[];
BEGIN
    SELECT p.merged_into_id INTO above FROM people_person p WHERE p.id = of_person;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF above IS NULL AND NOT EXISTS (SELECT FROM people_person p WHERE p.merged_into_id = of_person) THEN
        RETURN ARRAY[of_person];
    END IF;
    WITH RECURSIVE up AS (
        SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = of_person
        UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
    ), down AS (
        SELECT up.id FROM up WHERE up.merged_into_id IS NULL
        UNION SELECT p.id FROM down JOIN people_person p ON p.merged_into_id = down.id
    )
    SELECT array_agg(down.id) INTO same FROM down;
    RETURN same;
END
$$;
CREATE OR REPLACE FUNCTION wall_canonical(of_person uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER {SAFE} AS $$
DECLARE
    above uuid;
    root uuid;
BEGIN
    SELECT p.merged_into_id INTO above FROM people_person p WHERE p.id = of_person;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF above IS NULL THEN
        RETURN of_person;
    END IF;
    WITH RECURSIVE up AS (
        SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = of_person
        UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
    )
    SELECT up.id INTO root FROM up WHERE up.merged_into_id IS NULL;
    RETURN root;
END
$$;
CREATE OR REPLACE FUNCTION wall_same(people uuid[]) RETURNS TABLE (root uuid, id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER {SAFE} AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM people_person p WHERE p.id = ANY (people) AND p.merged_into_id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM people_person p WHERE p.merged_into_id = ANY (people)) THEN
        RETURN QUERY SELECT p.id, p.id FROM people_person p WHERE p.id = ANY (people);
        RETURN;
    END IF;
    RETURN QUERY
    WITH RECURSIVE up AS (
        SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = ANY (people)
        UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
    ), down AS (
        SELECT DISTINCT up.id AS root, up.id FROM up WHERE up.merged_into_id IS NULL
        UNION SELECT down.root, p.id FROM down JOIN people_person p ON p.merged_into_id = down.id
    )
    SELECT down.root, down.id FROM down;
END
$$;
"""

# What a team keeps hidden, on entering.
HIDDEN = f"""
CREATE OR REPLACE FUNCTION wall_hidden_teams(team bigint, agency text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER {SAFE} AS $$
BEGIN
    RETURN (SELECT ',' || coalesce(string_agg(t.id || ',', ''), '')
        FROM agencies_team t JOIN agencies_agency a ON a.code = t.agency_id
        WHERE (t.is_sensitive AND t.id <> coalesce(team, 0))
           OR (a.name_reveals AND a.code <> coalesce(agency, '')));
END
$$;
"""

# Of whoever is entered: the rows that `wall_sight` gives, with what may be told of the rest.
_OWN_NOW = f"""v.purpose = {setting("purpose")}
              AND v.recipient = ANY ({setting("recipients", "text[]")})
              AND v.starts_at <= {NOW} AND v.ends_at > {NOW}"""
_SEES_RECORD = seen(
    person="r.person_id", holder="r.agency_id", category=Category.IDENTITY, level=Level.SUMMARY
)
_SEES_HELD = seen(
    person="h.person_id", holder="h.holder_id", category="h.category", level=Level.HEADLINE
)
WITHHELD = f"""
CREATE OR REPLACE FUNCTION wall_withheld(of_person uuid)
RETURNS TABLE (holder text, category text, how text)
LANGUAGE plpgsql STABLE SECURITY DEFINER {SAFE} AS $$
#variable_conflict use_column
DECLARE
    same uuid[] := wall_identifiers(of_person);
BEGIN
    IF NOT EXISTS (SELECT FROM people_record r WHERE r.person_id = ANY (same) AND {_SEES_RECORD}) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH held AS (
        SELECT DISTINCT h.person_id, h.holder_id::text AS holder_id, h.category::text AS category
        FROM people_holding h WHERE h.person_id = ANY (same)
        UNION
        SELECT r.person_id, r.agency_id, 'identity' FROM people_record r WHERE r.person_id = ANY (same)
    ), shut AS (
        SELECT h.holder_id, h.category, coalesce({bit_said("h.category")}, 0) AS bit,
            coalesce(v.told_in_full, s.told_in_full, 0) AS in_full,
            coalesce(v.told_existence, s.told_existence, 0) AS existence
        FROM held h
        LEFT JOIN LATERAL (
            SELECT v.told_in_full, v.told_existence FROM sharing_visibility v
            WHERE v.person_id = h.person_id AND v.holder_id = h.holder_id AND {_OWN_NOW}
            ORDER BY v.rank DESC LIMIT 1
        ) v ON true
        LEFT JOIN LATERAL (
            SELECT s.told_in_full, s.told_existence FROM sharing_agencysight s
            WHERE s.recipient_id = {AGENCY} AND s.holder_id = h.holder_id
              AND s.purpose = {setting("purpose")} AND s.starts_at <= {NOW} AND s.ends_at > {NOW}
            LIMIT 1
        ) s ON true
        WHERE ({_SEES_HELD}) IS NOT TRUE
    ), concerns AS (  -- of its own agency a post is told of what its role carries
        SELECT * FROM shut
        WHERE holder_id <> {AGENCY} OR coalesce({setting("carries", "bigint")}, 0) & bit <> 0
    )
    SELECT DISTINCT holder_id, concerns.category, 'in_full' FROM concerns WHERE in_full & bit <> 0
    UNION ALL
    SELECT DISTINCT NULL::text, NULL::text, 'existence_only' FROM concerns
    WHERE in_full & bit = 0 AND existence & bit <> 0;
END
$$;
"""

# Nearly nobody has a placing that waits: looked for by a call, and so only where there is a row. It reads as
# its caller.
PLACED = """
CREATE OR REPLACE FUNCTION wall_sees_placed(kind text, placed uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF kind = 'holding' THEN
        RETURN EXISTS (SELECT FROM public.people_holding h WHERE h.id = placed);
    END IF;
    RETURN EXISTS (SELECT FROM public.sharing_involvement i WHERE i.id = placed);
END
$$;
"""
SIGHT_OF_PLACINGS = f"""ALTER POLICY sight ON sharing_heldplacing USING (
    {not_barred("stays_person")} AND {not_barred("goes_person")} AND wall_sees_placed(kind, "row"))"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0019_kinds_and_commitments"),
    ]
    operations = [
        migrations.RunSQL(
            [
                IDENTIFIERS, HIDDEN, WITHHELD, PLACED,
                for_the_application(["wall_same(uuid[])", "wall_sees_placed(text, uuid)"]),
                SIGHT_OF_PLACINGS,
            ],
            migrations.RunSQL.noop,
        )
    ]  # fmt: skip
