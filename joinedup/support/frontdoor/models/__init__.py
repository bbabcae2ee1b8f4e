"""Records of the front door: referrals and their drafts, routes, triage, the queue."""

from joinedup.support.frontdoor.models.batch import Batch, BatchRow
from joinedup.support.frontdoor.models.case_opened import CaseOpened
from joinedup.support.frontdoor.models.flood import PublicCount
from joinedup.support.frontdoor.models.high_risk import (
    HighRiskInbox,
    HighRiskPapers,
    HighRiskReferral,
)
from joinedup.support.frontdoor.models.intake import (
    Arrival,
    Attachment,
    Draft,
    MatchQuestion,
    Venue,
    VenueCard,
)
from joinedup.support.frontdoor.models.outcome import Outcome, SenderQuestion
from joinedup.support.frontdoor.models.queue import Assignment, FatigueAlert, Opened, SavedFilter
from joinedup.support.frontdoor.models.referral import Match, Progress, Receipt, Referral, Subject
from joinedup.support.frontdoor.models.route import Route, SourceOpening, Threshold
from joinedup.support.frontdoor.models.settling import Settling
from joinedup.support.frontdoor.models.triage import (
    Evidence,
    Found,
    Override,
    Triage,
)

__all__ = [
    "Arrival",
    "Assignment",
    "Attachment",
    "Batch",
    "BatchRow",
    "CaseOpened",
    "Draft",
    "Evidence",
    "FatigueAlert",
    "Found",
    "HighRiskInbox",
    "HighRiskPapers",
    "HighRiskReferral",
    "Match",
    "MatchQuestion",
    "Opened",
    "Outcome",
    "Override",
    "Progress",
    "PublicCount",
    "Receipt",
    "Referral",
    "Route",
    "SavedFilter",
    "SenderQuestion",
    "Settling",
    "SourceOpening",
    "Subject",
    "Threshold",
    "Triage",
    "Venue",
    "VenueCard",
]
