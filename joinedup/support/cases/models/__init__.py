"""Records of a case, a file for each thing; Django finds them all here."""

from joinedup.support.cases.models.assessment import (
    Assessment,
    AssessmentRefusal,
    AssessmentSection,
)
from joinedup.support.cases.models.budget import (
    BudgetLine,
    BudgetSpend,
    BudgetTaper,
    FollowUp,
    PersonalBudget,
    SelfDirectedOffer,
)
from joinedup.support.cases.models.carer import Carer, CarerOffer
from joinedup.support.cases.models.case import Case, CaseInvolvement, Lead
from joinedup.support.cases.models.client_group import ClientGroupTag
from joinedup.support.cases.models.closing import Closing, ClosingWord
from joinedup.support.cases.models.combined import CombinedAlert
from joinedup.support.cases.models.coordination import Coordination, CoordinationVoice
from joinedup.support.cases.models.disagreement import Disagreement, DisagreementWord
from joinedup.support.cases.models.eligibility import EligibilityDecision
from joinedup.support.cases.models.family_link import FamilyLink
from joinedup.support.cases.models.finding import Finding, FindingLink
from joinedup.support.cases.models.function_used import FunctionUsed
from joinedup.support.cases.models.goal import Goal, Milestone
from joinedup.support.cases.models.goal_rating import GoalRating
from joinedup.support.cases.models.in_reach import InReach
from joinedup.support.cases.models.level import CaseLevel
from joinedup.support.cases.models.measure import Measurement
from joinedup.support.cases.models.member import CaseMember
from joinedup.support.cases.models.own import OwnWords
from joinedup.support.cases.models.own_signature import OwnSignature
from joinedup.support.cases.models.pathway import Pathway, PathwayStep
from joinedup.support.cases.models.pathway_followed import FollowedPathway, PathwayMark
from joinedup.support.cases.models.placement import BedPlaces, BedSite, Placement
from joinedup.support.cases.models.plan import Plan, PlanAgreement, PlanCopy, PlanVersion
from joinedup.support.cases.models.plan_action import Intervention, PlanAction, ReferredOut
from joinedup.support.cases.models.review import CaseReview, CaseSupervision, SignOff
from joinedup.support.cases.models.saved_view import SavedView
from joinedup.support.cases.models.split import CaseSplit, Placing, of_its_people
from joinedup.support.cases.models.stepping import (
    CaseSchool,
    CaseStep,
    ReleaseSummary,
    SafeguardingGathered,
    StepTelling,
)
from joinedup.support.cases.models.story import StoryEntry, StoryPin, StoryReading
from joinedup.support.cases.models.threshold import ThresholdDocument, ThresholdLevel

__all__ = [
    "Assessment",
    "AssessmentRefusal",
    "AssessmentSection",
    "BedPlaces",
    "BedSite",
    "BudgetLine",
    "BudgetSpend",
    "BudgetTaper",
    "Carer",
    "CarerOffer",
    "Case",
    "CaseInvolvement",
    "CaseLevel",
    "CaseMember",
    "CaseReview",
    "CaseSchool",
    "CaseSplit",
    "CaseStep",
    "CaseSupervision",
    "ClientGroupTag",
    "Closing",
    "ClosingWord",
    "CombinedAlert",
    "Coordination",
    "CoordinationVoice",
    "Disagreement",
    "DisagreementWord",
    "EligibilityDecision",
    "FamilyLink",
    "Finding",
    "FindingLink",
    "FollowUp",
    "FollowedPathway",
    "FunctionUsed",
    "Goal",
    "GoalRating",
    "InReach",
    "Intervention",
    "Lead",
    "Measurement",
    "Milestone",
    "OwnSignature",
    "OwnWords",
    "Pathway",
    "PathwayMark",
    "PathwayStep",
    "PersonalBudget",
    "Placement",
    "Placing",
    "Plan",
    "PlanAction",
    "PlanAgreement",
    "PlanCopy",
    "PlanVersion",
    "ReferredOut",
    "ReleaseSummary",
    "SafeguardingGathered",
    "SavedView",
    "SelfDirectedOffer",
    "SignOff",
    "StepTelling",
    "StoryEntry",
    "StoryPin",
    "StoryReading",
    "ThresholdDocument",
    "ThresholdLevel",
    "of_its_people",
]
