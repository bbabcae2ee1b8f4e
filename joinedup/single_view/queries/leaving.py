"""The agencies with their exits, and what an agency that leaves still has to settle; about no person."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency, AgencyExit, Post
from joinedup.foundations.agencies.operations.leaving import exit_of, posts_beyond
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import AgreementState
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.leaving import MAY_FORETELL
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.rules.agreements import state_at
from joinedup.support.cases.models import Case
from joinedup.support.handovers.models import Duty

COUNTING = Viewer.system("counting what an agency that leaves has to settle")
_STANDS = {
    AgreementState.LIVE, AgreementState.SIGNED, AgreementState.SUSPENDED, AgreementState.DRAFT,
}  # fmt: skip


@dataclass(frozen=True)
class ToSettle:
    """What hangs on an agency: whoever lets it leave sees to each."""

    agency: Agency
    exit: AgencyExit | None
    posts: tuple[str, ...]
    """Who holds a post in its teams on or after the day."""
    seconded: tuple[str, ...]
    """Its people who work in other agencies' teams: their employer leaves."""
    agreements: tuple[SharingAgreement, ...]
    """Those that it is party to and that are not over."""
    cases: int
    duties: int
    records: int


def agencies(viewer: Viewer) -> list[tuple[Agency, AgencyExit | None]]:
    """Every agency, and its exit where one stands. Raises NotPermitted."""
    _must_read(viewer)
    exits = {each.agency_id: each for each in AgencyExit.objects.filter(taken_back_at=None)}
    return [(each, exits.get(each.pk)) for each in Agency.objects.order_by("name")]


def to_settle(
    viewer: Viewer, agency: Agency, *, at: datetime.datetime, day: datetime.date
) -> ToSettle:
    """What an agency that leaves on that day has to settle; counts alone. Raises NotPermitted."""
    _must_read(viewer)
    standing = [pk for pk, each in agreement_facts().items() if state_at(each, at) in _STANDS]
    party = SharingAgreement.objects.filter(pk__in=standing, parties__agency=agency)
    seconded = Post.objects.held_on(day).filter(home_agency=agency).exclude(team__agency=agency)
    with acting(COUNTING):
        return ToSettle(
            agency=agency,
            exit=exit_of(agency),
            posts=tuple(f"{p.user.name}, {p.team.name}" for p in posts_beyond(agency, day)),
            seconded=tuple(
                f"{p.user.name}, {p.team.agency.name}"
                for p in seconded.select_related("user", "team__agency").order_by("user__name")
            ),
            agreements=tuple(party.order_by("title", "version")),
            cases=Case.objects.filter(agency=agency, closed_at=None).count(),
            duties=Duty.objects.current().filter(post__team__agency=agency).count(),
            records=Record.objects.filter(agency=agency).count(),
        )


def _must_read(viewer: Viewer) -> None:
    if not any(viewer.may(permission) for permission in MAY_FORETELL):
        raise NotPermitted("Your role does not open this page.")
