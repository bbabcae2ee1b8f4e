"""Levels of need, what may set one, and what moves a case between them."""

from enum import IntEnum, StrEnum

from joinedup.support.cases.choices.case import Programme


class NeedLevel(IntEnum):
    """How much help is needed, on the partnership's continuum; the document in force describes each."""

    UNIVERSAL = 1
    EARLY_HELP = 2
    INTENSIVE = 3
    STATUTORY = 4

    @property
    def label(self) -> str:
        """The words shown on a page where no document is at hand."""
        return f"Level {int(self)}"


class LevelSource(StrEnum):
    """What set a level."""

    OPENED = "opened"
    REVIEW = "review"
    STEP = "step"
    DISAGREEMENT = "disagreement"
    JUDGEMENT = "judgement"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "opened": "When it was opened",
            "review": "At a review",
            "step": "By a step",
            "disagreement": "While a step is disagreed about",
            "judgement": "By the lead’s judgement",
        }[self.value]


class StepDirection(StrEnum):
    """Whether a step goes to more help, to less, or to another team at the same level."""

    UP = "up"
    DOWN = "down"
    ACROSS = "across"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"up": "Step up", "down": "Step down"}.get(self.value, "Step across")


class Telling(StrEnum):
    """Whether the family was told of a step, or not yet."""

    TOLD = "told"
    NOT_YET = "not_yet"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return "They were told" if self is Telling.TOLD else "Not yet"


class Rung(StrEnum):
    """The ladder of a disagreement, from the two workers up (P40)."""

    WORKER = "worker"
    MANAGER = "manager"
    HEAD = "head"
    PARTNERS = "partners"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "worker": "The two workers",
            "manager": "The two managers",
            "head": "The heads of service",
            "partners": "The safeguarding partners",
        }[self.value]


class Settled(StrEnum):
    """What a disagreement came to."""

    GOES_AHEAD = "goes_ahead"
    COMES_BACK = "comes_back"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return "The step goes ahead" if self is Settled.GOES_AHEAD else "The step comes back"


class RungSaid(StrEnum):
    """What a line in a disagreement is."""

    OPENED = "opened"
    SAID = "said"
    WENT_UP = "went_up"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "opened": "Disagreed", "said": "Said", "went_up": "Went up", "settled": "Settled"
        }[self.value]  # fmt: skip


_STARTS_AT = {
    Programme.WELLBEING: NeedLevel.EARLY_HELP,
    Programme.EARLY_HELP: NeedLevel.EARLY_HELP,
    Programme.HOUSING_SUPPORT: NeedLevel.EARLY_HELP,
    Programme.TRANSFORMING_LIVES: NeedLevel.INTENSIVE,
    Programme.INTEGRATED_CARE: NeedLevel.INTENSIVE,
    Programme.FAMILY_HELP: NeedLevel.INTENSIVE,
    Programme.SOCIAL_CARE: NeedLevel.STATUTORY,
    Programme.CHILDRENS_SOCIAL_CARE: NeedLevel.STATUTORY,
}


def usual_level(programme: Programme) -> NeedLevel:
    """The level that a case of a programme is at until somebody says another."""
    return _STARTS_AT[programme]
