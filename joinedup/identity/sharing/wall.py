"""The wall: renders the policies of row security, the same sentence for every table about people.

A policy that was shipped is never altered: migrations call these functions, so a change of what they
render is a new function beside the old, and a migration that replaces the policies with it.
"""

import json
from collections.abc import Sequence

from joinedup.identity.sharing.choices import Category, Level, PartLevel


def setting(name: str, kind: str = "text") -> str:
    """What was set on entering; null where nobody was entered.

    In place and not as a sub-query: a page reads few rows, and each sub-query costs it more to plan
    than a hundred readings of a setting.
    """
    return f"nullif(current_setting('joinedup.{name}', true), '')::{kind}"


# As a sub-query, computed once: the system reads everybody.
SYSTEM = f"(SELECT {setting('system')} IS NOT NULL)"
POST, AGENCY, KIND = setting("post", "uuid"), setting("agency"), setting("kind")
NOW = setting("at", "timestamptz")
"""When the viewer entered: one time for all that one page shows."""


def may(permission: str) -> str:
    """Whether the viewer's role permits that."""
    return f"{setting('permissions')} LIKE '%,{permission},%'"


def not_barred(person: str) -> str:
    """Whether no restriction keeps the viewer's post from this person."""
    return f"{person} <> ALL (coalesce({setting('barred', 'uuid[]')}, '{{}}'))"


def own_page(person: str) -> str:
    """Whether this is the person looking at themselves."""
    return f"{person} = ANY ({setting('person', 'uuid[]')})"


def own_page_since(person: str, written: str) -> str:
    """Whether this is the person looking at what was written since they were last held to be two people.

    What is older may be the other's, and nobody can tell by the code that opened the page.
    """
    return f"""({own_page(person)} AND NOT EXISTS (SELECT FROM sharing_partedperson parted
        WHERE {own_page("parted.person_id")} AND parted.at >= {written}))"""


def bit_of(category: Category | str) -> str:
    """The bit of a category, or of the category that a column names."""
    if isinstance(category, Category):
        return str(category.bit)
    cases = " ".join(f"WHEN '{each.value}' THEN {each.bit}" for each in Category)
    return f"(CASE {category} {cases} ELSE 0 END)"


def sees(*, person: str, holder: str, category: Category | str, level: Level) -> str:
    """Whether the viewer sees that category of that holder's data about that person, at that level.

    Own data by the role; all else by one look-up of a mask, of the rank that counts, or else by the
    mask of the two agencies, which was read on entering. Scalar and in place: a function called for
    each row would cost twenty times as much.
    """
    bit = bit_of(category)
    named = f"'{category.value}'" if isinstance(category, Category) else category
    column = level.name.lower()
    ways = [
        f"{holder} = {AGENCY} AND coalesce({setting('own_mask', 'bigint')}, 0) & {bit} <> 0",
        f"""coalesce(
            (SELECT v.{column} FROM sharing_visibility v
             WHERE v.person_id = {person} AND v.holder_id = {holder}
               AND v.purpose = {setting("purpose")} AND v.recipient = ANY ({setting("recipients", "text[]")})
               AND v.starts_at <= {NOW} AND v.ends_at > {NOW}
             ORDER BY v.rank DESC LIMIT 1),
            ({setting(f"sight_{column}", "jsonb")} ->> {holder})::bigint,
            0) & (CASE WHEN {holder} = {AGENCY} THEN {setting("carries", "bigint")} ELSE -1 END) & {bit} <> 0""",
    ]
    if level <= Level.SUMMARY:
        ways.insert(
            0,
            f"""{own_page(person)} AND coalesce({setting("own_page", "bigint")}, 0) & {bit} <> 0
            AND ({holder} || ':' || {named}) <> ALL (coalesce({setting("withheld", "text[]")}, '{{}}'))""",
        )
    either = "\n        OR ".join(f"({way})" for way in ways)
    return f"{not_barred(person)} AND (\n        {either})"


def bit_said(category: Category | str) -> str:
    """As `bit_of`, in one step: a look into a constant, which a statement need not unfold to start.

    Null for what is no category: nobody sees it.
    """
    if isinstance(category, Category):
        return str(category.bit)
    bits = json.dumps({each.value: each.bit for each in Category})
    return f"('{bits}'::jsonb ->> {category})::bigint"


WALL_SIGHT = f"""
CREATE VIEW wall_sight AS
SELECT v.person_id, v.holder_id, v.rank, v.headline, v.summary, v.detail
FROM sharing_visibility v
WHERE v.purpose = {setting("purpose")}
  AND v.recipient = ANY ((SELECT {setting("recipients", "text[]")})::text[])
  AND v.starts_at <= (SELECT {NOW}) AND v.ends_at > (SELECT {NOW})
"""
"""The sight of whoever is entered: their recipients, their purpose, now.

Its owner's eyes read it, for it holds what the policy of the table lets them have: as theirs, each row
that a policy looks up would be judged by a policy itself.
"""


def seen(*, person: str, holder: str, category: Category | str, level: Level) -> str:
    """As `sees`, the same answer sooner: for policies of tables, and for nothing else.

    The look-up finds the highest rank first in its index, sorts nothing and is judged no second time; and
    what a statement unfolds to start is as little as can be.
    """
    bit = bit_said(category)
    named = f"'{category.value}'" if isinstance(category, Category) else category
    column = level.name.lower()
    ways = [
        f"{holder} = {AGENCY} AND {setting('own_mask', 'bigint')} & {bit} <> 0",
        f"""coalesce(
            (SELECT v.{column} FROM wall_sight v
             WHERE v.person_id = {person} AND v.holder_id = {holder} ORDER BY v.rank DESC LIMIT 1),
            ({setting(f"sight_{column}", "jsonb")} ->> {holder})::bigint,
            0) & (CASE WHEN {holder} = {AGENCY} THEN {setting("carries", "bigint")} ELSE -1 END) & {bit} <> 0""",
    ]
    if level <= Level.SUMMARY:
        ways.append(
            f"""{setting("person")} IS NOT NULL AND {own_page(person)}
            AND {setting("own_page", "bigint")} & {bit} <> 0
            AND ({holder} || ':' || {named}) <> ALL (coalesce({setting("withheld", "text[]")}, '{{}}'))"""
        )
    either = "\n        OR ".join(f"({way})" for way in ways)
    return f"{not_barred(person)} AND (\n        {either})"


def part_in(matter: str, level: PartLevel = PartLevel.WORK) -> str:
    """As `has_part`, and dearer: by this the policies were rendered that were shipped before it.

    The policy of parts lets those of a whole team or agency count for roles that see records alone;
    here none counts for a post that is barred from a person of the matter. Nothing asks when a part
    began: it counts from when it is written.
    """
    return f"""(coalesce((SELECT max(part.level) FROM sharing_part part
        WHERE part.matter_id = {matter} AND part.recipient = ANY ({setting("recipients", "text[]")})
          AND (part.ends_at IS NULL OR part.ends_at > {NOW})), 0) >= {int(level)}
        AND (coalesce({setting("barred")}, '') = '' OR NOT wall_barred_from({matter})))"""


OWN_PARTS = f"""recipient = ANY ((SELECT CASE WHEN {may("see_record")} THEN {setting("recipients", "text[]")}
    ELSE ARRAY['post:' || {setting("post")}] END)::text[])"""
"""Whether a part is the viewer's own: their post's, and their team's or agency's where the role sees records.

Whose they are is worked out once a statement, and not for each part.
"""

WALL_PART = f"""
CREATE OR REPLACE VIEW wall_part AS
SELECT matter_id, level FROM sharing_part
WHERE {OWN_PARTS} AND (ends_at IS NULL OR ends_at > {NOW})
"""
"""The parts of whoever is entered that have not ended: in which matter, how far; no more than they read anyway.

Its owner's eyes read it: as theirs, each part that a policy of support looks up would be judged by the
policy of parts, for each row.
"""


def has_part(matter: str, level: PartLevel = PartLevel.WORK) -> str:
    """Whether the viewer has a part in that matter, at that level or above: the policy of every table of support.

    Parts of a whole team or agency count for roles that see records alone; none counts for a post that is
    barred from a person of the matter. Nothing asks when a part began: it counts from when it is written.
    """
    return f"""({_HELD.format(matter=matter, level=int(level))}
        AND (coalesce({setting("barred")}, '') = '' OR NOT wall_barred_from({matter})))"""


_HELD = """EXISTS (SELECT FROM wall_part part
        WHERE part.matter_id = {matter} AND part.level >= {level})"""
# What `part_in` renders of it, as PostgreSQL says it again.
_HELD_BEFORE = r"""
    COALESCE\(\(\( SELECT max\(part\.level\) AS max FROM sharing_part part
    WHERE \(\(part\.matter_id = ([a-z_.]+)\)
    AND \(\(part\.recipient\)::text = ANY
    \(\(NULLIF\(current_setting\('joinedup\.recipients'::text, true\), ''::text\)\)::text\[\]\)\)
    AND \(\(part\.ends_at IS NULL\) OR \(part\.ends_at >
    \(NULLIF\(current_setting\('joinedup\.at'::text, true\), ''::text\)\)::timestamp with time zone\)\)\)\)
    \)::integer, 0\) >= ([123])"""


def parts_by_view(room: str) -> str:
    """The statement that puts `has_part` where policies of a room's tables say `part_in`, and nowhere else.

    It fails where one of them looks for parts in any other way.
    """
    before = r"\s*".join(_HELD_BEFORE.split())
    now = _HELD.format(matter=r"\1", level=r"\2")
    left = rf"""FROM pg_policies WHERE schemaname = 'public' AND tablename ~ '^{room}_'
        AND coalesce(qual, '') || coalesce(with_check, '') ~ '\msharing_part\M'"""
    return f"""
        DO $do$
        DECLARE
            one record;
        BEGIN
            FOR one IN SELECT tablename, policyname,
                ' USING (' || regexp_replace(qual, $re${before}$re$, $re${now}$re$, 'g') || ')' AS reads,
                ' WITH CHECK (' || regexp_replace(with_check, $re${before}$re$, $re${now}$re$, 'g') || ')'
                    AS writes {left}
            LOOP
                EXECUTE format('ALTER POLICY %I ON %I', one.policyname, one.tablename)
                    || coalesce(one.reads, '') || coalesce(one.writes, '');
            END LOOP;
            IF EXISTS (SELECT {left}) THEN
                RAISE EXCEPTION 'a policy of {room} looks for parts in a way of its own';
            END IF;
        END $do$"""


def part_with(person: str, level: PartLevel = PartLevel.WORK) -> str:
    """Whether the viewer has a part in any matter about that person, under any of their identifiers."""
    return f"""({not_barred(person)} AND EXISTS (SELECT FROM sharing_matterperson about
        WHERE about.person_id = ANY (wall_identifiers({person})) AND {part_in("about.matter_id", level)}))"""


def protect(
    table: str, *, sight: str | None = None, add: str | None = None, change: str | None = None
) -> list[str]:
    """The statements that close a table: to all but the system, and to whom each condition lets in.

    The system's policy stands last by its name, and is judged first: PostgreSQL takes them from the
    end, and the night would look up every row it reads.
    """
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY zz_acts_as_system ON {table} USING ({SYSTEM}) WITH CHECK ({SYSTEM})",
    ]
    if sight:
        statements.append(f"CREATE POLICY sight ON {table} FOR SELECT USING ({sight})")
    if add:
        statements.append(f"CREATE POLICY written ON {table} FOR INSERT WITH CHECK ({add})")
    if change:
        statements.append(
            f"CREATE POLICY written_anew ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})"
        )
    return statements


def lay_open(table: str, *names: str) -> list[str]:
    """The statements that take back what `protect` did."""
    policies = ("acts_as_system", "zz_acts_as_system", *names)
    return [
        *(f"DROP POLICY IF EXISTS {name} ON {table}" for name in policies),
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def for_the_application(functions: Sequence[str]) -> str:
    """The statement that lets the application, and nobody else, call these functions."""
    named = ", ".join(functions)
    return f"""
        DO $$ BEGIN
            REVOKE ALL ON FUNCTION {named} FROM PUBLIC;
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
                GRANT EXECUTE ON FUNCTION {named} TO joinedup_app;
            END IF;
        END $$"""
