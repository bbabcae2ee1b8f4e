"""The coded words of nights, deliveries, links and reviews."""

from enum import StrEnum


class _Word(StrEnum):
    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()


class NightState(_Word):
    """Where a night stands."""

    RUNNING = "running"
    COMMITTED = "committed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class DeliveryStatus(_Word):
    """What became of a delivery."""

    LOADED = "loaded"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"


class Tier(_Word):
    """How sure a link is; nothing less than certain makes one person on a screen."""

    ALONE = "alone"
    CERTAIN = "certain"
    DECIDED = "decided"


class PairStatus(_Word):
    """Where a pair for clerical review stands."""

    OPEN = "open"
    SECOND_OPINION = "second_opinion"
    DECIDED = "decided"
    VANISHED = "vanished"


class Answer(_Word):
    """What a reviewer says of a pair."""

    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"


class SpineEventKind(_Word):
    """What happened to a person of the spine."""

    CREATED = "created"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    RETIRED = "retired"
    RETURNED = "returned"
    DIED = "died"


class Basis(_Word):
    """What a quality measure was measured against."""

    TRUTH = "truth"
    REVIEWED = "reviewed"
