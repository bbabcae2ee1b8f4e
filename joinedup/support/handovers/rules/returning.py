"""What may come back: a duty in law not for these reasons (P20), protection not by anybody (P34)."""

from joinedup.support.handovers.choices import Force, ReturnReason

NO_ANSWER_TO_A_DUTY = frozenset(
    {ReturnReason.NO_CAPACITY, ReturnReason.NOT_ELIGIBLE, ReturnReason.ALREADY_OPEN}
)


def why_not_returned(
    force: Force, reason: ReturnReason, words: str, *, by_a_manager: bool
) -> str | None:
    """Why it cannot be sent back like that, fit for the page; None where it can."""
    if not words.strip():
        return "Say why it comes back: whoever sent it reads this and answers for it again."
    if force is not Force.ORDINARY and reason in NO_ANSWER_TO_A_DUTY:
        return (
            "This is a duty in law. It cannot be sent back for want of capacity, because of your "
            "criteria or because somebody works with the person already. Accept it, and raise that "
            "with your manager."
        )
    if force is Force.PROTECTION and not by_a_manager:
        return (
            "This is to protect somebody, and it counted from when it was sent. Only a manager of "
            "your team can send it back. Ask one now, or accept it."
        )
    return None


def reasons_for(force: Force) -> tuple[ReturnReason, ...]:
    """The reasons that may be chosen."""
    if force is Force.ORDINARY:
        return tuple(ReturnReason)
    return tuple(reason for reason in ReturnReason if reason not in NO_ANSWER_TO_A_DUTY)
