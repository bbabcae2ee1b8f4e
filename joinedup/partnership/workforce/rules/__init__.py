"""The rules of the workforce: approvals, and what is required of whom."""

from joinedup.partnership.workforce.rules.approvals import (
    WARNED_BEFORE,
    Answer,
    Held,
    may_do,
    warning_due,
    why_no_approval,
)

__all__ = ["WARNED_BEFORE", "Answer", "Held", "may_do", "warning_due", "why_no_approval"]
