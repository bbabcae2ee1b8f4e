"""A review pair is for reviewers who are barred from neither person, and once decided for second opinion alone."""

from django.db import migrations

from joinedup.identity.sharing.wall import POST, for_the_application, may, setting

_BARRED = f"coalesce({setting('barred', 'uuid[]')}, '{{}}')"
_READS = f"""{may("review_links")} AND (p.status = 'open' OR {may("second_review")})
    AND a.person_id <> ALL ({_BARRED}) AND b.person_id <> ALL ({_BARRED})"""


def _pair(which: str) -> str:
    return f"""SELECT EXISTS (
        SELECT FROM linkage_reviewpair p
        JOIN people_record a ON a.id = p.record_a_id JOIN people_record b ON b.id = p.record_b_id
        WHERE {which} AND {_READS})"""


SAFE = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

FUNCTIONS = f"""
CREATE FUNCTION linkage_may_review(pair bigint) RETURNS boolean {SAFE} AS $$
    {_pair("p.id = pair")}
$$;
CREATE OR REPLACE FUNCTION linkage_under_review(record bigint) RETURNS boolean {SAFE} AS $$
    SELECT ({_pair("p.record_a_id = record")}) OR ({_pair("p.record_b_id = record")})
$$;
-- How far reviewers agree is told over all pairs, of which no more is told than counts.
CREATE FUNCTION linkage_review_counts() RETURNS TABLE (status text, pairs bigint) {SAFE} AS $$
    SELECT p.status, count(*) FROM linkage_reviewpair p WHERE {may("review_links")} GROUP BY p.status
$$;
CREATE FUNCTION linkage_review_answers() RETURNS TABLE (pair bigint, answer text) {SAFE} AS $$
    SELECT d.pair_id, d.answer FROM linkage_reviewdecision d
    WHERE d.undone_at IS NULL AND {may("review_links")} ORDER BY d.pair_id, d.at, d.id
$$;
"""
BEFORE = """
DROP FUNCTION linkage_review_answers();
DROP FUNCTION linkage_review_counts();
CREATE OR REPLACE FUNCTION linkage_under_review(record bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM linkage_reviewpair p WHERE p.record_a_id = record)
        OR EXISTS (SELECT FROM linkage_reviewpair p WHERE p.record_b_id = record)
$$
"""
_REVIEWS = may("review_links")
_OWN_ANSWER = f"{_REVIEWS} AND (by_id = {POST} OR {may('second_review')})"
POLICIES = [
    "ALTER POLICY sight ON linkage_reviewpair USING (linkage_may_review(id))",
    "ALTER POLICY written_anew ON linkage_reviewpair USING (linkage_may_review(id)) WITH CHECK (linkage_may_review(id))",
    f"ALTER POLICY sight ON linkage_reviewdecision USING ({_OWN_ANSWER})",
    f"ALTER POLICY written_anew ON linkage_reviewdecision USING ({_OWN_ANSWER}) WITH CHECK ({_OWN_ANSWER})",
]
POLICIES_BEFORE = [
    f"ALTER POLICY sight ON linkage_reviewpair USING ({_REVIEWS})",
    f"ALTER POLICY written_anew ON linkage_reviewpair USING ({_REVIEWS}) WITH CHECK ({_REVIEWS})",
    f"ALTER POLICY sight ON linkage_reviewdecision USING ({_REVIEWS})",
    f"ALTER POLICY written_anew ON linkage_reviewdecision USING ({_REVIEWS}) WITH CHECK ({_REVIEWS})",
    "DROP FUNCTION linkage_may_review(bigint)",
]


class Migration(migrations.Migration):
    dependencies = [("linkage", "0016_system_judged_first")]
    operations = [
        migrations.RunSQL(FUNCTIONS, BEFORE),
        migrations.RunSQL(
            for_the_application(
                [
                    "linkage_may_review(bigint)",
                    "linkage_review_counts()",
                    "linkage_review_answers()",
                ]
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(POLICIES, POLICIES_BEFORE),
    ]
