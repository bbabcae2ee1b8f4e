"""Tell whoever sent a referral what becomes of it: in words, without detail they may not see."""

import datetime
import uuid

from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import EntryRoute, ReferralState
from joinedup.support.frontdoor.models import Progress, Referral

TELLING = Viewer.system("telling whoever sent a referral what became of it")


def tell_progress(*, by: Viewer, matter_id: uuid.UUID, words: str, at: datetime.datetime) -> None:
    """Add a line to what the sender reads, and tell them that there is one.

    A partner who refers only is told that it was received, and no more (P18).
    """
    with acting(TELLING):
        referral = Referral.objects.get(pk=matter_id)
        Progress.objects.create(matter_id=matter_id, at=at, words=words)
        if referral.by_post_id is None or referral.entry == EntryRoute.REFER_ONLY:
            return
        tell(
            by=by.post_id,
            posts=[post for post in [referral.by_post_id] if post != by.post_id],
            kind=NoticeKind.REFERRAL_MOVED,
            link=sent_page(matter_id),
            at=at,
        )


def move_to(matter_id: uuid.UUID, state: ReferralState, at: datetime.datetime) -> Referral:
    """Let a referral stand in another state; the caller acts as the system and holds the row."""
    referral = Referral.objects.select_for_update().get(pk=matter_id)
    referral.state, referral.state_at = state, at
    referral.save(update_fields=["state", "state_at"])
    return referral


def sent_page(matter_id: uuid.UUID) -> str:
    """Where its sender reads what became of a referral."""
    return f"/referrals/{matter_id}/sent/"


def work_page(matter_id: uuid.UUID) -> str:
    """Where whoever works at a referral reads it and answers."""
    return f"/referrals/{matter_id}/"
