"""What changed lately in the find index: written beside the large table, and brought into it little by little.

Keys that differ lie all over the large table, one or two a page, and every page that is written is read and
logged whole. So they go to a small one first, which each search looks in as well; a part of it that
has come together since is then brought in at once, page by page.
"""

from typing import Any

from django.db import connection

from joinedup.identity.sharing.access import Viewer, acting

BRINGING = Viewer.system("bringing the find index together")

FEW = 20_000
"""So many rows or fewer are all brought in at once."""

PARTS = 16
"""Else this part of all keys, the one of which most has come together: what waits stays below a share of all."""

_BITS = 60
"""The bits of a key below those that tell its part."""


def write(cursor: Any, *, stale: str, said: str) -> None:
    """Write which keys lead to a person no more, and which do, under what mark.

    Both are tables (key, mark, person) in the order of keys.
    """
    cursor.execute(
        f"""INSERT INTO linkage_findlately (key, person, mark)
            SELECT key, person, NULL FROM {stale} UNION ALL SELECT key, person, mark FROM {said}
            ON CONFLICT (key, person) DO UPDATE SET mark = excluded.mark"""
    )


def forget(cursor: Any, persons: str) -> int:
    """Bring in all that is lately of these persons: of who they were the large table keeps nothing (P2, P15).

    `persons` is a table with their identifiers; those that were merged into them go with them.
    """
    cursor.execute(
        f"""CREATE TEMPORARY TABLE find_forgotten ON COMMIT DROP AS
            WITH RECURSIVE same AS (
                SELECT person FROM {persons}
                UNION SELECT p.id FROM same JOIN people_person p ON p.merged_into_id = same.person)
            SELECT person FROM same"""
    )
    brought = _bring_in(cursor, "l.person IN (SELECT person FROM find_forgotten)")
    cursor.execute("DROP TABLE find_forgotten")
    return brought


def bring_in() -> int:
    """Bring a part of what changed lately into the large table, in a transaction of its own; return its rows.

    Nothing is found otherwise before or after, nor while it goes on.
    """
    with acting(BRINGING), connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT key >> {_BITS}, count(*), sum(count(*)) OVER () FROM linkage_findlately
                GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"""
        )
        fullest = cursor.fetchone()
        if fullest is None:
            return 0
        part, _, rows = fullest
        if rows <= FEW:
            return _bring_in(cursor, "true")
        first = part << _BITS
        return _bring_in(cursor, f"l.key BETWEEN {first} AND {first + (1 << _BITS) - 1}")


def _bring_in(cursor: Any, which: str) -> int:
    """Take rows `l` out of the small table and do in the large one what they say; in the order of its pages."""
    cursor.execute(
        "CREATE TEMPORARY TABLE find_brought (key bigint, person uuid, mark bigint) ON COMMIT DROP"
    )
    cursor.execute(
        f"""WITH taken AS (
                DELETE FROM linkage_findlately l WHERE {which} RETURNING l.key, l.person, l.mark)
            INSERT INTO find_brought SELECT * FROM taken ORDER BY key, person"""
    )
    brought = int(cursor.rowcount)
    if brought:
        cursor.execute("ANALYZE find_brought")
        cursor.execute(
            """DELETE FROM linkage_findkey k USING find_brought b
               WHERE b.mark IS NULL AND k.key = b.key AND k.person = b.person"""
        )
        # Where it stands, and beside it no row of the index: the key is the same.
        cursor.execute(
            """UPDATE linkage_findkey k SET mark = b.mark FROM find_brought b
               WHERE b.mark IS NOT NULL AND k.key = b.key AND k.person = b.person"""
        )
        cursor.execute(
            """INSERT INTO linkage_findkey (key, mark, person)
               SELECT b.key, b.mark, b.person FROM find_brought b
               WHERE b.mark IS NOT NULL AND NOT EXISTS (
                   SELECT FROM linkage_findkey k WHERE k.key = b.key AND k.person = b.person)"""
        )
    cursor.execute("DROP TABLE find_brought")
    return brought
