"""Measures the links of a night: against truth where the people are invented, else against reviewers."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from joinedup.intelligence.linkage.choices import Answer, PairStatus
from joinedup.intelligence.linkage.models import Night, QualityMeasure, ReviewPair
from joinedup.intelligence.linkage.queries.night_facts import answer_of
from joinedup.pipeline.linkage import Measure, load_model, quality, reviewed_quality
from joinedup.pipeline.run import Ran


@dataclass(frozen=True)
class Truth:
    """Whom the records of an invented place are really of; there is none for real people."""

    folder: Path

    @property
    def records(self) -> Path:
        """TRUTH, of every night so far."""
        return self.folder / "records.parquet"

    @property
    def people(self) -> Path:
        """TRUE_PEOPLE."""
        return self.folder / "people.parquet"


def measure(night: Night, ran: Ran, truth: Truth | None, *, as_at: datetime.date) -> None:
    """Write the measures of this night."""
    found = _against_reviewers()
    if truth is not None:
        found += quality(
            ran.linked.links(),
            truth.records,
            truth.people,
            as_at=as_at,
            possible=ran.linked.possible,
        )
    QualityMeasure.objects.bulk_create(
        QualityMeasure(
            night=night,
            basis=each.basis,
            tier=each.tier,
            measure=each.measure,
            group_kind=each.group_kind,
            group=each.group,
            numerator=each.numerator,
            denominator=each.denominator,
            value=each.value,
        )
        for each in found
    )


def _against_reviewers() -> list[Measure]:
    """What the model would have said of the pairs that reviewers have decided."""
    joined_from = load_model().thresholds.probable
    decided = ReviewPair.objects.filter(status=PairStatus.DECIDED).prefetch_related("decisions")
    answered = [(pair.weight, answer_of(pair)) for pair in decided]
    pairs = [
        (weight >= joined_from, answer is Answer.SAME)
        for weight, answer in answered
        if answer in (Answer.SAME, Answer.NOT_SAME)
    ]
    return reviewed_quality(pairs) if pairs else []
