"""Opens connections before anybody waits for them, and lets each read what the tables are like."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

# A new connection reads a table's columns and policies when it is first asked of it: of some sixty
# tables, which is what sending a referral asks, that is a tenth of a second that somebody waits.
_TABLES = """
SELECT format('SELECT FROM %%I.%%I LIMIT 0', schemaname, tablename) FROM pg_tables
WHERE schemaname = current_schema() AND has_table_privilege(format('%%I.%%I', schemaname, tablename), 'SELECT')
ORDER BY 1
"""


def warm(connections: int) -> int:
    """Open so many at once and ask each for nothing of every table; return how many tables there are.

    Nobody is entered, and no row is read. They go back to the pool, which keeps them for whoever asks next.
    """
    every_one_is_open = threading.Barrier(connections)
    with ThreadPoolExecutor(connections) as at_once:
        return max(at_once.map(lambda _: _warm_one(every_one_is_open), range(connections)))


def _warm_one(every_one_is_open: threading.Barrier) -> int:
    try:
        connection.ensure_connection()
        # One that is ready would else go back and be taken again, in place of another.
        every_one_is_open.wait(timeout=30)
        with connection.cursor() as cursor:
            cursor.execute(_TABLES, [])
            asked = [question for (question,) in cursor.fetchall()]
            for question in asked:
                cursor.execute(question)
        return len(asked)
    finally:
        connection.close()
