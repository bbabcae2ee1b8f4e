"""What the front door reads before it says whom a referral is about."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.intelligence.linkage.queries.find import Found, Identity, who_it_may_be
from joinedup.support.frontdoor.choices import MatchAnswer, ReferralState
from joinedup.support.frontdoor.models import Match, Referral, Settling, Subject


@dataclass(frozen=True)
class Whom:
    """Somebody a referral is for: as typed, what stands of it, what was said before, who it may be."""

    referral: Referral
    subject: Subject
    match: Match
    before: list[Settling]
    may_be: Found | None
    """Whom they may be, as far as this viewer may see; none where it is settled."""

    @property
    def seen(self) -> int:
        """The last settling that the page shows: whoever acts on an older one is told."""
        return self.before[-1].pk if self.before else 0

    @property
    def is_ours(self) -> bool:
        """Whether it is settled that they are a person known here."""
        return self.match.answer == MatchAnswer.OURS

    @property
    def is_nobody(self) -> bool:
        """Whether a worker said that nobody known here fits."""
        return bool(self.before) and self.before[-1].taken_back_at is None and not self.is_ours


def whom(viewer: Viewer, matter_id: uuid.UUID, place: int, *, at: datetime.datetime) -> Whom:
    """One of those whom a referral is for, with at most ten people they may be; a look at each (P3).

    The referral itself gives the two elements that are asked for before anybody is shown. Raises
    Referral.DoesNotExist to whoever does not work at it for the front door.
    """
    if not viewer.may(Permission.WORK_FRONT_DOOR):
        raise Referral.DoesNotExist
    with looking(viewer, at=at, subject_kind="referral", subject_id=str(matter_id)):
        if part_of(viewer, matter_id) < PartLevel.WORK:
            raise Referral.DoesNotExist
        referral = Referral.objects.get(pk=matter_id)
        match = (
            Match.objects.filter(matter=matter_id, subject__place=place)
            .select_related("subject", "by_post__user")
            .first()
        )
        if match is None:
            raise Referral.DoesNotExist
        told_of(matters=[matter_id])
        before = Settling.objects.filter(subject=match.subject_id).order_by("pk")
        said = list(before.select_related("by_post__user", "taken_back_by__user"))
    asks = match.answer != MatchAnswer.OURS and ReferralState(referral.state) not in {
        ReferralState.CLOSED, ReferralState.WITHDRAWN,
    }  # fmt: skip
    found = who_it_may_be(viewer, _identity(match.subject), at=at) if asks else None
    return Whom(referral, match.subject, match, said, found)


def _identity(subject: Subject) -> Identity:
    return Identity(
        given_name=subject.given_name,
        family_name=subject.family_name,
        born_on=subject.born_on,
        postcode=subject.postcode,
    )
