"""What a measure says, and whether a change is more than measuring alone makes.

The error of a difference between two takings at 95 % is 1.96 x sqrt(2) x SD x sqrt(1 - reliability).

- Loneliness, three items, 3 to 9: reliability 0.72 (Cronbach's alpha, Hughes, Waite, Hawkley and Cacioppo 2004,
  Research on Aging 26). The spread, SD 1.5, is a proposal: no published figure for England was at hand.
- The four questions of the ONS, 0 to 10 each: no error of a single taking is published by the ONS. For one
  question on life satisfaction, asked twice in two weeks, Krueger and Schkade (2008, Journal of Public Economics
  92) found 0.59; it is used for all four. The spreads, 1.9 for three of them and 2.9 for anxiety, are a proposal,
  taken a little wide. All of this errs towards saying that no change can be told.
- Confidence to manage it oneself, and goals rated by the person: no error is known, so that none is told, and
  nobody says that such a change is more than measuring alone makes.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.support.cases.choices.measure import MeasureCode
from joinedup.support.questions.rules.asked import Answers
from joinedup.support.questions.rules.hints import UCLA_POINTS, UCLA_QUESTIONS


@dataclass(frozen=True)
class Scale:
    """One number that a measure gives: its ends, which end is better, and how exact one taking is."""

    code: str
    name: str
    lowest: int
    highest: int
    higher_is_better: bool
    spread: float | None
    reliability: float | None
    source: str
    is_proposal: bool

    @property
    def error(self) -> float | None:
        """By how much two takings differ by measuring alone, in 19 of 20 cases at most; None where nobody knows."""
        if self.spread is None or self.reliability is None:
            return None
        return 1.96 * math.sqrt(2) * self.spread * math.sqrt(1 - self.reliability)


_OWN = "Own wording, not tested yet: no error of measurement is known, so that none is told."


def _sure(code: str, name: str) -> Scale:
    return Scale(code, name, 0, 10, True, None, None, _OWN, True)


_ONS = "One-question reliability 0.59 (Krueger and Schkade 2008); the spread is a proposal."
SCALES: Mapping[MeasureCode, tuple[Scale, ...]] = {
    MeasureCode.ONS4: (
        Scale("satisfied", "Life satisfaction", 0, 10, True, 1.9, 0.59, _ONS, True),
        Scale("worthwhile", "Worthwhile", 0, 10, True, 1.9, 0.59, _ONS, True),
        Scale("happy", "Happiness", 0, 10, True, 1.9, 0.59, _ONS, True),
        Scale("anxious", "Anxiety", 0, 10, False, 2.9, 0.59, _ONS, True),
    ),
    MeasureCode.UCLA3: (
        Scale(
            "lonely3", "Loneliness", 3, 9, False, 1.5, 0.72,
            "Reliability 0.72 (Hughes and others 2004); the spread is a proposal.", True,
        ),
    ),
    MeasureCode.OWN_HANDS: (
        _sure("sure-day", "An ordinary day"),
        _sure("sure-signs", "Noticing early"),
        _sure("sure-do", "Doing what helps"),
        _sure("sure-ask", "Asking in time"),
        _sure("sure-back", "Getting back"),
    ),
}  # fmt: skip


def values_of(measure: MeasureCode, answers: Answers) -> dict[str, int]:
    """The number of each scale that was answered whole, by its code."""
    if measure is not MeasureCode.UCLA3:
        found = {scale.code: answers.get(scale.code) for scale in SCALES[measure]}
        return {code: value for code, value in found.items() if isinstance(value, int)}
    points = [UCLA_POINTS.get(str(answers.get(code))) for code in UCLA_QUESTIONS]
    known = [each for each in points if each is not None]
    return {"lonely3": sum(known)} if len(known) == len(UCLA_QUESTIONS) else {}


@dataclass(frozen=True)
class Change:
    """From one number to another, and whether more than measuring alone can make."""

    scale: Scale
    before: int
    after: int

    @property
    def by(self) -> int:
        """The difference as the scale has it."""
        return self.after - self.before

    @property
    def can_be_told(self) -> bool:
        """Whether it is beyond what two takings differ by alone, as far as anybody knows that."""
        return self.scale.error is not None and abs(self.by) > self.scale.error

    @property
    def is_better(self) -> bool:
        """Whether it went the good way, however little."""
        return self.by != 0 and (self.by > 0) == self.scale.higher_is_better

    @property
    def words(self) -> str:
        """What may be said of it, and no more."""
        if self.by == 0:
            return "The same number"
        if self.scale.error is None:
            way = "higher" if self.by > 0 else "lower"
            return f"{abs(self.by)} {way}; nobody knows how much of that measuring alone makes"
        if not self.can_be_told:
            return (
                f"No change that can be told: {abs(self.by)} is within the {self.scale.error:.1f} "
                "that measuring alone makes"
            )
        way = "Better" if self.is_better else "Worse"
        return f"{way} by {abs(self.by)}: more than the {self.scale.error:.1f} that measuring alone makes"
