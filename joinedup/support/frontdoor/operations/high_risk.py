"""Send high risk its own way beside the programme: logged, rung, and never dropped (P16)."""

import datetime
from collections.abc import Iterable

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.choices import HighRiskRoute
from joinedup.support.frontdoor.models import HighRiskReferral, Referral
from joinedup.support.frontdoor.rules.eligibility import HighRisk
from joinedup.support.frontdoor.rules.routing import ADULT_FROM
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.operations.raising import raise_exit


def open_in_parallel(
    by: Viewer,
    referral: Referral,
    risks: Iterable[HighRisk],
    ages: frozenset[int],
    at: datetime.datetime,
) -> None:
    """Send high risk to MARAC, MAPPA, IOM or the MASH beside the programme, once each (P16).

    Logged, and through the exit: so a named person acknowledges it, and it rings on until one does.
    """
    for risk in risks:
        _, new = HighRiskReferral.objects.get_or_create(
            matter_id=referral.pk, route=risk.route,
            defaults={
                "tool": risk.tool, "deemed_by": risk.deemed_by,
                "deemed_on": risk.deemed_on or day_of(at), "sent_at": at,
            },
        )  # fmt: skip
        if new:
            child = risk.route is HighRiskRoute.MASH or (bool(ages) and max(ages) < ADULT_FROM)
            raise_exit(
                by=by,
                door=Door.SAFEGUARDING,
                audience=Audience.CHILD if child else Audience.ADULT,
                words=f"High risk, for {risk.route.label}: deemed by {risk.deemed_by} ({risk.tool}).\n\n"
                f"{referral.going_on}",
                from_matter=referral.pk,
                submission_key=f"high risk {referral.pk} {risk.route}",
                at=at,
            )
