"""Advice asked for in a case, and what was asked of the viewer's team."""

import uuid

from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.models import InReach

LOOKING = Viewer.system("finding whom a question for advice is about")
_WITH = ("from_post__user", "from_post__team__agency", "to_team__agency", "answered_by__user")


def asked_in(viewer: Viewer, matter_id: uuid.UUID) -> list[InReach]:
    """What was asked in a case, newest first."""
    with reading(viewer):
        found = InReach.objects.filter(case=matter_id).select_related(*_WITH)
        return list(found.order_by("-asked_at", "pk"))


def asked_of_us(viewer: Viewer) -> list[InReach]:
    """What was asked of the viewer's team: what waits first, due first; inside `acting(viewer)`."""
    found = InReach.objects.filter(to_team=viewer.team_id, withdrawn_at__isnull=True)
    rows = found.select_related(*_WITH).order_by("-asked_at")[:100]
    return sorted(rows, key=lambda each: (each.answered_at is not None, each.due_at))


def one_asked_of_us(viewer: Viewer, in_reach_id: uuid.UUID) -> InReach:
    """One question to the viewer's team; inside `acting(viewer)`. Raises InReach.DoesNotExist."""
    found = InReach.objects.select_related(*_WITH)
    return found.get(pk=in_reach_id, to_team=viewer.team_id)


def whom_it_is_about(in_reach: InReach) -> list[uuid.UUID]:
    """Whom a question is about, for the line that a look leaves; not for the page."""
    with acting(LOOKING):
        about = MatterPerson.objects.filter(matter=in_reach.case_id).order_by("since", "pk")
        return list(about.values_list("person_id", flat=True))
