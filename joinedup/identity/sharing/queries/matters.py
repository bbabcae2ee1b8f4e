"""What part a viewer has in a matter, and which matters are about a person."""

import uuid

from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Matter, Part
from joinedup.identity.sharing.queries.facts import identifiers_of


def recipients_of(viewer: Viewer) -> list[str]:
    """The names by which parts are given to this viewer: its post, its team, its agency."""
    if viewer.post_id is None:
        return []
    return [f"post:{viewer.post_id}", f"team:{viewer.team_id}", f"agency:{viewer.agency}"]


def part_of(viewer: Viewer, matter_id: uuid.UUID) -> PartLevel:
    """The viewer's highest part in this matter, as the wall has it; the system has it all."""
    if viewer.is_system:
        return PartLevel.WORK
    parts = Part.objects.filter(
        matter__in=Matter.objects.filter(pk=matter_id),
        recipient__in=recipients_of(viewer),
        ends_at__isnull=True,
    )
    levels = [PartLevel(level) for level in parts.values_list("level", flat=True)]
    return max(levels, default=PartLevel.NOTHING)


def matters_about(
    viewer: Viewer, person_id: uuid.UUID, *, kind: MatterKind | None = None, open_only: bool = False
) -> list[Matter]:
    """The matters about this person, under whatever identifier they were opened, that the viewer has a part in."""
    found = Matter.objects.filter(persons__person__in=identifiers_of(person_id)).distinct()
    if kind is not None:
        found = found.filter(kind=kind)
    if open_only:
        found = found.filter(closed_at__isnull=True)
    return list(found.order_by("-opened_at", "pk"))
