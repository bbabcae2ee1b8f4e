"""What waits on a post from panels: first approaches that are theirs to make."""

from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.single_view.queries.sections import SHOWN, Section, Waits, section
from joinedup.support.panels.queries.approach import approaches_of_post


def approaches(viewer: Viewer) -> Iterable[Section]:
    """First approaches, the first due first."""
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    mine = approaches_of_post(viewer)
    yield section(
        "First approaches to make",
        [
            Waits(
                each.name,
                reverse("panel-approach", args=[each.pk]),
                _tried(each.tries),
                due_at=each.due_at,
            )
            for each in mine[:SHOWN]
        ],
        count=len(mine),
    )


def _tried(times: int) -> str:
    if not times:
        return "Not tried yet"
    return "Tried once" if times == 1 else f"Tried {times} times"
