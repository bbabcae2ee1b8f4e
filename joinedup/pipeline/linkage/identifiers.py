"""A person keeps their identifier from night to night; merges point, splits begin anew."""

from datetime import date

import pyarrow as pa

from joinedup.pipeline.engines import Engine

RETIRED = pa.schema([("person", pa.string()), ("merged_into", pa.string())])
"""Every identifier that no longer holds records: where it points, or nowhere when all are gone."""

DEPARTED = pa.schema([("agency", pa.string()), ("record_id", pa.string()), ("person", pa.string())])
"""Records withdrawn, with the person they were of: one that comes back comes back to that person."""

EVENTS = pa.schema(
    [("kind", pa.string()), ("person", pa.string()), ("other", pa.string()), ("because", pa.string())]
)  # fmt: skip
"""What became of persons this night: created, merged (into other), split (from other), moved, retired, returned."""

NAMED = (
    "SELECT n.cluster, n.person, c.records FROM named n JOIN clusters c ON c.cluster = n.cluster"
)
"""Each cluster's person, and how many records it has."""

_ATTEMPTS = 8


def place(engine: Engine, *, members: str, resolved: str) -> None:
    """Make `placed`: the records in `members` with the cluster each is of and what holds it there."""
    engine.make(
        "placed",
        f"""
        SELECT m.agency, m.record_id, m.agency || chr(31) || m.record_id AS key,
            r.cluster, r.weight, r.because
        FROM {members} m JOIN {resolved} r ON r.identity = m.identity
        """,
    )


def name_people(engine: Engine, *, before: str, known: str, retired: str, as_at: date) -> None:
    """Make `named`, each cluster's person, and `events`, from the records in `placed`; `known` are all links.

    A person stays with the cluster that holds most of its former records (equals: the one with the
    smallest record key). A cluster with several persons keeps the one most of its records had
    (equals: the smallest identifier), and the others are merged into it. Any other cluster gets an
    identifier made from the night's date and its smallest record key, never one used before.
    """
    engine.make(
        "clusters",
        "SELECT cluster, min(key) AS leader, count(*) AS records FROM placed GROUP BY cluster",
    )
    _vote(engine, before)
    engine.make(
        "kept",
        """
        SELECT cluster, person FROM (
            SELECT cluster, person, row_number() OVER (
                PARTITION BY cluster ORDER BY records DESC, person
            ) AS place FROM votes WHERE heir
        ) v WHERE place = 1
        """,
    )
    _name_new(engine, known=known, retired=retired, as_at=as_at)
    _tell(engine, before, retired)
    engine.drop("votes", "kept")


def lay_links(engine: Engine) -> None:
    """Make `named_links` (LINKS): the records in `placed`, by name."""
    engine.make(
        "named_links",
        f"""
        SELECT p.agency, p.record_id, n.person,
            CASE WHEN n.records = 1 THEN 'alone' ELSE 'certain' END AS tier,
            p.weight, CASE WHEN n.records = 1 THEN 'alone' ELSE p.because END AS because
        FROM placed p JOIN ({NAMED}) n ON n.cluster = p.cluster
        """,
    )


def _vote(engine: Engine, before: str) -> None:
    """Make `votes`: how many records of which person before are in which cluster now, and who is its heir."""
    engine.make(
        "votes",
        f"""
        SELECT v.cluster, v.person, v.records, c.leader,
            row_number() OVER (PARTITION BY v.person ORDER BY v.records DESC, c.leader) = 1 AS heir
        FROM (
            SELECT p.cluster, o.person, count(*) AS records FROM placed p JOIN (
                SELECT agency, record_id, person FROM {before}
                UNION ALL
                SELECT d.agency, d.record_id, d.person FROM departed d
                ANTI JOIN {before} b ON b.agency = d.agency AND b.record_id = d.record_id
            ) o ON o.agency = p.agency AND o.record_id = p.record_id
            GROUP BY p.cluster, o.person
        ) v JOIN clusters c ON c.cluster = v.cluster
        """,
    )


def _name_new(engine: Engine, *, known: str, retired: str, as_at: date) -> None:
    """Make `named`: each cluster's person, kept or new."""
    engine.make("nameless", "SELECT c.* FROM clusters c ANTI JOIN kept k ON k.cluster = c.cluster")
    made = ["SELECT cluster, person, false AS new FROM kept"]
    for attempt in range(_ATTEMPTS):
        engine.make(
            f"new_names_{attempt}",
            f"""
            SELECT cluster, leader, substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3)
                || '-a' || substr(h, 18, 3) || '-' || substr(h, 21, 12) AS person
            FROM (
                SELECT cluster, leader,
                    md5('{as_at.isoformat()}' || chr(31) || leader || chr(31) || '{attempt}') AS h
                FROM nameless
            ) n
            """,
        )
        engine.make(
            f"taken_names_{attempt}",
            f"""
            SELECT k.person FROM {known} k SEMI JOIN new_names_{attempt} n ON n.person = k.person
            UNION SELECT r.person FROM {retired} r
            SEMI JOIN new_names_{attempt} n ON n.person = r.person
            """,
        )
        made.append(
            f"SELECT n.cluster, n.person, true AS new FROM new_names_{attempt} n"
            f" ANTI JOIN taken_names_{attempt} k ON k.person = n.person"
        )
        engine.make(
            "nameless",
            f"SELECT n.cluster, n.leader FROM new_names_{attempt} n"
            f" SEMI JOIN taken_names_{attempt} k ON k.person = n.person",
        )
        if not len(engine.fetch("SELECT cluster FROM nameless LIMIT 1")):
            break
    engine.make("named", " UNION ALL ".join(made))
    engine.drop("nameless")


def _tell(engine: Engine, before: str, retired: str) -> None:
    """Make `events` from who had which person and who has it now."""
    engine.make(
        "first_votes",
        """
        SELECT cluster, person FROM (
            SELECT cluster, person, row_number() OVER (
                PARTITION BY cluster ORDER BY records DESC, person
            ) AS place FROM votes
        ) v WHERE place = 1
        """,
    )
    engine.make(
        "events",
        f"""
        SELECT CASE WHEN f.person IS NULL THEN 'created' ELSE 'split' END AS kind,
            n.person, f.person AS other,
            CASE WHEN f.person IS NULL THEN 'first_seen' ELSE 'evidence_changed' END AS because
        FROM named n LEFT JOIN first_votes f ON f.cluster = n.cluster WHERE n.new
        UNION ALL
        SELECT 'merged', v.person, n.person, 'evidence_changed'
        FROM votes v JOIN named n ON n.cluster = v.cluster
        WHERE v.heir AND NOT n.new AND n.person <> v.person
        UNION ALL
        SELECT 'moved', v.person, n.person, 'evidence_changed'
        FROM votes v JOIN named n ON n.cluster = v.cluster
        WHERE NOT v.heir AND NOT n.new AND n.person <> v.person
        UNION ALL
        SELECT 'returned', n.person, CAST(NULL AS varchar), 'held_again'
        FROM named n SEMI JOIN {retired} r ON r.person = n.person WHERE NOT n.new
        UNION ALL
        SELECT 'retired', b.person, CAST(NULL AS varchar), 'no_records_left'
        FROM (SELECT DISTINCT person FROM {before}) b
        LEFT JOIN (SELECT DISTINCT person FROM votes) v ON v.person = b.person WHERE v.person IS NULL
        """,
    )
    engine.drop("first_votes")
