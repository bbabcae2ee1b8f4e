"""What rooms above ask of the workforce: who may carry out what on a day, and who answers for it."""

from joinedup.partnership.workforce.queries.approvals import (
    functions_of,
    may_do,
    register,
    who_answers_for,
)

__all__ = ["functions_of", "may_do", "register", "who_answers_for"]
