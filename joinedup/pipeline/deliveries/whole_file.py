"""What shows only when the whole file has been read: records sent twice, values shared by too many."""

import errno
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from joinedup.pipeline.contracts.stages import DELIVERED
from joinedup.pipeline.engines import for_a_few_questions

MANY_PER_NHS_NUMBER = 10
MANY_PER_ADDRESS = 50
SMALL = 1 << 20
"""Bytes of a file that needs no database of its own, with a limit to its memory."""


@dataclass(frozen=True)
class Repeats:
    """Records whose identifier is in the file more than once, by their places in the records file."""

    spare: np.ndarray
    """Rows that say nothing new: the same again, or another row of a sealed record."""
    disputed: np.ndarray
    """Rows that contradict another row of the same identifier."""


@dataclass(frozen=True)
class Shared:
    """Values that stand on more records than one person or one household has."""

    values: int
    records: int
    most: int


class WholeFile:
    """Questions to the records of one delivery, answered in bounded memory."""

    def __init__(self, records: Path, scratch: Path) -> None:
        small = records.stat().st_size < SMALL
        self._db = for_a_few_questions() if small else _within_bounds(scratch)
        self._records = f"read_parquet({_quoted(records)}, file_row_number = true)"

    def _ask(self, question: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._db.execute(question)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise OSError(errno.ENOSPC, "No space left for sorting the delivery") from error

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()

    def repeats(self) -> Repeats | None:
        """Records sent more than once; None where there are none.

        P2: where any row of a record says sealed, that row alone is used and the others are dropped.
        """
        again = f"SELECT record_id FROM {self._records} GROUP BY record_id HAVING count(*) > 1"
        if not self._ask(f"{again} LIMIT 1").fetchall():
            return None
        columns = ", ".join(DELIVERED.names)
        found = self._ask(
            f"""
            WITH again AS ({again}),
            rows AS (
                SELECT file_row_number AS place, record_id, sealed, hash({columns}) AS says
                FROM {self._records} SEMI JOIN again USING (record_id)
            )
            SELECT
                place,
                min(says) OVER record <> max(says) OVER record AND NOT bool_or(sealed) OVER record
                    AS disputed,
                row_number() OVER (PARTITION BY record_id ORDER BY sealed DESC, place) = 1 AS first
            FROM rows
            WINDOW record AS (PARTITION BY record_id)
            ORDER BY place
            """
        ).fetchnumpy()
        disputed = np.asarray(found["disputed"], bool)
        spare = ~disputed & ~np.asarray(found["first"], bool)
        places = np.asarray(found["place"], np.int64)
        return Repeats(places[spare], places[disputed])

    def shared_nhs_numbers(self) -> Shared | None:
        """NHS numbers that stand on more records than one person has; None where there are none."""
        return self._shared("nhs_number", "nhs_number IS NOT NULL", MANY_PER_NHS_NUMBER)

    def shared_addresses(self) -> Shared | None:
        """Addresses with more people than a household has; None where there are none."""
        return self._shared("upper(address), postcode", "address IS NOT NULL", MANY_PER_ADDRESS)

    def _shared(self, value: str, where: str, many: int) -> Shared | None:
        row = self._ask(
            f"""
            SELECT count(*), coalesce(sum(times), 0)::BIGINT, coalesce(max(times), 0)
            FROM (
                SELECT hash({value}) AS value, count(*) AS times
                FROM {self._records} WHERE {where} GROUP BY 1 HAVING times >= {many}
            )
            """
        ).fetchall()[0]
        return Shared(*row) if row[0] else None


def _within_bounds(scratch: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={
            "threads": 2,
            "memory_limit": "160MB",
            "preserve_insertion_order": False,
            "temp_directory": str(scratch / "spill"),
        }
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
