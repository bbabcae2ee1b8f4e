"""The coded words of nights, deliveries, links and reviews."""

from enum import StrEnum

MOST_MONTHS = 1200
"""Nobody’s retention schedule keeps what was deleted for longer than a hundred years."""


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


_WHY = {
    "alone": "The only record of this person.",
    "same_identity": "It says exactly the same as another record.",
    "names_and_birth_date": "Names and birth date agree, and nothing speaks against it.",
    "alike_names_and_birth_date": "Names and birth date are alike, and nothing speaks against it.",
    "nhs_number": "The verified NHS number is the same.",
    "probable": "Much agrees, but not enough to be certain.",
    "uncertain": "Some agrees and some does not.",
    "reviewer": "A reviewer decided it.",
    "first_seen": "Seen for the first time.",
    "evidence_changed": "What the agencies hold has changed.",
    "no_records_left": "No agency holds a record any more.",
}

_EVENTS = {
    ("merged", True): "Found to be the same person as another entry, and joined to it.",
    ("merged", False): "Another entry was found to be the same person and was joined to this one.",
    ("split", True): "Told apart from another person.",
    ("split", False): "Another person was told apart from this one.",
    ("moved", True): "A record moved from here to another person.",
    ("moved", False): "A record moved here from another person.",
    ("retired", True): "No agency holds a record any more.",
    ("returned", True): "An agency holds a record again.",
    ("died", True): "Died, as told by a trusted source.",
    ("created", True): "Seen for the first time.",
}


def why(because: str) -> str:
    """The reason of a link, in words."""
    return _WHY.get(because, because.replace("_", " ").capitalize())


def event_sentence(kind: str, because: str, *, this: bool) -> str:
    """What happened: to `this` person, or to another with whom this one had to do."""
    sentence = _EVENTS.get((kind, this), kind.capitalize())
    by_reviewer = because == "reviewer"
    return f"{sentence} A reviewer decided it." if by_reviewer else sentence
