"""What a safeguarding lead reads of the combined-factor check: their own agency's adult, and nothing else."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.combined import CombinedDecision, CombinedFactor
from joinedup.support.cases.models import CombinedAlert


@dataclass(frozen=True)
class AlertShown:
    """One alert as its lead reads it."""

    alert_id: uuid.UUID
    holder: str
    adult_id: uuid.UUID
    adult: str
    factors: tuple[CombinedFactor, ...]
    found_at: datetime.datetime
    decision: CombinedDecision | None
    because: str
    shared_words: str
    recipient: str
    decided_at: datetime.datetime | None
    sent_as: uuid.UUID | None


def alerts_of(viewer: Viewer, *, at: datetime.datetime) -> list[AlertShown]:
    """The alerts that were told to this post, what waits first."""
    with looking(viewer, at=at, subject_kind="combined alerts") as about:
        about["traceless"] = True
        rows = list(CombinedAlert.objects.select_related("recipient").order_by("-found_at", "pk"))
        shown = [_shown(row) for row in rows]
    return sorted(shown, key=lambda each: each.decided_at is not None)


def to_decide(viewer: Viewer) -> list[tuple[uuid.UUID, datetime.datetime]]:
    """What this post was told of and has not decided, by when; names nobody. Inside `acting`."""
    rows = CombinedAlert.objects.filter(decided_at__isnull=True, post=viewer.post_id)
    return list(rows.order_by("found_at").values_list("pk", "found_at"))


def one_alert(viewer: Viewer, alert_id: uuid.UUID, *, at: datetime.datetime) -> AlertShown:
    """One alert of this post; raises CombinedAlert.DoesNotExist."""
    with looking(viewer, at=at, subject_kind="combined alert", subject_id=str(alert_id)) as about:
        about["traceless"] = True
        found = CombinedAlert.objects.select_related("recipient").get(pk=alert_id)
        return _shown(found)


def _shown(row: CombinedAlert) -> AlertShown:
    told_of(people=[row.adult_id])
    own = Record.objects.filter(
        person__in=identifiers_of(row.adult_id), agency=row.holder_id, gone_on=None
    ).first()
    return AlertShown(
        alert_id=row.pk,
        holder=row.holder_id,
        adult_id=row.adult_id,
        adult=f"{own.given_name} {own.family_name}".strip() if own else "Somebody you hold a record of",
        factors=tuple(CombinedFactor(each) for each in row.factors),
        found_at=row.found_at,
        decision=CombinedDecision(row.decision) if row.decision else None,
        because=row.because,
        shared_words=row.shared_words,
        recipient=row.recipient.name if row.recipient else "",
        decided_at=row.decided_at,
        sent_as=row.sent_as_id,
    )  # fmt: skip
