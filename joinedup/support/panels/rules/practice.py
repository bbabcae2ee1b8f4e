"""Who may join a practice's meeting about a patient, and who may hold a care role (P31)."""

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import CareRoleKind

ON_CONSENT_ALONE = frozenset({AgencyKind.VOLUNTARY, AgencyKind.HOUSING})
"""They join an item of a practice only on the patient's explicit consent (P31)."""


def may_join(kind: AgencyKind, agreement: Agreement) -> bool:
    """Whether an agency of that kind may join a practice's item."""
    return kind not in ON_CONSENT_ALONE or agreement is Agreement.AGREED


def why_no_role(role: CareRoleKind, kind: AgencyKind, agreement: Agreement) -> str:
    """Why somebody of such an agency cannot hold that role; nothing where they can."""
    if not may_join(kind, agreement):
        return (
            f"{kind.label} joins only where the patient has said yes. Ask them, write down what they "
            "said, and agree the role then."
        )
    if role is CareRoleKind.CASE_MANAGEMENT and agreement is not Agreement.AGREED:
        return (
            "A case is managed with somebody’s agreement. Agree who coordinates their care, who asks "
            "them; manage the case once they have said yes."
        )
    return ""
