"""What is done about notices: posts are told, choose how, read; e-mails go out."""

from joinedup.foundations.notices.operations.read import (
    choose,
    no_longer_needed,
    open_notice,
    read_all,
)
from joinedup.foundations.notices.operations.send import Sent, send_due, try_again
from joinedup.foundations.notices.operations.tell import tell

__all__ = [
    "Sent",
    "choose",
    "no_longer_needed",
    "open_notice",
    "read_all",
    "send_due",
    "tell",
    "try_again",
]
