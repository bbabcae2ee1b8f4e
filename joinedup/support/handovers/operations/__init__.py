"""What is done with hand-overs, duties and clocks; the rooms above build on these."""

from joinedup.support.handovers.operations.answering import (
    CannotAccept,
    CannotAsk,
    CannotGiveBack,
    accept,
    answer,
    ask,
    give_back,
    say_what_became,
)
from joinedup.support.handovers.operations.barred import keep_duty_from_the_barred
from joinedup.support.handovers.operations.clock import finish_step, start_step, stop_step
from joinedup.support.handovers.operations.cover import CannotSetCover, end_cover, set_cover
from joinedup.support.handovers.operations.duty import (
    CannotEndDuty,
    CannotTakeDuty,
    end_duty,
    settle_duties,
    take_duty,
)
from joinedup.support.handovers.operations.grounds import NoPart
from joinedup.support.handovers.operations.offering import (
    CannotOffer,
    CannotWithdraw,
    offer,
    open_to_stand_ins,
    signpost,
    withdraw,
)
from joinedup.support.handovers.operations.silence import escalate_silence, tell_what_is_late

__all__ = [
    "CannotAccept",
    "CannotAsk",
    "CannotEndDuty",
    "CannotGiveBack",
    "CannotOffer",
    "CannotSetCover",
    "CannotTakeDuty",
    "CannotWithdraw",
    "NoPart",
    "accept",
    "answer",
    "ask",
    "end_cover",
    "end_duty",
    "escalate_silence",
    "finish_step",
    "give_back",
    "keep_duty_from_the_barred",
    "offer",
    "open_to_stand_ins",
    "say_what_became",
    "set_cover",
    "settle_duties",
    "signpost",
    "start_step",
    "stop_step",
    "take_duty",
    "tell_what_is_late",
    "withdraw",
]  # fmt: skip
