"""What a night must know beforehand, as the tables the pipeline declares."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from joinedup.foundations.agencies.models import AgencyExit
from joinedup.identity.people.models import Record, Seal, SealedFingerprint
from joinedup.identity.sharing.models import Objection
from joinedup.intelligence.linkage.choices import Answer, DeliveryStatus, NightState, PairStatus
from joinedup.intelligence.linkage.models import Delivery, Flow, Night, ReviewPair
from joinedup.intelligence.linkage.rules import GivenAnswer, standing_answer
from joinedup.pipeline.changes import ABSENT
from joinedup.pipeline.contracts.stages import DECISIONS, FLOWS, SEALS
from joinedup.pipeline.permitted import OBJECTIONS
from joinedup.pipeline.sealed import FINGERPRINTS


def last_committed() -> Night | None:
    """The last night that was committed."""
    return Night.objects.filter(state=NightState.COMMITTED).order_by("-pk").first()


def flows() -> pa.Table:
    """Every flow ever agreed (FLOWS); the gate asks which are live."""
    return _table(Flow.objects.values(*FLOWS.names), FLOWS)


def left() -> dict[str, tuple[str, datetime.date]]:
    """The agencies that leave or have left the partnership, by name, and from when."""
    found = AgencyExit.objects.filter(taken_back_at=None)
    return {
        code: (name, leaves_on)
        for code, name, leaves_on in found.values_list("agency_id", "agency__name", "leaves_on")
    }


def seals() -> pa.Table:
    """Sealed records (SEALS)."""
    rows = Seal.objects.values_list("agency_id", "record_id")
    return _table(({"agency": agency, "record_id": record} for agency, record in rows), SEALS)


def fingerprints(*, but: str) -> pa.Table:
    """What sealed identities are known again by (FINGERPRINTS); all but the one that is of nobody."""
    return _table(SealedFingerprint.objects.exclude(pk=but).values("fingerprint"), FINGERPRINTS)


def objections(on: datetime.date) -> pa.Table:
    """Records whose use somebody objects to on that day (OBJECTIONS)."""
    rows = (
        Objection.objects.filter(starts_on__lte=on)
        .exclude(ends_on__lte=on)
        .values_list("agency_id", "record_id")
    )
    return _table(({"agency": agency, "record_id": record} for agency, record in rows), OBJECTIONS)


def absences() -> pa.Table:
    """Live records whose absence from a full delivery is held (ABSENT)."""
    held = Record.objects.filter(absent_on__isnull=False, gone_on__isnull=True)
    rows = held.values_list("agency_id", "record_id")
    return _table(({"agency": agency, "record_id": record} for agency, record in rows), ABSENT)


def files_loaded() -> dict[str, frozenset[datetime.date]]:
    """sha256 of every file that was ever loaded, and the days it was loaded for."""
    loaded: dict[str, frozenset[datetime.date]] = {}
    files = Delivery.objects.filter(status=DeliveryStatus.LOADED)
    for sha256, as_at in files.values_list("sha256", "as_at"):
        loaded[sha256] = loaded.get(sha256, frozenset()) | {as_at}
    return loaded


def latest_deliveries() -> dict[tuple[str, str], datetime.date]:
    """The day of the last delivery loaded under each contract for each population."""
    loaded = Delivery.objects.filter(status=DeliveryStatus.LOADED).order_by("as_at")
    return {(d.contract, d.population): d.as_at for d in loaded}


def decisions() -> pa.Table:
    """What reviewers have decided and not undone (DECISIONS): remembered for ever."""
    decided = ReviewPair.objects.filter(status=PairStatus.DECIDED).prefetch_related("decisions")
    rows = []
    for pair in decided.select_related("record_a", "record_b"):
        answer = answer_of(pair)
        if answer in (Answer.SAME, Answer.NOT_SAME):
            rows.append(
                {
                    "agency_a": pair.record_a.agency_id,
                    "record_id_a": pair.record_a.record_id,
                    "agency_b": pair.record_b.agency_id,
                    "record_id_b": pair.record_b.record_id,
                    "same": answer is Answer.SAME,
                }
            )
    return _table(rows, DECISIONS)


def answer_of(pair: ReviewPair) -> Answer | None:
    """What the standing answers to a pair come to."""
    standing = sorted(
        (decision for decision in pair.decisions.all() if decision.undone_at is None),
        key=lambda decision: (decision.at, decision.pk),
    )
    given = [GivenAnswer(Answer(d.answer), d.second) for d in standing]
    return standing_answer(given, hard=pair.hard)


def _table(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema)
