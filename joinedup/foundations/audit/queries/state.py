"""How the tree stands: how many lines, the last signed heads, the last check."""

from dataclasses import dataclass

from joinedup.foundations.audit.models import TreeCheck, TreeHead
from joinedup.foundations.audit.queries.tree import size_of_tree

HEADS_SHOWN = 10


@dataclass(frozen=True)
class StateOfTree:
    """What there is to know of the tree at a glance."""

    size: int
    heads: tuple[TreeHead, ...]
    check: TreeCheck | None


def state_of_tree() -> StateOfTree:
    """The tree as it stands, its newest heads first."""
    return StateOfTree(
        size_of_tree(),
        tuple(TreeHead.objects.order_by("-size")[:HEADS_SHOWN]),
        TreeCheck.objects.order_by("-at", "-pk").first(),
    )
