"""Row security on links, review pairs, corrections, rows kept back, and on records under review."""

from django.db import migrations

from joinedup.identity.sharing.wall import (
    AGENCY,
    KIND,
    POST,
    for_the_application,
    lay_open,
    may,
    protect,
)

# A function, for only reviewers call it and they read two records: a sub-query here would cost every
# page its planning.
UNDER_REVIEW = """
CREATE FUNCTION linkage_under_review(record bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM linkage_reviewpair p WHERE p.record_a_id = record)
        OR EXISTS (SELECT FROM linkage_reviewpair p WHERE p.record_b_id = record)
$$
"""
_RECORD = "(SELECT true FROM people_record r WHERE r.id = {})"
_REVIEWS = may("review_links")
_DELIVERIES = may("see_deliveries")

LINKAGE = [
    *protect("linkage_link", sight=_RECORD.format("linkage_link.record_id")),
    *protect(
        "linkage_possiblelink",
        sight="""(SELECT count(DISTINCT r.person_id) = 2 FROM people_record r WHERE r.person_id
            = ANY (ARRAY[linkage_possiblelink.person_a_id, linkage_possiblelink.person_b_id]))""",
    ),
    *protect(
        "linkage_spineevent",
        sight="""(SELECT true FROM people_record r WHERE r.person_id
            = ANY (ARRAY[wall_canonical(linkage_spineevent.person_id),
                wall_canonical(linkage_spineevent.other_id)]) LIMIT 1)""",
    ),
    *protect("linkage_reviewpair", sight=_REVIEWS, change=_REVIEWS),
    *protect(
        "linkage_reviewdecision",
        sight=_REVIEWS,
        add=f"{_REVIEWS} AND by_id = {POST}",
        change=_REVIEWS,
    ),
    *protect(
        "linkage_correction",
        sight=f"""by_id = {POST} OR ({_DELIVERIES}
            AND (SELECT r.agency_id = {AGENCY} FROM people_record r WHERE r.id = linkage_correction.record_id))""",
        add=f"by_id = {POST} AND {_RECORD.format('linkage_correction.record_id')}",
    ),
    *protect(
        "linkage_quarantinedrow",
        sight=f"""{_DELIVERIES} AND ({KIND} = 'partnership'
            OR (SELECT d.agency_id = {AGENCY} FROM linkage_delivery d
            WHERE d.id = linkage_quarantinedrow.delivery_id))""",
    ),
    *protect("linkage_findkey"),
    *protect("linkage_findprofile"),
    # A reviewer reads both records of a pair, whichever agencies hold them, and none beside (P4).
    f"""CREATE POLICY under_review ON people_record FOR SELECT USING ({_REVIEWS}
        AND linkage_under_review(id))""",
]
_TABLES = (
    "link", "possiblelink", "spineevent", "reviewpair", "reviewdecision", "correction",
    "quarantinedrow", "findkey", "findprofile",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0012_find_marks"),
        ("sharing", "0005_wall_around_people"),
    ]
    operations = [
        migrations.RunSQL(UNDER_REVIEW, "DROP FUNCTION linkage_under_review(bigint)"),
        migrations.RunSQL(
            for_the_application(["linkage_under_review(bigint)"]), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            LINKAGE,
            [
                "DROP POLICY under_review ON people_record",
                *(
                    statement
                    for name in _TABLES
                    for statement in lay_open(f"linkage_{name}", "sight", "written", "written_anew")
                ),
            ],
        ),
    ]
