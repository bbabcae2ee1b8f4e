"""Records of a case, a file for each thing; Django finds them all here."""

from joinedup.support.cases.models.case import Case, CaseInvolvement, Lead
from joinedup.support.cases.models.member import CaseMember
from joinedup.support.cases.models.saved_view import SavedView
from joinedup.support.cases.models.split import CaseSplit, Placing
from joinedup.support.cases.models.story import StoryEntry, StoryPin, StoryReading

__all__ = [
    "Case",
    "CaseInvolvement",
    "CaseMember",
    "CaseSplit",
    "Lead",
    "Placing",
    "SavedView",
    "StoryEntry",
    "StoryPin",
    "StoryReading",
]
