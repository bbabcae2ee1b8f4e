"""Less to start for a page, and a first load that looks again under its lock and at no table of its caller's.

What may be of one person, and what happened to them, is judged by a call where there is a row, and not before.
"""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application, may

# Few people have any of these, and each page asks for them: with the question in a function of its own
# a statement that finds no row does not prepare it. It reads as its caller, through every policy of records.
SEES = """
CREATE FUNCTION linkage_sees(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.people_record r WHERE r.person_id = person);
END
$$
"""
_REVIEWS = may("review_links")
# `wall_record` is sight alone; reviewers read besides what hangs on the records of their pairs. By its
# name it stands before sight, and is judged after it: policies are joined from the end.
POLICIES = [
    """ALTER POLICY sight ON linkage_possiblelink
        USING (linkage_sees(person_a_id) AND linkage_sees(person_b_id))""",
    """ALTER POLICY sight ON linkage_spineevent
        USING (linkage_sees(wall_canonical(person_id)) OR linkage_sees(wall_canonical(other_id)))""",
    "ALTER POLICY under_review ON people_record RENAME TO reviewed",
    f"""CREATE POLICY reviewed ON people_person FOR SELECT
        USING ({_REVIEWS} AND linkage_sees(wall_canonical(id)))""",
    f"""CREATE POLICY reviewed ON people_recordversion FOR SELECT
        USING ({_REVIEWS} AND linkage_under_review(record_id))""",
]

# A name that stands before those of the catalogue would be its caller's, and run with the owner's rights:
# where `pg_temp` is not named, tables are looked for there first.
_OWN_NAMES_LAST = [
    f"ALTER FUNCTION {function} SET search_path = pg_catalog, public, pg_temp"
    for function in (
        "linkage_analyse()", "linkage_first_load_guard()", "linkage_first_load_tables()",
        "linkage_first_load_put_back(integer)", "linkage_first_load_ready()", "linkage_first_load_finish()",
    )
]  # fmt: skip
_FILLED = " OR ".join(
    f"EXISTS (SELECT FROM {table})"
    for table in (
        "people_person", "people_record", "people_household", "people_householdmember",
        "linkage_possiblelink",
    )
)  # fmt: skip
# Somebody may be written between a look and the lock: looked at under the lock once more.
BEGIN = f"""
CREATE OR REPLACE FUNCTION linkage_first_load_begin() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
    loaded CONSTANT regclass[] := linkage_first_load_tables();
    straight CONSTANT regclass[] := ARRAY['people_person', 'people_record']::regclass[];
    made record;
BEGIN
    IF {_FILLED} THEN
        RETURN false;
    END IF;
    EXECUTE (SELECT format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', string_agg(one::text, ', '))
        FROM unnest(loaded) one);
    IF {_FILLED} THEN
        RAISE EXCEPTION USING ERRCODE = 'lock_not_available';
    END IF;
    CREATE TEMPORARY TABLE linkage_put_back (place integer, statement text) ON COMMIT DROP;
    CREATE CONSTRAINT TRIGGER all_put_back AFTER INSERT ON pg_temp.linkage_put_back
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linkage_first_load_guard();
    FOR made IN
        SELECT 1 AS place, format('DROP INDEX %s', i.indexrelid::regclass) AS away,
            pg_get_indexdef(i.indexrelid) AS back
        FROM pg_index i WHERE i.indrelid = ANY (straight)
            AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        UNION ALL
        SELECT 2, format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', s),
            format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', s)
        FROM unnest(straight) s
        UNION ALL
        SELECT 3, format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
                pg_get_constraintdef(c.oid))
        FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conrelid = ANY (loaded) AND c.confrelid = ANY (loaded)
        ORDER BY place DESC
    LOOP
        EXECUTE made.away;
        INSERT INTO pg_temp.linkage_put_back VALUES (made.place, made.back);
    END LOOP;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    -- Somebody is reading or writing: what was done here is undone, and the load goes the slow way.
    RETURN false;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0020_find_in_one_question"),
        ("sharing", "0018_less_to_start"),
    ]
    operations = [
        migrations.RunSQL(
            [
                SEES, for_the_application(["linkage_sees(uuid)"]), *POLICIES,
                *_OWN_NAMES_LAST, BEGIN,
            ],
            migrations.RunSQL.noop,
        )
    ]  # fmt: skip
