"""Records of the workforce: functions of the law and approvals, competence, training, leave, capacity."""

from joinedup.partnership.workforce.models.advice import ProfessionalAdvice
from joinedup.partnership.workforce.models.approval import (
    Approval,
    Approvals,
    Functions,
    StatutoryFunction,
)
from joinedup.partnership.workforce.models.capacity import Capacities, Capacity
from joinedup.partnership.workforce.models.competence import (
    Attended,
    Competence,
    Competences,
    Course,
    Language,
    WorksAs,
)
from joinedup.partnership.workforce.models.leave import Leave, Leaves

__all__ = [
    "Approval",
    "Approvals",
    "Attended",
    "Capacities",
    "Capacity",
    "Competence",
    "Competences",
    "Course",
    "Functions",
    "Language",
    "Leave",
    "Leaves",
    "ProfessionalAdvice",
    "StatutoryFunction",
    "WorksAs",
]
