"""What is decided about deliveries, households and reviews: facts in, an answer and its reason out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from joinedup.intelligence.linkage.choices import Answer

MOST_IN_A_HOUSEHOLD = 12
"""More people than this at one address live in an institution, not in a household (propose)."""

HARD_BELOW = 2.0
"""A pair whose evidence weighs less than this (log2 odds) needs two reviewers (propose)."""

UNUSUAL_CHANGE = 0.10
UNUSUAL_LOSS = 0.05
UNUSUAL_QUARANTINE = 0.05
UNUSUAL_TIMES = 3.0
FEW_ROWS = 20
"""Under so many rows of difference nothing is unusual: a small agency would ring every night."""


@dataclass(frozen=True)
class DeliveryCounts:
    """What is compared from one delivery of a contract to the next."""

    sent: int
    quarantined: int
    gone: int
    changes_only: bool


def alarm(now: DeliveryCounts, earlier: Sequence[DeliveryCounts]) -> str:
    """The sentence of alarm when a count is far from usual; empty when all is as usual.

    `earlier` are deliveries of the same contract, the latest first.
    """
    alike = [each for each in earlier if each.changes_only == now.changes_only]
    sentences = (
        _unusual_changes(now, alike) if now.changes_only else _unusual_size(now, alike),
        _unusual_loss(now, bool(earlier)),
        _unusual_quarantine(now, alike),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _unusual_size(now: DeliveryCounts, alike: Sequence[DeliveryCounts]) -> str:
    if not alike:
        return ""
    last = alike[0].sent
    difference = now.sent - last
    if abs(difference) < FEW_ROWS or abs(difference) <= UNUSUAL_CHANGE * max(last, 1):
        return ""
    more_or_fewer = "more" if difference > 0 else "fewer"
    return f"It has {abs(difference):,} rows {more_or_fewer} than the {last:,} sent last time."


def _unusual_changes(now: DeliveryCounts, alike: Sequence[DeliveryCounts]) -> str:
    if not alike:
        return ""
    usual = median(each.sent for each in alike[:10])
    if abs(now.sent - usual) < FEW_ROWS:
        return ""
    if now.sent > UNUSUAL_TIMES * usual or now.sent * UNUSUAL_TIMES < usual:
        return f"It has {now.sent:,} rows where about {usual:,.0f} are usual."
    return ""


def _unusual_loss(now: DeliveryCounts, came_before: bool) -> str:
    if now.changes_only or not came_before or not is_unusual_loss(now.sent, now.gone):
        return ""
    before = now.sent + now.gone
    return f"{now.gone:,} records that were held are absent from it ({now.gone / before:.0%})."


def is_unusual_loss(sent: int, gone: int) -> bool:
    """Whether a full delivery of so many rows lacks more of what was held than people who left."""
    return gone >= FEW_ROWS and gone > UNUSUAL_LOSS * (sent + gone)


def absences_held(count: int, contract: str) -> str:
    """What to tell of records that stay although a full delivery lacks them."""
    return (
        f"{count:,} absences are held: the records stay until the next full delivery lacks them too, "
        f"or until `joinedup night --accept-losses {contract}` is given."
    )


def _unusual_quarantine(now: DeliveryCounts, alike: Sequence[DeliveryCounts]) -> str:
    if now.quarantined < FEW_ROWS or not now.sent:
        return ""
    share = now.quarantined / now.sent
    usual = [each.quarantined / each.sent for each in alike[:10] if each.sent]
    limit = max(UNUSUAL_TIMES * median(usual), 0.01) if usual else UNUSUAL_QUARANTINE
    if share <= limit:
        return ""
    return f"{now.quarantined:,} of its rows were kept back ({share:.1%})."


@dataclass(frozen=True)
class GivenAnswer:
    """One reviewer's answer that stands; `second` where it is a second opinion."""

    answer: Answer
    second: bool


def standing_answer(answers: Sequence[GivenAnswer], *, hard: bool) -> Answer | None:
    """What the reviewers' answers, the earliest first, come to; None while another is needed.

    An easy pair is decided by one reviewer who can tell. A hard one, or one the first could not tell,
    takes a second opinion, and that one stands.
    """
    second = [given.answer for given in answers if given.second]
    if second:
        return second[-1]
    first = [given.answer for given in answers if given.answer is not Answer.CANNOT_TELL]
    return first[-1] if first and not hard else None


@dataclass(frozen=True)
class Agreement:
    """How often two reviewers said the same of one pair, and how far that is beyond chance."""

    pairs: int
    agreed: int
    kappa: float | None
    """Cohen's kappa; None where chance alone would always agree."""

    @property
    def percent(self) -> float:
        """The share of pairs on which both agreed, in per cent."""
        return 100 * self.agreed / self.pairs


def agreement(pairs: Iterable[tuple[Answer, Answer]]) -> Agreement | None:
    """Measure agreement over pairs that two reviewers answered; None where there are none."""
    both = list(pairs)
    if not both:
        return None
    total = len(both)
    agreed = sum(first is second for first, second in both)
    firsts, seconds = (Counter(answers) for answers in zip(*both, strict=True))
    chance = sum(firsts[answer] * seconds[answer] for answer in Answer) / total**2
    kappa = None if chance == 1 else (agreed / total - chance) / (1 - chance)
    return Agreement(total, agreed, kappa)


def is_institution(people: int) -> bool:
    """Whether so many people at one address live in an institution."""
    return people > MOST_IN_A_HOUSEHOLD


def records_to_split(keys: Mapping[int, tuple[str, str]], one: int, other: int) -> int:
    """Which of two records leaves when they are told apart: the one with the later key.

    The night resolves by the same rule, so both give the person's identifier to the same record.
    """
    return max(one, other, key=lambda record: keys[record])


def likeness(left: str, right: str) -> str:
    """How two values shown side by side stand to each other: same, different, one_side or neither.

    Letter case, spaces and punctuation make no difference.
    """
    one, other = ("".join(c for c in said.casefold() if c.isalnum()) for said in (left, right))
    if not one and not other:
        return "neither"
    if not one or not other:
        return "one_side"
    return "same" if one == other else "different"
