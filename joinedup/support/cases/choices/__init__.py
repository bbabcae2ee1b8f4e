"""The coded words of a case, a file for each thing."""

from joinedup.support.cases.choices.case import ForWhom, Programme
from joinedup.support.cases.choices.member import Footing, MemberKind

__all__ = ["Footing", "ForWhom", "MemberKind", "Programme"]
