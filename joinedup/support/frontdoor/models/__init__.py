"""Records of the front door: referrals and their drafts, routes, triage, the queue."""

from joinedup.support.frontdoor.models.intake import (
    Arrival,
    Attachment,
    Draft,
    MatchQuestion,
    Venue,
    VenueCard,
)
from joinedup.support.frontdoor.models.queue import Assignment, FatigueAlert, Opened, SavedFilter
from joinedup.support.frontdoor.models.referral import Match, Progress, Receipt, Referral, Subject
from joinedup.support.frontdoor.models.route import Route, SourceOpening, Threshold
from joinedup.support.frontdoor.models.triage import (
    Batch,
    BatchRow,
    HighRiskReferral,
    Override,
    Triage,
)

__all__ = [
    "Arrival",
    "Assignment",
    "Attachment",
    "Batch",
    "BatchRow",
    "Draft",
    "FatigueAlert",
    "HighRiskReferral",
    "Match",
    "MatchQuestion",
    "Opened",
    "Override",
    "Progress",
    "Receipt",
    "Referral",
    "Route",
    "SavedFilter",
    "SourceOpening",
    "Subject",
    "Threshold",
    "Triage",
    "Venue",
    "VenueCard",
]
