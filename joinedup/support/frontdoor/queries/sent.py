"""What somebody sent, and what they may hear of it: a receipt, or where it is in words (P17, P18)."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.choices import ReferralState
from joinedup.support.frontdoor.models import (
    Attachment,
    Progress,
    Receipt,
    Referral,
    SenderQuestion,
    Subject,
)

LONGEST_LIST = 200


@dataclass(frozen=True)
class Sent:
    """A referral as its sender sees it in a list."""

    matter_id: uuid.UUID
    reference: str
    at: datetime.datetime
    names: tuple[str, ...] = ()
    state: ReferralState | None = None
    """None where the sender hears only that it was received."""
    last_said: str = ""
    last_at: datetime.datetime | None = None


@dataclass(frozen=True)
class SentReferral:
    """One referral as its sender sees it."""

    receipt: Receipt
    referral: Referral | None
    subjects: tuple[Subject, ...]
    progress: tuple[Progress, ...]
    files: tuple[Attachment, ...]
    questions: tuple[SenderQuestion, ...] = ()

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it can still be taken back: nobody has accepted it."""
        if self.referral is None:
            return False
        state = ReferralState(self.referral.state)
        return state.is_open and state is not ReferralState.ACCEPTED


def what_i_sent(viewer: Viewer) -> list[Sent]:
    """What this post sent, the last first; as far as its way in lets it hear."""
    with reading(viewer):
        referrals = list(
            Referral.objects.filter(by_post_id=viewer.post_id).order_by("-submitted_at", "pk")[
                :LONGEST_LIST
            ]
        )
        keys = [referral.pk for referral in referrals]
        told_of(matters=keys)
        names = _names(keys)
        last = {
            said.matter_id: said
            for said in Progress.objects.filter(matter__in=keys).order_by("at", "pk")
        }
        receipts = [] if viewer.may(Permission.FIND_PEOPLE) else _receipts()
    return receipts + [
        Sent(
            matter_id=referral.pk,
            reference=referral.reference,
            at=referral.submitted_at,
            names=tuple(names.get(referral.pk, ())),
            state=ReferralState(referral.state),
            last_said=last[referral.pk].words if referral.pk in last else "",
            last_at=last[referral.pk].at if referral.pk in last else None,
        )
        for referral in referrals
    ]


def sent_referral(viewer: Viewer, matter_id: uuid.UUID) -> SentReferral:
    """One that this post sent; raises Receipt.DoesNotExist for anybody else's."""
    with reading(viewer):
        receipt = Receipt.objects.get(pk=matter_id)
        referral = Referral.objects.filter(pk=matter_id, by_post_id=viewer.post_id).first()
        if referral is None and viewer.may(Permission.FIND_PEOPLE):
            raise Receipt.DoesNotExist("Somebody else sent it.")
        if referral is not None:
            told_of(matters=[matter_id])
        files = Attachment.objects.filter(matter=matter_id, by_post_id=viewer.post_id)
        return SentReferral(
            receipt=receipt,
            referral=referral,
            subjects=tuple(Subject.objects.filter(matter=matter_id).order_by("place")),
            progress=tuple(Progress.objects.filter(matter=matter_id).order_by("-at", "-pk")),
            files=tuple(files.defer("content").order_by("at", "pk")),
            questions=tuple(SenderQuestion.objects.filter(matter=matter_id).order_by("at", "pk")),
        )


def file_to_read(viewer: Viewer, file_id: uuid.UUID) -> Attachment:
    """A file of a referral that this viewer works at or sent; raises Attachment.DoesNotExist."""
    with reading(viewer):
        found = Attachment.objects.get(pk=file_id)
        told_of(matters=[found.matter_id])
        return found


def _receipts() -> list[Sent]:
    """Whoever only refers sees receipts and nothing else; those are of what they sent."""
    found = Receipt.objects.order_by("-received_at", "pk")[:LONGEST_LIST]
    return [Sent(each.pk, each.reference, each.received_at) for each in found]


def _names(keys: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    names: dict[uuid.UUID, list[str]] = {}
    for subject in Subject.objects.filter(matter__in=keys).order_by("matter", "place"):
        name = f"{subject.given_name} {subject.family_name}".strip()
        names.setdefault(subject.matter_id, []).append(name or "No name")
    return names
