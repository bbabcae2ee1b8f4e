"""What is done in the workforce: functions and approvals, what somebody can lead, courses, leave."""

from joinedup.partnership.workforce.operations.approving import (
    CannotApprove,
    CannotEnterFunction,
    approve,
    end_function,
    enter_function,
    warn_of_lapsing_approvals,
    withdraw_approval,
)

__all__ = [
    "CannotApprove",
    "CannotEnterFunction",
    "approve",
    "end_function",
    "enter_function",
    "warn_of_lapsing_approvals",
    "withdraw_approval",
]
