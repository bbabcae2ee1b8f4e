"""The coded words of a meeting: where it stands, who came, what stands on its agenda, why somebody may not decide."""

from enum import StrEnum


class _Labelled(StrEnum):
    """A coded word with the words shown on a page."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())


class MeetingState(_Labelled):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Standing(_Labelled):
    """As what somebody sits at a meeting; only members count for its quorum."""

    CHAIR = "chair"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    GUEST = "guest"

    @property
    def counts(self) -> bool:
        """Whether they count for the quorum and have a word in a decision."""
        return self in {Standing.CHAIR, Standing.MEMBER}


class Attendance(_Labelled):
    """Whether somebody came."""

    EXPECTED = "expected"
    APOLOGIES = "apologies"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"


class ItemState(_Labelled):
    """Where an item of the agenda stands."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    DEFERRED = "deferred"
    TAKEN_OFF = "taken_off"

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to be done at this meeting."""
        return self in {ItemState.DONE, ItemState.DEFERRED, ItemState.TAKEN_OFF}


class InterestKind(_Labelled):
    """Why somebody may not sit at an item: in codes alone, for words would say who it is about."""

    RELATION = "relation"
    NEIGHBOUR = "neighbour"
    FINANCIAL = "financial"
    OTHER_BODY = "other_body"
    OTHER = "other"


class ActionState(_Labelled):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    NOT_NEEDED = "not_needed"


class MinutesState(_Labelled):
    """Where the minutes of a meeting stand (P29)."""

    DRAFT = "draft"
    APPROVED = "approved"


_LABELS: dict[StrEnum, str] = {
    Attendance.ABSENT: "Did not come",
    Attendance.EXPECTED: "Not said yet",
    ItemState.TAKEN_OFF: "Taken off",
    InterestKind.RELATION: "Related to, or a friend of, somebody it is about",
    InterestKind.NEIGHBOUR: "Lives with or near somebody it is about",
    InterestKind.FINANCIAL: "A financial interest",
    InterestKind.OTHER_BODY: "An office in another body that it concerns",
    InterestKind.OTHER: "Another reason",
    ActionState.NOT_DONE: "Not done",
    ActionState.NOT_NEEDED: "Not needed any more",
}
