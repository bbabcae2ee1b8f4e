"""Records of hand-overs: requests between two sides, who answers at each instant, the clock."""

from joinedup.support.handovers.models.duty import Cover, Duties, Duty
from joinedup.support.handovers.models.handover import Handover, HandoverMessage, Handovers
from joinedup.support.handovers.models.limit import ClockLimit
from joinedup.support.handovers.models.step import Step, Steps

__all__ = [
    "ClockLimit",
    "Cover",
    "Duties",
    "Duty",
    "Handover",
    "HandoverMessage",
    "Handovers",
    "Step",
    "Steps",
]
