"""The coded words of pathways: from when a step's time runs, what shows that it is done, and what became of it."""

from enum import StrEnum


class CountedFrom(StrEnum):
    """From when the time of a step runs."""

    START = "start"
    STEP_BEFORE = "step_before"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"start": "the day the pathway begins", "step_before": "the step before"}[self.value]


class StepSign(StrEnum):
    """What in the case itself shows that a step is done, so that nobody writes it twice (P41)."""

    CONTACT = "contact"
    ASSESSED = "assessed"
    MEASURED = "measured"
    PLAN_PUT = "plan_put"
    REVIEWED = "reviewed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "contact": "Somebody was in touch with them",
            "assessed": "A section of an assessment is signed",
            "measured": "An outcome measure is taken",
            "plan_put": "A version of the plan is put to them",
            "reviewed": "A review is held",
            "closed": "The case is closed",
        }[self.value]


class Became(StrEnum):
    """What somebody says became of a step."""

    DONE = "done"
    LEFT_OUT = "left_out"
    NOT_DONE = "not_done"
    """What was said before was wrong: it is to be done still."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "done": "It is done",
            "left_out": "It is left out",
            "not_done": "It is not done yet",
        }[self.value]


class StepState(StrEnum):
    """Where a step stands against its limit."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    LEFT_OUT = "left_out"
    DUE = "due"
    WAITS = "waits"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "on_time": "Done on time",
            "late": "Done late",
            "overdue": "Past its limit",
            "left_out": "Left out",
            "due": "Still in time",
            "waits": "After the step before",
            "ended": "Not reached",
        }[self.value]
