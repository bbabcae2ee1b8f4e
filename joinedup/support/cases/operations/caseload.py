"""Keep a way of looking at one's cases; give several cases to another lead, having seen what it does."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import SavedView
from joinedup.support.cases.operations.keeping import CannotHandLead, hand_lead
from joinedup.support.handovers.operations import NoPart

KEEPING = Viewer.system("keeping how a post looks at its cases")
LONGEST = 60


class CannotKeepView(Exception):
    """Why a way of looking cannot be kept; says how to mend it."""


@dataclass(frozen=True)
class NotGiven:
    """A case that did not get the other lead, and why."""

    matter_id: uuid.UUID
    why: str


def keep_view(*, by: Viewer, title: str, query: str) -> SavedView:
    """Keep a way of looking at the caseload under a name; the same name is kept anew.

    Raises CannotKeepView.
    """
    by.must(Permission.TAKE_HANDOVERS)
    called = " ".join(title.split())
    if not called or len(called) > LONGEST:
        raise CannotKeepView(f"Give it a name of up to {LONGEST} letters.")
    if not query or len(query) > 500:
        raise CannotKeepView("Narrow the cases first; then keep that under a name.")
    if by.post_id is None:
        raise CannotKeepView("Only a post keeps ways of its own.")
    with acting(KEEPING):
        kept, _ = SavedView.objects.update_or_create(
            post_id=by.post_id, title=called, defaults={"query": query}
        )
    return kept


def forget_view(*, by: Viewer, view_id: int) -> None:
    """Forget one's own way of looking."""
    with acting(KEEPING):
        SavedView.objects.filter(pk=view_id, post=by.post_id).delete()


def give_cases(
    *, by: Viewer, matter_ids: Sequence[uuid.UUID], post_id: uuid.UUID, at: datetime.datetime
) -> list[NotGiven]:
    """Let another post of the agency lead each of these cases; return those it could not be given, and why.

    Each stands by itself: one that cannot be given keeps its lead, and the others are given.
    """
    not_given = []
    for matter_id in dict.fromkeys(matter_ids):
        try:
            with transaction.atomic():
                hand_lead(by=by, matter_id=matter_id, post_id=post_id, at=at)
        except (CannotHandLead, NoPart) as why:
            not_given.append(NotGiven(matter_id, str(why)))
    return not_given
