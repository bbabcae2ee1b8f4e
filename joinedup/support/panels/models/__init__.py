"""Records of panels, a file for each thing; Django finds them all here."""

from joinedup.support.panels.models.allocation import Allocation
from joinedup.support.panels.models.approach import (
    Approach,
    ApproachPerson,
    ApproachTry,
    Decline,
)
from joinedup.support.panels.models.approval import DecisionApproval
from joinedup.support.panels.models.check import AgencyCheck, CheckRelease
from joinedup.support.panels.models.decision import (
    ActionWords,
    Decision,
    DecisionStance,
    FollowUp,
)
from joinedup.support.panels.models.in_reach import ClinicChange, InReachClinic
from joinedup.support.panels.models.item import (
    ItemPerson,
    ItemText,
    ItemTextVersion,
    KeptApart,
    PanelItem,
)
from joinedup.support.panels.models.leading import AbleToLead, ItemNeed, ProposedLead
from joinedup.support.panels.models.meeting import PanelMeeting
from joinedup.support.panels.models.minutes import (
    ItemLeft,
    MinutesCopy,
    MinutesCorrection,
    MinutesPage,
)
from joinedup.support.panels.models.moving import CaseMove, JointMove, JointMoveTeam, MovedCase
from joinedup.support.panels.models.panel import Panel, PanelMember, TermsOfReference
from joinedup.support.panels.models.parted import ItemSplit
from joinedup.support.panels.models.practice import CareRole, Rollout
from joinedup.support.panels.models.seat import PanelSeat

__all__ = [
    "AbleToLead",
    "ActionWords",
    "AgencyCheck",
    "Allocation",
    "Approach",
    "ApproachPerson",
    "ApproachTry",
    "CareRole",
    "CaseMove",
    "CheckRelease",
    "ClinicChange",
    "Decision",
    "DecisionApproval",
    "DecisionStance",
    "Decline",
    "FollowUp",
    "InReachClinic",
    "ItemLeft",
    "ItemNeed",
    "ItemPerson",
    "ItemSplit",
    "ItemText",
    "ItemTextVersion",
    "JointMove",
    "JointMoveTeam",
    "KeptApart",
    "MinutesCopy",
    "MinutesCorrection",
    "MinutesPage",
    "MovedCase",
    "Panel",
    "PanelItem",
    "PanelMeeting",
    "PanelMember",
    "PanelSeat",
    "ProposedLead",
    "Rollout",
    "TermsOfReference",
]
