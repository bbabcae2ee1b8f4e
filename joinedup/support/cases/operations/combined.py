"""What a safeguarding lead decides about an alert of the combined-factor check, and who has it (P36)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, DisclosureDecision, Purpose
from joinedup.identity.sharing.operations.disclose import CannotDisclose, decide_disclosure
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.support.cases.choices.combined import CombinedDecision, CombinedFactor
from joinedup.support.cases.models import CombinedAlert
from joinedup.support.cases.rules.combined import (
    why_not_decided,
)
from joinedup.support.handovers.queries.answering import who_answers
from joinedup.support.safeguarding.choices import Audience, Door, Trigger
from joinedup.support.safeguarding.operations.raising import raise_exit

HANDING_ON = Viewer.system("giving what bears on a child to who answers for its lead")
DECIDING = Viewer.system("writing down what a safeguarding lead decided")


class CannotDecide(Exception):
    """Why the decision is not written down; fit for the page."""


@dataclass(frozen=True)
class Deciding:
    """What a lead decides of one alert."""

    decision: CombinedDecision
    because: str
    shared_words: str = ""
    recipient: str = ""
    more_detrimental: bool = False


def decide_combined(
    *, by: Viewer, alert_id: uuid.UUID, said: Deciding, at: datetime.datetime
) -> CombinedAlert:
    """Write down whether it is shared and why; shared, it goes as the lead wrote it, and rings (P19).

    Raises CannotDecide, CombinedAlert.DoesNotExist.
    """
    with acting(by):
        alert = CombinedAlert.objects.get(pk=alert_id)
    share = said.decision is CombinedDecision.SHARE
    wrong = why_not_decided(
        share=share, because=said.because, words=said.shared_words, recipient=said.recipient
    )
    if wrong:
        raise CannotDecide(wrong)
    with transaction.atomic(), acting(DECIDING):
        alert = CombinedAlert.objects.select_for_update(of=("self",)).get(pk=alert_id)
        if alert.decided_at is not None:
            raise CannotDecide("This was decided already.")
        _disclose(by, alert, said, at)
        alert.decision, alert.because = said.decision.value, said.because.strip()
        alert.more_detrimental = said.more_detrimental and not share
        alert.decided_by_id, alert.decided_at = by.post_id, at
        if share:
            alert.recipient_id = said.recipient
            alert.shared_words = said.shared_words.strip()
            alert.sent_as_id = _send(by, alert, at)
        alert.save()
        record_change(
            at=at, post_id=by.post_id, act="decided on what bears on a child",
            subject_kind="combined alert", subject_id=str(alert.pk),
            purpose=Purpose.SAFEGUARD_CHILD, person_id=alert.adult_id, agency=by.agency,
            role=by.role, traceless=True, detail={"decision": said.decision},
        )  # fmt: skip
    return alert


def recipients_for(holder: str) -> list[tuple[str, str]]:
    """The agencies to which it may go: those that protect children, other than the holder."""
    kinds = (AgencyKind.SOCIAL_CARE, AgencyKind.COUNCIL)
    found = Agency.objects.filter(kind__in=kinds).exclude(pk=holder).order_by("kind", "name")
    return list(found.values_list("code", "name"))


def hand_on_alerts(*, at: datetime.datetime) -> int:
    """Give what waits on a lead who is away or gone to whoever answers for them; return how many."""
    moved = 0
    with transaction.atomic(), acting(HANDING_ON):
        waiting = list(CombinedAlert.objects.filter(decided_at__isnull=True).select_for_update())
        stands_in = {
            post: who_answers(post, at).post for post in {each.post_id for each in waiting}
        }
        for alert in waiting:
            answers = stands_in[alert.post_id]
            if answers == alert.post_id:
                continue
            of = Post.objects.filter(pk=answers, team__agency=alert.holder_id)
            if of.exists() and not is_barred(answers, alert.adult_id, at=at):
                alert.post_id = answers
                alert.save(update_fields=["post"])
                link = reverse("combined-alert", args=[alert.pk])
                tell(by=None, posts=[answers], kind=NoticeKind.COMBINED_FACTORS, link=link, at=at)
                moved += 1
    return moved


def _disclose(by: Viewer, alert: CombinedAlert, said: Deciding, at: datetime.datetime) -> None:
    """The holder's own decision, item by item, as any other is written down (P9, s16LA)."""
    share = said.decision is CombinedDecision.SHARE
    to = said.recipient or next((code for code, _ in recipients_for(alert.holder_id)), "")
    if not to:
        return
    decision = DisclosureDecision.DISCLOSE if share else DisclosureDecision.DO_NOT_DISCLOSE
    try:
        decide_disclosure(
            by=by, person_id=alert.adult_id, recipient=to, purpose=Purpose.SAFEGUARD_CHILD,
            items={Category(CombinedFactor(each).category): decision for each in alert.factors}, reason=said.because,
            at=at, more_detrimental=said.more_detrimental,
        )  # fmt: skip
    except CannotDisclose as why:
        raise CannotDecide(str(why)) from why


def _send(by: Viewer, alert: CombinedAlert, at: datetime.datetime) -> uuid.UUID:
    """Through the safeguarding door, as any worry about a child goes: it rings until somebody has it."""
    return raise_exit(
        by=by, door=Door.SAFEGUARDING, audience=Audience.CHILD, words=alert.shared_words,
        trigger=Trigger.CHILD_HARMED, person_ids=(alert.adult_id,),
        submission_key=f"combined {alert.pk}", at=at,
    ).pk  # fmt: skip
