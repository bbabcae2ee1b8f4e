"""A pair for review in words: what agrees, what differs, what the answers were."""

from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import wording
from joinedup.foundations.core.charts import SafeString
from joinedup.foundations.core.tables import Table
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.presenters.evidence import waterfall
from joinedup.intelligence.linkage.queries.review import FieldPair, PairToReview, ReviewProgress

SAID = {"same": "same person", "not_same": "not the same", "cannot_tell": "cannot tell"}

MARKS = {
    "same": ("=", "Same"),
    "different": ("\u2260", "Different"),
    "one_side": ("\u25d0", "Only one has it"),
    "neither": ("\u2013", "Neither has it"),
}


@dataclass(frozen=True)
class Compared:
    """One field of both records, and how they stand to each other: a sign and words, never colour alone."""

    label: str
    left: str
    right: str
    sign: str
    words: str
    differs: bool


def compared(pair: PairToReview) -> list[Compared]:
    """The fields that at least one record fills, in the order a reviewer reads them."""
    return [_compared(field) for field in pair.fields if field.likeness != "neither"]


def _compared(field: FieldPair) -> Compared:
    sign, words = MARKS[field.likeness]
    return Compared(
        field.label, field.left, field.right, sign, words, field.likeness == "different"
    )


def evidence(pair: PairToReview) -> tuple[SafeString, Table]:
    """The evidence as a picture, and as the table beside it."""
    return waterfall(
        pair.evidence,
        title="What speaks for one person, and against",
        caption="The evidence",
    )


def waits(progress: ReviewProgress, viewer: Viewer) -> int:
    """How many pairs wait for this post."""
    second = progress.second_opinion if viewer.may(Permission.SECOND_REVIEW) else 0
    return progress.open + second


def said(answer: str) -> str:
    """An answer in words; nothing for none."""
    return SAID.get(answer, "")


def agreement(progress: ReviewProgress) -> str:
    """How often two reviewers of one pair agreed, as a sentence."""
    found = progress.agreement
    if found is None or not found.pairs:
        return "No pair has had two reviewers yet, so agreement cannot be told."
    sentence = (
        f"Two reviewers gave the same answer to {wording.number(found.agreed)} of "
        f"{wording.count(found.pairs, 'pair')} ({wording.number(found.percent)}%)."
    )
    if found.kappa is None:
        return sentence
    return f"{sentence} Beyond chance (kappa): {wording.number(found.kappa, 2)}, where 1 is full agreement."
