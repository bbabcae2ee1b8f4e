"""The coded words of questions: kinds, states, how an answer came about, what may be known already."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What kind of answer a question takes."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    SCALE = "scale"
    NUMBER = "number"
    DAY = "day"
    LINE = "line"
    WORDS = "words"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _KIND_LABELS[self]

    @property
    def has_choices(self) -> bool:
        """Whether the answer is one or several of a list."""
        return self in {QuestionKind.YES_NO, QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF}

    @property
    def has_limits(self) -> bool:
        """Whether the answer is a number between two others."""
        return self in {QuestionKind.SCALE, QuestionKind.NUMBER}


_KIND_LABELS = {
    QuestionKind.YES_NO: "Yes, no or not known",
    QuestionKind.ONE_OF: "One of a list",
    QuestionKind.SEVERAL_OF: "Any of a list",
    QuestionKind.SCALE: "A scale, such as 0 to 10",
    QuestionKind.NUMBER: "A whole number",
    QuestionKind.DAY: "A day",
    QuestionKind.LINE: "A few words",
    QuestionKind.WORDS: "Words of any length",
}


class VersionState(StrEnum):
    """Where a version stands by what was done with it; whether it is asked today follows from its days."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.value.capitalize()


class How(StrEnum):
    """How an answer came about: asked, or known before and confirmed, carried over, or changed."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CARRIED = "carried"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "asked": "Asked",
            "confirmed": "Known, and confirmed",
            "carried": "Known, not gone into",
            "changed": "Known, and changed",
        }[self.value]

    @property
    def spared(self) -> bool:
        """Whether the question was not asked again."""
        return self in {How.CONFIRMED, How.CARRIED}


NOT_ASKED_AGAIN = (How.CONFIRMED, How.CARRIED)


class KnownFrom(StrEnum):
    """Where the answer to a question may stand already, besides earlier answers to the same question.

    Never an address, a phone number or the like: where they are restricted, a prefilled box tells them.
    """

    NOWHERE = ""
    NEVER = "never"
    AGENCIES = "agencies"
    HOLDINGS = "holdings"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "": "Only in an earlier answer to this question",
            "never": "Nowhere: it is asked anew each time",
            "agencies": "In which kinds of agency are involved",
            "holdings": "In what agencies hold, by the categories that each answer names",
        }[self.value]
