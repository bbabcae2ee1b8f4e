"""Records of panels, a file for each thing; Django finds them all here."""

from joinedup.support.panels.models.allocation import Allocation
from joinedup.support.panels.models.approach import Approach, ApproachTry
from joinedup.support.panels.models.check import AgencyCheck, CheckRelease
from joinedup.support.panels.models.decision import (
    ActionWords,
    Decision,
    DecisionStance,
    FollowUp,
)
from joinedup.support.panels.models.item import (
    ItemPerson,
    ItemText,
    ItemTextVersion,
    KeptApart,
    PanelItem,
)
from joinedup.support.panels.models.minutes import MinutesCopy, MinutesCorrection
from joinedup.support.panels.models.panel import Panel, PanelMember, TermsOfReference
from joinedup.support.panels.models.practice import CareRole, Rollout

__all__ = [
    "ActionWords",
    "AgencyCheck",
    "Allocation",
    "Approach",
    "ApproachTry",
    "CareRole",
    "CheckRelease",
    "Decision",
    "DecisionStance",
    "FollowUp",
    "ItemPerson",
    "ItemText",
    "ItemTextVersion",
    "KeptApart",
    "MinutesCopy",
    "MinutesCorrection",
    "Panel",
    "PanelItem",
    "PanelMember",
    "Rollout",
    "TermsOfReference",
]
