"""Keep a way of looking at one's cases; give several cases to another lead, having seen what it does."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.operations.saved_looks import forget_look, keep_look
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import SavedView
from joinedup.support.cases.operations.keeping import CannotHandLead, hand_lead
from joinedup.support.handovers.operations import NoPart

KEEPING = Viewer.system("keeping how a post looks at its cases")


@dataclass(frozen=True)
class NotGiven:
    """A case that did not get the other lead, and why."""

    matter_id: uuid.UUID
    why: str


def keep_view(*, by: Viewer, title: str, query: str) -> SavedView:
    """Keep a way of looking at the caseload under a name. Raises CannotKeepLook."""
    by.must(Permission.TAKE_HANDOVERS)
    with acting(KEEPING):
        return keep_look(SavedView, post_id=by.post_id, title=title, query=query)


def forget_view(*, by: Viewer, view_id: int) -> None:
    """Forget one's own way of looking."""
    with acting(KEEPING):
        forget_look(SavedView, post_id=by.post_id, look_id=view_id)


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
