"""The register of what agencies committed themselves to; about no person."""

from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.choices import CommitmentState
from joinedup.identity.sharing.models import Commitment
from joinedup.identity.sharing.queries.agreements import MAY_READ


def commitments(viewer: Viewer) -> QuerySet[Commitment]:
    """Every commitment by agency, the first due first; raises NotPermitted."""
    if not any(viewer.may(permission) for permission in MAY_READ):
        raise NotPermitted("Your role does not open the register of commitments.")
    found = Commitment.objects.select_related(
        "agency", "made_by__user", "made_by__team__agency", "settled_by__user"
    )
    return found.order_by("agency__name", "due_on", "pk")


def may_settle(viewer: Viewer, of: Commitment) -> bool:
    """Whether the viewer says what became of it, and it still waits."""
    own = viewer.may(Permission.SIGN_AGREEMENTS) and viewer.agency == of.agency_id
    governs = viewer.may(Permission.MANAGE_AGREEMENTS)
    return of.state == CommitmentState.OPEN and (own or governs)
