"""How near whoever looks is to whom they look at: what makes a look one to ask about."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Q

from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.audit.operations.record import About
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import Involvement
from joinedup.pipeline.standardise.names import name_tokens


def nearness(
    viewer: Viewer,
    person_id: uuid.UUID,
    *,
    family_names: Iterable[str],
    at: datetime.datetime,
    homes: Iterable[str] = (),
) -> About:
    """Whether a post's team has nothing to do with the person, and whether they share surname or home.

    Told to the audit as yes or no; no name or address goes with it. `homes` are the keys of the
    person's addresses. Call it while acting as the viewer.
    """
    if viewer.post_id is None or viewer.team_id is None:
        return {}
    theirs = {part for name in family_names for part in name_tokens(name)}
    return {
        "no_involvement": not _is_involved(viewer.post_id, viewer.team_id, person_id, at),
        "same_name": bool(theirs & set(name_tokens(viewer.name)[-1:])),
        "same_address": bool(viewer.home) and viewer.home in map(digest_of_home, homes),
    }


def _is_involved(
    post_id: uuid.UUID, team_id: int, person_id: uuid.UUID, at: datetime.datetime
) -> bool:
    ours = Involvement.objects.filter(person_id=person_id, team_id=team_id, starts_at__lte=at)
    ours = ours.filter(Q(post=None) | Q(post_id=post_id))
    return ours.filter(Q(ends_at=None) | Q(ends_at__gt=at)).exists()
