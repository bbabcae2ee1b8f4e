"""By which keys people are found: what the large table of the find index says, or the small one in its place."""

import uuid

from joinedup.intelligence.linkage.models import FindKey, FindLately

Keys = set[tuple[int, int | None, uuid.UUID]]


def found_by() -> Keys:
    """Each key in use, with the mark and the person it leads to."""
    marks = {(key, person): mark for key, mark, person in lately()}
    still = {row for row in in_the_large_table() if (row[0], row[2]) not in marks}
    return still | {
        (key, mark, person) for (key, person), mark in marks.items() if mark is not None
    }


def in_the_large_table() -> Keys:
    """What the large table holds, whether it is in use or not."""
    return _rows(FindKey)


def lately() -> Keys:
    """What the small one holds."""
    return _rows(FindLately)


def _rows(model: type[FindKey] | type[FindLately]) -> Keys:
    return set(model.objects.values_list("key", "mark", "person"))
