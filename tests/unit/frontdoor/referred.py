"""A front door with a worker, a sender and a referral that was sent, for tests of what becomes of it."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency, Team
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.support.frontdoor.choices import (
    Duty,
    EntryRoute,
    EventCode,
    MatchAnswer,
    Need,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.models import Match, Referral, Route, Threshold
from joinedup.support.frontdoor.operations.submit import submit
from joinedup.support.frontdoor.rules.thresholds import STANDARD
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
TODAY = AT.date()


@dataclass(frozen=True)
class Door:
    """Who works at a front door, who sends to it, and who takes over from it."""

    worker: Viewer
    manager: Viewer
    sender: Viewer
    taker: Viewer


def door() -> Door:
    """Adult social care's front door, a police officer who sends, a charity's worker who takes over."""
    for code, kind in (
        ("care", "social_care"), ("police", "police"), ("charity", "voluntary"), ("hospital", "health"),
    ):  # fmt: skip
        walled.agency(code, kind)
    return Door(
        worker=walled.viewer("care", "front_door_worker", team="Front door"),
        manager=walled.viewer("care", "front_door_manager", team="Front door"),
        sender=walled.viewer("police", "police_liaison", team="Hospital liaison"),
        taker=walled.viewer("charity", team="Wellbeing workers"),
    )


def route(code: str, taken_by: Viewer | None = None, **more: object) -> Route:
    """A route of that code; warm where somebody takes it."""
    team = Team.objects.get(pk=taken_by.team_id) if taken_by else None
    said = {
        "name": code.capitalize(), "sentence": "A route.", "kind": RouteKind.WELLBEING,
        "needs": [Need.LONELINESS], "starts_on": datetime.date(2026, 1, 1), "duty": Duty.NONE,
        "is_warm": team is not None,
    }  # fmt: skip
    return Route.objects.create(code=code, team=team, **{**said, **more})


def thresholds() -> None:
    """The standard thresholds, in force."""
    Threshold.objects.bulk_create(
        Threshold(
            service=line.service, reason=line.reason, contacts=line.contacts, days=line.days,
            source=line.source, starts_on=datetime.date(2026, 1, 1),
        )
        for line in STANDARD
    )  # fmt: skip


def referral(
    sender: Viewer,
    *,
    of: uuid.UUID | None = None,
    source: Source = Source.PRACTITIONER,
    subject: TypedSubject | None = None,
    **typed: object,
) -> Referral:
    """A referral as it was sent and triaged; `of` is whom the spine was sure of."""
    said = {"going_on": "He is alone all day.", "needs": (Need.LONELINESS,), **typed}
    who = subject or TypedSubject("Ada", "Ashe", datetime.date(1950, 1, 1))
    with acting(sender):
        made = submit(
            by=sender, submission_key=uuid.uuid4(), entry=EntryRoute.PRACTITIONER, source=source,
            typed=TypedReferral(subjects=(who,), **said), at=AT,
        )  # fmt: skip
    if of is not None:
        with acting(walled.SYSTEM):
            Match.objects.filter(matter=made.pk).update(answer=MatchAnswer.OURS, person_id=of)
    return made


def attended(of: uuid.UUID, times: int, *, days_apart: int = 9) -> None:
    """So many attendances at the emergency department, held by the hospital."""
    held(of, "hospital", Category.HEALTH, EventCode.ED_ATTENDANCE, times, days_apart=days_apart)


def held(
    of: uuid.UUID,
    holder: str,
    category: Category,
    event: EventCode,
    times: int,
    *,
    days_apart: int = 9,
) -> None:
    """So many contacts of one sort that an agency holds."""
    with acting(walled.SYSTEM):
        for number in range(times):
            Holding.objects.create(
                person_id=of, holder=Agency.objects.get(pk=holder), category=category,
                headline="A contact", event_code=event, recorded_at=AT,
                starts_on=TODAY - datetime.timedelta(days=1 + number * days_apart),
            )  # fmt: skip


def let_front_door_see(holder: str, category: Category, who: Viewer) -> None:
    """Let the front door see headlines of that category of everybody, for early help."""
    walled.let_see(who.agency, holder, category, purpose=Purpose.EARLY_HELP, level="headline")
