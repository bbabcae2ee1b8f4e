"""The tree as it stands: its size, its head, and the proofs that anybody can check."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection

from joinedup.foundations.audit.models import Leaf, TreeNode
from joinedup.foundations.audit.rules.merkle import (
    Place,
    Span,
    consistency_spans,
    hashes_of,
    inclusion_spans,
    places_of,
)


def size_of_tree() -> int:
    """How many lines have their leaf."""
    last = TreeNode.objects.filter(level=0).order_by("-place").values_list("place", flat=True)
    return last[0] + 1 if last else 0


def root_at(size: int) -> bytes:
    """The head over the first so many leaves: some twenty hashes, however many lines there are."""
    return _hashes([(0, size)])[0]


def leaf_at(number: int) -> bytes:
    """The hash of the leaf of that number, as the tree has it."""
    return _hashes([(number, number + 1)])[0]


def inclusion_proof(entry_id: uuid.UUID, size: int) -> tuple[int, list[bytes]]:
    """The number of a line, and the path that proves it lies under the head of that size.

    Raises Leaf.DoesNotExist, or ValueError where the line was numbered later.
    """
    number = Leaf.objects.get(entry_id=entry_id).number
    return number, _hashes(inclusion_spans(number, size))


def consistency_proof(first: int, second: int) -> list[bytes]:
    """What proves that the tree of the first size is the beginning of that of the second."""
    return _hashes(consistency_spans(first, second))


def _hashes(spans: Sequence[Span]) -> list[bytes]:
    return hashes_of(spans, _nodes(place for span in spans for place in places_of(span)))


def _nodes(places: Iterable[Place]) -> dict[Place, bytes]:
    wanted = sorted(set(places))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT n.level, n.place, n.hash FROM audit_treenode n
               JOIN unnest(%s::int[], %s::bigint[]) AS w (level, place) USING (level, place)""",
            [[level for level, _ in wanted], [place for _, place in wanted]],
        )
        return {(level, place): bytes(found) for level, place, found in cursor.fetchall()}
