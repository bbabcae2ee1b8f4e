"""The coded words of reviews, of supervision and sign-off, and of closing a case."""

from enum import StrEnum


class _Labelled(StrEnum):
    """A coded word with the words shown on a page."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        usual = self.value.replace("_", " ").capitalize()
        return _LABELS.get((type(self), self.value), usual)


class LeastStep(_Labelled):
    """What the next step is, when the least that helps is asked for (S1-32)."""

    LESS = "less"
    AS_IT_IS = "as_it_is"
    MORE = "more"
    ENDS = "ends"

    @property
    def needs_reason(self) -> bool:
        """Whether it must say why less will not do."""
        return self in {LeastStep.AS_IT_IS, LeastStep.MORE}


class SignedThing(_Labelled):
    """What a manager signs off."""

    PLAN = "plan"
    REVIEW = "review"
    CLOSING = "closing"


class ClosingReason(_Labelled):
    """Why a case closes."""

    GOALS_REACHED = "goals_reached"
    STEPPED_DOWN = "stepped_down"
    ANOTHER_LEADS = "another_leads"
    DOES_NOT_WANT_IT = "does_not_want_it"
    MOVED_AWAY = "moved_away"
    CANNOT_BE_REACHED = "cannot_be_reached"
    DIED = "died"
    OPENED_IN_ERROR = "opened_in_error"
    OTHER = "other"


_LABELS: dict[tuple[type[StrEnum], str], str] = {
    (type(word), word.value): label
    for word, label in (
        (LeastStep.LESS, "Less would do: step down"),
        (LeastStep.AS_IT_IS, "Go on as it is"),
        (LeastStep.MORE, "More is needed: step up"),
        (LeastStep.ENDS, "Nothing more is needed: close"),
        (SignedThing.CLOSING, "The closing"),
        (SignedThing.PLAN, "The plan"),
        (SignedThing.REVIEW, "The review"),
        (ClosingReason.ANOTHER_LEADS, "Another service leads now"),
        (ClosingReason.DOES_NOT_WANT_IT, "The person does not want it any more"),
        (ClosingReason.DIED, "The person died"),
    )
}
"""By the kind of word as well: one word may stand in two kinds."""
