"""Records of a case, a file for each thing; Django finds them all here."""

from joinedup.support.cases.models.case import Case, CaseInvolvement, Lead
from joinedup.support.cases.models.member import CaseMember

__all__ = ["Case", "CaseInvolvement", "CaseMember", "Lead"]
