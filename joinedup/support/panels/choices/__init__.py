"""The coded words of panels, a file for each thing."""

from joinedup.support.panels.choices.allocation import AllocationState, WhyLead
from joinedup.support.panels.choices.approach import ApproachOutcome, ApproachState, CapacityView
from joinedup.support.panels.choices.approval import ApprovalState, Effect
from joinedup.support.panels.choices.check import CheckState, Known
from joinedup.support.panels.choices.in_reach import ClinicStands
from joinedup.support.panels.choices.item import (
    Box,
    DecisionKind,
    ItemSource,
    PanelItemState,
    Stance,
)
from joinedup.support.panels.choices.leading import MovedState, NeedKind
from joinedup.support.panels.choices.panel import PanelTemplate, Rhythm
from joinedup.support.panels.choices.parted import WhyPlaced
from joinedup.support.panels.choices.practice import CareRoleKind, RolloutStage

__all__ = [
    "AllocationState",
    "ApproachOutcome",
    "ApproachState",
    "ApprovalState",
    "Box",
    "CapacityView",
    "CareRoleKind",
    "CheckState",
    "ClinicStands",
    "DecisionKind",
    "Effect",
    "ItemSource",
    "Known",
    "MovedState",
    "NeedKind",
    "PanelItemState",
    "PanelTemplate",
    "Rhythm",
    "RolloutStage",
    "Stance",
    "WhyLead",
    "WhyPlaced",
]
