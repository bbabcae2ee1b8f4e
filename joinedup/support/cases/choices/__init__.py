"""The coded words of a case, a file for each thing."""

from joinedup.support.cases.choices.case import ForWhom, Programme
from joinedup.support.cases.choices.hidden import Hidden
from joinedup.support.cases.choices.member import Footing, MemberKind
from joinedup.support.cases.choices.story import IncidentRole, LineKind, Significance, Topic

__all__ = [
    "Footing",
    "ForWhom",
    "Hidden",
    "IncidentRole",
    "LineKind",
    "MemberKind",
    "Programme",
    "Significance",
    "Topic",
]
