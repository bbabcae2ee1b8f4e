"""Brings the find index's rows into PostgreSQL by COPY: keys laid out by numpy, profiles as text."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from joinedup.intelligence.linkage.find.index import Index
from joinedup.intelligence.linkage.find.keys import Keys

_ROWS_IN_A_BLOCK = 500_000
_KEY_ROW = np.dtype(
    [
        ("columns", ">i2"),
        ("size_of_key", ">i4"),
        ("key", ">i8"),
        ("size_of_mark", ">i4"),
        ("mark", ">i8"),
        ("size_of_person", ">i4"),
        ("person", "V16"),
    ]
)
_BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_BINARY_TAIL = b"\xff\xff"


def uuid_bytes(people: Sequence[str]) -> NDArray[np.void]:
    """Identifiers as PostgreSQL holds them: sixteen bytes each."""
    return np.frombuffer(b"".join(UUID(person).bytes for person in people), dtype="V16")


def profiles_of(index: Index) -> Iterator[tuple[str, str]]:
    """Each person with their profile."""
    return zip(index.people, index.profiles, strict=True)


def copy_profiles(
    cursor: Any, table: str, rows: Iterator[tuple[str, str]], *, fresh: bool = False
) -> None:
    """Profiles hold letters, digits and the marks between them: nothing that COPY would mistake.

    Into a table that is `fresh`, made in this transaction, they are written as settled.
    """
    how = "(FREEZE)" if fresh else ""
    with cursor.copy(f"COPY {table} (person, profile) FROM STDIN {how}") as copy:
        while block := list(islice(rows, _ROWS_IN_A_BLOCK)):
            copy.write("".join([f"{person}\t{profile}\n" for person, profile in block]))


def copy_keys(
    cursor: Any, table: str, keys: Keys, marks: NDArray[np.int64], people: NDArray[np.void],
    *, fresh: bool = False,
) -> None:  # fmt: skip
    """COPY in PostgreSQL's binary form: the rows are laid out by numpy, not written one by one."""
    how = "FORMAT binary, FREEZE" if fresh else "FORMAT binary"
    with cursor.copy(f"COPY {table} (key, mark, person) FROM STDIN ({how})") as copy:
        copy.write(_BINARY_HEAD)
        for at in range(0, len(keys), _ROWS_IN_A_BLOCK):
            some = keys[at : at + _ROWS_IN_A_BLOCK]
            rows = np.empty(len(some), dtype=_KEY_ROW)
            rows["columns"], rows["size_of_person"] = 3, 16
            rows["size_of_key"] = rows["size_of_mark"] = 8
            rows["key"] = some
            rows["mark"] = marks[at : at + len(some)]
            rows["person"] = people[at : at + len(some)]
            copy.write(rows.tobytes())
        copy.write(_BINARY_TAIL)
