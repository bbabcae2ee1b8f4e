"""An item about somebody who turned out to be two: what its own records say of whom, and how that reads."""

from dataclasses import dataclass

from joinedup.support.panels.choices import ItemSource, WhyPlaced

JOINED = "Their records were joined with others since; this item follows the one person."
WAITS = (
    "Make sure which of them is meant before anything is done: nothing is decided until whoever keeps "
    "the panel has said it."
)
_NOT_DECIDED = "Nobody has said yet which of the two people this is about."


@dataclass(frozen=True)
class Halves:
    """Of two people whose records are in two by now, what tells whom an item is about."""

    practice_of_first: bool = False
    """The practice that brought it has a record of the first, whom the item named."""
    practice_of_other: bool = False
    case_of_first: bool = False
    case_of_other: bool = False


def told_by_records(source: ItemSource, halves: Halves) -> tuple[WhyPlaced, bool] | None:
    """What says it and whether it is the other, where the item's own records leave no doubt; else None."""
    if source is ItemSource.STEP_UP and halves.case_of_first != halves.case_of_other:
        return WhyPlaced.CASE, halves.case_of_other
    if source is ItemSource.NOMINATION and halves.practice_of_first != halves.practice_of_other:
        return WhyPlaced.PRACTICE, halves.practice_of_other
    return None


def since_parted(
    found_on: str,
    why: WhyPlaced | None,
    *,
    is_other: bool = False,
    by: str = "",
    decided_on: str = "",
) -> str:
    """What whoever reads the item is told, its days in words; of the other, nothing but that there is one."""
    parted = (
        f"What was taken for the records of one person turned out to be two people’s on {found_on}."
    )
    if why is None:
        return f"{parted} {_NOT_DECIDED} {WAITS}"
    whom = "the one whom it named from the first"
    said = {
        WhyPlaced.PRACTICE: "as the practice’s own record is theirs",
        WhyPlaced.CASE: "as the case that it came from is",
        WhyPlaced.DECIDED: f"as {by or 'whoever keeps the panel'} decided on {decided_on}",
    }[why]
    if is_other:
        whom = "the other of them, and not the one who was taken for them"
    return f"{parted} This item is about {whom}, {said}."
