"""Agencies, posts, people and facts written straight into the database, for tests of the wall."""

import datetime
import itertools
import uuid

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import AgreementState, Purpose
from joinedup.identity.sharing.models import (
    AgreementParty,
    Consent,
    Involvement,
    SharingAgreement,
    SharingFlow,
)

_numbers = itertools.count(1)


def agency(code: str, kind: AgencyKind, **more: object) -> Agency:
    return Agency.objects.create(code=code, name=code.capitalize(), kind=kind.value, **more)


def post(agency: Agency, role: str, at: datetime.datetime, team: Team | None = None) -> Post:
    number = next(_numbers)
    team = team or Team.objects.create(agency=agency, name=f"team {number}")
    user = User.objects.create(email=f"wall{number}@example.org", name=f"Wall {number}")
    starts_on = day_of(at) - datetime.timedelta(days=100)
    return Post.objects.create(user=user, team=team, role=role, starts_on=starts_on)


def person(at: datetime.datetime, merged_into: Person | None = None) -> Person:
    return Person.objects.create(
        id=uuid.uuid4(),
        first_seen_on=day_of(at) - datetime.timedelta(days=9),
        merged_into=merged_into,
    )


def agreement(
    recipient: Agency,
    holder: Agency,
    *,
    gateway: str,
    purpose: Purpose,
    categories: tuple[str, ...],
    at: datetime.datetime,
    hand: Post,
    days: int | None = None,
    **more: object,
) -> SharingAgreement:
    """A signed agreement with one flow, in force since thirty days before and for so many days more."""
    day = day_of(at)
    flow = {key: more.pop(key) for key in ("consent_needed", "pseudonymised") if key in more}
    made = SharingAgreement.objects.create(
        reference=f"ISA-{next(_numbers)}",
        title="An agreement",
        state=AgreementState.SIGNED.value,
        starts_on=day - datetime.timedelta(days=30),
        ends_on=None if days is None else day + datetime.timedelta(days=days),
        made_at=at - datetime.timedelta(days=40),
        **more,
    )
    for party in (recipient, holder):
        AgreementParty.objects.create(
            agreement=made, agency=party, signatory=hand, signed_by=hand,
            signed_at=at - datetime.timedelta(days=35),
        )  # fmt: skip
    SharingFlow.objects.create(
        agreement=made, holder=holder, recipient=recipient, purpose=purpose.value,
        categories=list(categories), gateway=gateway, **flow,
    )  # fmt: skip
    return made


def involved(team: Team, person: Person, at: datetime.datetime, **more: object) -> Involvement:
    return Involvement.objects.create(
        person=person, agency=team.agency, team=team, because="allocated",
        **{"starts_at": at - datetime.timedelta(days=5), **more},
    )  # fmt: skip


def said(
    person: Person,
    purpose: Purpose,
    hand: Post,
    at: datetime.datetime,
    state: str = "given",
    **more: object,
) -> Consent:
    return Consent.objects.create(
        person=person, purpose=purpose.value, state=state, who_spoke="person", method="in_person",
        agency=hand.team.agency, recorded_by=hand,
        **{"said_at": at - datetime.timedelta(days=3), **more},
    )  # fmt: skip
