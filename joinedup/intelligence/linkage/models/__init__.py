"""Nights, deliveries, retention, links, clerical review and quality."""

from joinedup.intelligence.linkage.models.delivery import (
    Delivery,
    Flow,
    QuarantinedRow,
)
from joinedup.intelligence.linkage.models.find import FindKey, FindLately, FindProfile
from joinedup.intelligence.linkage.models.link import Link, PossibleLink, SpineEvent
from joinedup.intelligence.linkage.models.night import LinkageModel, Night
from joinedup.intelligence.linkage.models.quality import QualityMeasure
from joinedup.intelligence.linkage.models.retention import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.models.review import Correction, ReviewDecision, ReviewPair

__all__ = [
    "Correction",
    "Delivery",
    "FindKey",
    "FindLately",
    "FindProfile",
    "Flow",
    "Link",
    "LinkageModel",
    "Night",
    "PossibleLink",
    "QualityMeasure",
    "QuarantinedRow",
    "RetentionRule",
    "RetentionRun",
    "ReviewDecision",
    "ReviewPair",
    "SpineEvent",
]
