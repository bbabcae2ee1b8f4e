"""Records of a meeting, a file for each thing; no person’s data stands in any of them."""

from joinedup.foundations.meetings.models.action import Action, Actions
from joinedup.foundations.meetings.models.agenda import AgendaItem, Interest
from joinedup.foundations.meetings.models.meeting import Meeting, Meetings, Seat
from joinedup.foundations.meetings.models.minutes import Minutes

__all__ = [
    "Action",
    "Actions",
    "AgendaItem",
    "Interest",
    "Meeting",
    "Meetings",
    "Minutes",
    "Seat",
]
