"""What cases are called in a list: the names of the people they are about."""

import uuid
from collections.abc import Collection

from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.names import names_of_people


def titles_of(viewer: Viewer, matter_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Each case by the names its people have for this viewer, in two queries."""
    if not matter_ids:
        return {}
    told_of(matters=matter_ids)
    with reading(viewer):
        about = list(
            MatterPerson.objects.filter(matter__in=matter_ids)
            .order_by("pk")
            .values_list("matter_id", "person_id")
        )
        names = names_of_people({person for _, person in about})
    found: dict[uuid.UUID, list[str]] = {}
    for matter, person in about:
        found.setdefault(matter, []).append(names.get(person) or "Somebody")
    return {matter: ", ".join(each) for matter, each in found.items()}
