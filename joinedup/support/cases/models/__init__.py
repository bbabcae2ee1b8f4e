"""Records of a case, a file for each thing; Django finds them all here."""

from joinedup.support.cases.models.assessment import (
    Assessment,
    AssessmentRefusal,
    AssessmentSection,
)
from joinedup.support.cases.models.carer import Carer, CarerOffer
from joinedup.support.cases.models.case import Case, CaseInvolvement, Lead
from joinedup.support.cases.models.closing import Closing, ClosingWord
from joinedup.support.cases.models.combined import CombinedAlert
from joinedup.support.cases.models.eligibility import EligibilityDecision
from joinedup.support.cases.models.finding import Finding, FindingLink
from joinedup.support.cases.models.goal import Goal, Milestone
from joinedup.support.cases.models.measure import Measurement
from joinedup.support.cases.models.member import CaseMember
from joinedup.support.cases.models.plan import Plan, PlanAgreement, PlanCopy, PlanVersion
from joinedup.support.cases.models.plan_action import Intervention, PlanAction, ReferredOut
from joinedup.support.cases.models.review import CaseReview, CaseSupervision, SignOff
from joinedup.support.cases.models.saved_view import SavedView
from joinedup.support.cases.models.split import CaseSplit, Placing
from joinedup.support.cases.models.story import StoryEntry, StoryPin, StoryReading

__all__ = [
    "Assessment",
    "AssessmentRefusal",
    "AssessmentSection",
    "Carer",
    "CarerOffer",
    "Case",
    "CaseInvolvement",
    "CaseMember",
    "CaseReview",
    "CaseSplit",
    "CaseSupervision",
    "Closing",
    "ClosingWord",
    "CombinedAlert",
    "EligibilityDecision",
    "Finding",
    "FindingLink",
    "Goal",
    "Intervention",
    "Lead",
    "Measurement",
    "Milestone",
    "Placing",
    "Plan",
    "PlanAction",
    "PlanAgreement",
    "PlanCopy",
    "PlanVersion",
    "ReferredOut",
    "SavedView",
    "SignOff",
    "StoryEntry",
    "StoryPin",
    "StoryReading",
]
