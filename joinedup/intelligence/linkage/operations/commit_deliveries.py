"""Deliveries of a night: their counts against last time, an alarm where one is due, rows kept back."""

from joinedup.intelligence.linkage.models import Delivery, Night, QuarantinedRow
from joinedup.intelligence.linkage.rules import DeliveryCounts, absences_held, alarm
from joinedup.pipeline.contracts.stages import QUARANTINE
from joinedup.pipeline.inbox import LOADED, Outcome
from joinedup.pipeline.run import Ran

_COUNTS = (
    "sent", "repeated", "loaded", "quarantined", "withheld", "matched",
    "new", "changed", "gone", "unchanged",
)  # fmt: skip
_COMPARED = 10
_NONE = QUARANTINE.empty_table()


def write(ran: Ran, *, night: Night) -> None:
    """Write each delivery; one refused or set aside before, and still lying there, is not told again."""
    kept_back = {outcome.sha256: rows for outcome, rows in ran.quarantine}
    for outcome in ran.outcomes:
        again = Delivery.objects.filter(sha256=outcome.sha256, status=outcome.status)
        if outcome.status != LOADED and again.exists():
            continue
        delivery = _write(outcome, night)
        QuarantinedRow.objects.bulk_create(
            (
                QuarantinedRow(
                    delivery=delivery,
                    row=row["row"],
                    column=row["column"] or "",
                    reason=row["reason"],
                    raw=row["raw"] or "",
                )
                for row in kept_back.get(outcome.sha256, _NONE).to_pylist()
            ),
            batch_size=5000,
        )


def _write(outcome: Outcome, night: Night) -> Delivery:
    earlier = list(
        Delivery.objects.filter(
            contract=outcome.contract, population=outcome.population, status=LOADED
        ).order_by("-as_at")[:_COMPARED]
    )
    counts = {name: getattr(outcome, name) for name in _COUNTS}
    return Delivery.objects.create(
        night=night,
        agency_id=outcome.agency,
        contract=outcome.contract,
        population=outcome.population,
        changes_only=outcome.changes_only,
        as_at=outcome.as_at,
        file_name=outcome.file_name,
        sha256=outcome.sha256,
        status=outcome.status,
        sentence=outcome.sentence,
        findings=list(outcome.findings),
        before=earlier[0] if earlier else None,
        alarm=_alarm(outcome, earlier),
        **counts,
    )


def _alarm(outcome: Outcome, earlier: list[Delivery]) -> str:
    if outcome.status != LOADED:
        return ""
    absent = outcome.gone + outcome.absences_held
    now = DeliveryCounts(outcome.sent, outcome.quarantined, absent, outcome.changes_only)
    rings = alarm(
        now, [DeliveryCounts(d.sent, d.quarantined, d.gone, d.changes_only) for d in earlier]
    )
    if not outcome.absences_held:
        return rings
    return f"{rings} {absences_held(outcome.absences_held, outcome.contract)}".strip()
