"""When a decision that agencies must approve has effect, and why an answer cannot stand so (S0-30)."""

from collections.abc import Collection

from joinedup.support.panels.choices import ApprovalState, DecisionKind, Effect


def effect_of(answers: Collection[ApprovalState]) -> Effect:
    """What the agencies' answers make of a decision: one refusal ends it, one missing keeps it waiting."""
    for state, effect in (
        (ApprovalState.REFUSED, Effect.REFUSED),
        (ApprovalState.LAPSED, Effect.LAPSED),
        (ApprovalState.WAITS, Effect.WAITS),
    ):
        if state in answers:
            return effect
    return Effect.IN_FORCE


def why_not_asked(
    kind: DecisionKind, agencies: Collection[str], on_the_panel: Collection[str]
) -> str:
    """Why these agencies cannot be asked to approve a decision; nothing where they can."""
    if agencies and kind is DecisionKind.MORE_IS_NEEDED:
        return "To ask for more needs nobody’s approval. Leave it out."
    if set(agencies) - set(on_the_panel):
        return "Only an agency that sits on the panel can be asked to approve what it decides."
    return ""


def why_not_answered(state: ApprovalState, *, approves: bool, delegation: str, words: str) -> str:
    """Why an agency's answer cannot stand so; nothing where it can."""
    if state is not ApprovalState.WAITS:
        return "This does not wait for an answer any more. Nothing was changed by you."
    if approves and not delegation.strip():
        return "Give your agency’s reference of the delegation under which you approve it."
    if not approves and not words.strip():
        return "Say why your agency does not approve it."
    return ""
