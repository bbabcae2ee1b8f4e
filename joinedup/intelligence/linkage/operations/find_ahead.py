"""Lays the find index beside the one that is in use, on a first night while the spine is being written."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.find.index import Index, build_index
from joinedup.intelligence.linkage.operations.find_copying import (
    copy_keys,
    copy_profiles,
    profiles_of,
    uuid_bytes,
)
from joinedup.intelligence.linkage.operations.find_said import NightFiles, said_in

LAYING = Viewer.system("laying the find index beside a first load")

WORTH_IT = 50_000
"""For fewer records than this a connection of its own costs more than it spares."""


@dataclass(frozen=True)
class Ahead:
    """The index of what a full night says, and of how many records; made while these are being written."""

    index: Index
    records: int
    laid: bool = False
    """Whether it is in the database, committed, and need only be taken."""


def build_ahead(night: NightFiles) -> Ahead:
    """Make the index without the spine; whether it is of all that is there is judged when it is used.

    Call it in a thread: a large one is laid in the database in a transaction of that thread's own, where
    nobody reads it until the night takes it. What a night leaves that fails is forgotten (P2).
    """
    said = said_in(night)
    index = build_index(said)
    if said.num_rows < WORTH_IT:
        return Ahead(index, said.num_rows)
    try:
        with acting(LAYING), connection.cursor() as cursor:
            lay(cursor, index)
    finally:
        connection.close()
    return Ahead(index, said.num_rows, laid=True)


def lay(cursor: Any, index: Index) -> None:
    """Write an index beside the one in use, ready to be taken in its place."""
    cursor.execute("SELECT find_index_begin()")
    copy_profiles(cursor, "linkage_findprofile_next", profiles_of(index), fresh=True)
    people = uuid_bytes(index.people)[index.places]
    marks = index.marks[index.places]
    copy_keys(cursor, "linkage_findkey_next", index.keys, marks, people, fresh=True)
    cursor.execute("SELECT find_index_ready()")


def forget_laid(cursor: Any) -> None:
    """Remove what a night laid that failed: it tells of people, and no seal would reach it (P2)."""
    cursor.execute("SELECT find_index_forget()")
