"""The words of a hand-over, of a duty and of the clock."""

from enum import StrEnum


class _Labelled(StrEnum):
    """A coded word with the words shown on a page."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())


class Manner(_Labelled):
    """Whether somebody was taken along or shown the way; a signpost is recorded as what it is."""

    WARM = "warm"
    SIGNPOST = "signpost"


class Force(_Labelled):
    """What stands behind a hand-over: nothing more, a duty in law (P20), or protection (P34)."""

    ORDINARY = "ordinary"
    STATUTORY = "statutory"
    PROTECTION = "protection"


class HandoverState(_Labelled):
    """Where a hand-over stands; open and asked are one open request."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SIGNPOSTED = "signposted"

    @property
    def waits(self) -> bool:
        """Whether it still waits for the other side's yes or no."""
        return self in WAITING


WAITING = (HandoverState.OPEN, HandoverState.ASKED)


class Said(_Labelled):
    """What a line between the two sides is: what was done, and what became of it in the end."""

    OFFERED = "offered"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SIGNPOSTED = "signposted"
    SILENT = "silent"
    HANDED_ON = "handed_on"
    BECAME = "became"


class ReturnReason(_Labelled):
    """Why a hand-over comes back; the first three are no answer to a duty in law (P20)."""

    NO_CAPACITY = "no_capacity"
    NOT_ELIGIBLE = "not_eligible"
    ALREADY_OPEN = "already_open"
    OUTSIDE_OUR_AREA = "outside_our_area"
    ANOTHER_TEAM = "another_team"
    MORE_NEEDED = "more_needed"
    DOES_NOT_WANT_IT = "does_not_want_it"
    CANNOT_WORK_WITH = "cannot_work_with"
    OTHER = "other"


class StepKind(_Labelled):
    """The steps of the one clock on one line (P33)."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    PANEL = "panel"
    ACCEPT = "accept"
    APPROACH = "approach"
    PLAN = "plan"
    REVIEW = "review"


class Answers(_Labelled):
    """By what right a post answers at this instant: its own, for one on leave, for one that ended."""

    ITSELF = "itself"
    COVER = "cover"
    ACTING = "acting"


_LABELS = {
    Manner.WARM: "Handed over",
    Force.STATUTORY: "A duty in law",
    HandoverState.OPEN: "Waiting for an answer",
    HandoverState.ASKED: "A question has come back",
    HandoverState.RETURNED: "Sent back",
    HandoverState.SIGNPOSTED: "Shown the way",
    Said.ASKED: "Asked",
    Said.RETURNED: "Sent back",
    Said.SIGNPOSTED: "Shown the way",
    Said.SILENT: "No answer in time",
    Said.HANDED_ON: "Handed on",
    Said.BECAME: "What became of it",
    ReturnReason.NO_CAPACITY: "We have no capacity",
    ReturnReason.NOT_ELIGIBLE: "The person does not meet our criteria",
    ReturnReason.ALREADY_OPEN: "Somebody is working with the person already",
    ReturnReason.OUTSIDE_OUR_AREA: "The person lives outside our area",
    ReturnReason.ANOTHER_TEAM: "It is another team’s work",
    ReturnReason.MORE_NEEDED: "We need to know more before we can say",
    ReturnReason.DOES_NOT_WANT_IT: "The person does not want it",
    ReturnReason.CANNOT_WORK_WITH: "Nobody here may work with this person",
    ReturnReason.OTHER: "Another reason",
    StepKind.PANEL: "Panel",
    StepKind.APPROACH: "First approach",
    Answers.ITSELF: "On duty",
    Answers.COVER: "Covering",
}
