"""What is done with a case; the rooms above build on these."""

from joinedup.support.cases.operations.ending import ClosingSaid
from joinedup.support.cases.operations.keeping import (
    CannotCloseCase,
    CannotHandLead,
    CannotOpenCase,
    close_case,
    hand_lead,
    name_acting_leads,
    open_case,
    take_over,
)
from joinedup.support.cases.operations.members import CannotJoin, Joining, join_case, leave_case
from joinedup.support.cases.operations.reopening import reopen_case

__all__ = [
    "CannotCloseCase",
    "CannotHandLead",
    "CannotJoin",
    "CannotOpenCase",
    "ClosingSaid",
    "Joining",
    "close_case",
    "hand_lead",
    "join_case",
    "leave_case",
    "name_acting_leads",
    "open_case",
    "reopen_case",
    "take_over",
]
