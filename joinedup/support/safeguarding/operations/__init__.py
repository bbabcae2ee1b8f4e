"""What is done about somebody in danger: raise, ring, acknowledge, decide, write down, live with a risk."""

from joinedup.support.safeguarding.operations.answering import (
    CannotAcknowledge,
    CannotDecide,
    CannotWriteRecord,
    acknowledge,
    decide,
    pass_on,
    write_record,
)
from joinedup.support.safeguarding.operations.lines import CannotSetLine, LineSaid, set_line
from joinedup.support.safeguarding.operations.plans import (
    CannotPlan,
    PlanSaid,
    end_plan,
    review_plan,
    tell_plans_to_review,
    write_plan,
)
from joinedup.support.safeguarding.operations.raising import add_words, raise_exit
from joinedup.support.safeguarding.operations.reminding import (
    tell_silent_referrers,
    tell_what_is_late,
)
from joinedup.support.safeguarding.operations.ringing import ring_on

__all__ = [
    "CannotAcknowledge",
    "CannotDecide",
    "CannotPlan",
    "CannotSetLine",
    "CannotWriteRecord",
    "LineSaid",
    "PlanSaid",
    "acknowledge",
    "add_words",
    "decide",
    "end_plan",
    "pass_on",
    "raise_exit",
    "review_plan",
    "ring_on",
    "set_line",
    "tell_plans_to_review",
    "tell_silent_referrers",
    "tell_what_is_late",
    "write_plan",
    "write_record",
]
