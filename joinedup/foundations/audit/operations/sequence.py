"""Number the lines: give each its place in the tree, after the fact and without keeping a page waiting."""

from django.db import connection, transaction

AT_A_TIME = 10_000
"""Few enough that a run ends within a second or two and its locks with it."""


def sequence_leaves(most: int = AT_A_TIME) -> int:
    """Give lines that have no number yet their leaves; return how many.

    None at all where somebody else is numbering: one sequencer works at a time and nobody waits for
    it. A line that commits late is numbered late, never skipped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_number(%s)", [most])
        return cursor.fetchone()[0] or 0


def sequence_all() -> int:
    """Give every line that has no number its leaf, a batch at a time; return how many."""
    done = 0
    while numbered := sequence_leaves():
        done += numbered
        if numbered < AT_A_TIME:
            break
    return done
