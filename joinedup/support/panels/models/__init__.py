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
from joinedup.support.panels.models.leading import AbleToLead, ItemNeed, ProposedLead
from joinedup.support.panels.models.minutes import MinutesCopy, MinutesCorrection
from joinedup.support.panels.models.moving import CaseMove, MovedCase
from joinedup.support.panels.models.panel import Panel, PanelMember, TermsOfReference
from joinedup.support.panels.models.practice import CareRole, Rollout

__all__ = [
    "AbleToLead",
    "ActionWords",
    "AgencyCheck",
    "Allocation",
    "Approach",
    "ApproachTry",
    "CareRole",
    "CaseMove",
    "CheckRelease",
    "Decision",
    "DecisionStance",
    "FollowUp",
    "ItemNeed",
    "ItemPerson",
    "ItemText",
    "ItemTextVersion",
    "KeptApart",
    "MinutesCopy",
    "MinutesCorrection",
    "MovedCase",
    "Panel",
    "PanelItem",
    "PanelMember",
    "ProposedLead",
    "Rollout",
    "TermsOfReference",
]
