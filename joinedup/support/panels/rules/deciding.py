"""Whether an item may open, be put off, be decided: what stands in the way, in a sentence (P25, P26)."""

from joinedup.support.frontdoor.choices import Agreement


def why_not_before_agreement(agreement: Agreement, *, before_agreement: bool, basis: str) -> str:
    """Why somebody who has not agreed cannot be considered here; nothing where they can (P25)."""
    if agreement is Agreement.AGREED:
        return ""
    if not before_agreement:
        return (
            "They have not agreed, and this panel considers only who has. Write down that they agree, "
            "or take it out of the queue."
        )
    if not basis.strip():
        return "They have not agreed. Say on which other basis they are considered."
    return ""


def why_not_put_off(*, was_put_off: bool, because: str) -> str:
    """Why an item cannot be put off; nothing where it can: once, with a reason (P26)."""
    if was_put_off:
        return "This was put off before. An item is put off once: decide it, or say what must be known."
    if not because.strip():
        return "Say why it is put off."
    return ""


def why_not_decided(
    *, kind_has_lead: bool, lead: str, reasons: str, own_words: str, without_them_because: str
) -> str:
    """Why a decision cannot be written down so; nothing where it can."""
    if not reasons.strip():
        return "Write the reasons for the decision."
    if kind_has_lead and not lead:
        return "Name the lead agency."
    if not own_words.strip() and not without_them_because.strip():
        return (
            "Nothing stands here in the person’s own words. Write what they say, or why it is decided "
            "without them."
        )
    return ""
