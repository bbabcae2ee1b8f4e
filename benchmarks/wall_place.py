"""A partnership at its full size, for measuring the wall: people, agencies, posts, involvements, agreements."""

import datetime
import uuid

from django.db import connections

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.gateways import by_code
from joinedup.identity.sharing.models import AgreementParty, SharingAgreement, SharingFlow

AGENCIES = {
    "gp": "health", "adult_care": "social_care", "children": "social_care", "police": "police",
    "fire": "fire", "housing": "housing",
}  # fmt: skip
ROLES = (
    "general_practitioner", "social_worker", "social_worker", "police_liaison", "practitioner",
    "housing_officer",
)  # fmt: skip
TEAMS = 20
"""In each agency."""


def fill(*, people: int, posts: int, involved: int, at: datetime.datetime) -> None:
    """Make it, as the owner; each of the involved has a team, and half of them are adult social care's."""
    _agencies(posts, at)
    with connections["owner"].cursor() as cursor:
        cursor.execute(_PEOPLE, [day_of(at), people])
        cursor.execute(_INVOLVED, {"how_many": involved, "at": at - datetime.timedelta(days=9)})
        cursor.execute(_SAID, {"at": at - datetime.timedelta(days=8)})
        cursor.execute("ANALYZE")


def agreement(
    recipient: str, holders: tuple[str, ...], *, at: datetime.datetime
) -> SharingAgreement:
    """An agreement in force by which these holders share for early help, and match who people are."""
    made = SharingAgreement.objects.create(
        reference=f"B-{uuid.uuid4().hex[:8]}", title="Measured", state="signed",
        starts_on=day_of(at) - datetime.timedelta(days=30), made_at=at,
    )  # fmt: skip
    hand = Post.objects.filter(team__agency_id=recipient).first()
    for code in (recipient, *holders):
        AgreementParty.objects.create(
            agreement=made,
            agency_id=code,
            signed_at=at - datetime.timedelta(days=31),
            signed_by=hand,
        )
    for holder in holders:
        for row in (by_code("early_help"), by_code("adult_panel")):
            SharingFlow.objects.create(
                agreement=made, holder_id=holder, recipient_id=recipient, gateway=row.code,
                purpose=min(row.purposes).value, categories=[c.value for c in row.categories],
            )  # fmt: skip
    return made


def _agencies(posts: int, at: datetime.datetime) -> None:
    since = day_of(at) - datetime.timedelta(days=100)
    for place, (code, kind) in enumerate(AGENCIES.items()):
        agency, _ = Agency.objects.get_or_create(code=code, defaults={"name": code, "kind": kind})
        teams = Team.objects.bulk_create(
            Team(agency=agency, name=f"Measured {number}") for number in range(TEAMS)
        )
        users = User.objects.bulk_create(
            User(email=f"{code}{number}@example.org", name=f"Measured {number}")
            for number in range(posts // len(AGENCIES))
        )
        Post.objects.bulk_create(
            Post(user=user, team=teams[number % TEAMS], role=ROLES[place], starts_on=since)
            for number, user in enumerate(users)
        )


_PEOPLE = """
INSERT INTO people_person (id, first_seen_on, died_source)
SELECT gen_random_uuid(), %s, '' FROM generate_series(1, %s)
"""
_INVOLVED = """
WITH people AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place FROM people_person ORDER BY id LIMIT %(how_many)s
), teams AS (
    SELECT id, agency_id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS place
    FROM agencies_team
)
INSERT INTO sharing_involvement (id, person_id, agency_id, team_id, because, starts_at)
SELECT gen_random_uuid(), p.id, t.agency_id, t.id, 'measured', %(at)s
FROM people p JOIN teams t ON t.place = p.place %% 20 + 1 AND (
    (p.place %% 2 = 0 AND t.agency_id = 'adult_care')
    OR t.agency_id = (ARRAY['gp', 'children', 'police', 'fire', 'housing'])[p.place %% 5 + 1])
"""
_SAID = f"""
INSERT INTO sharing_consent (id, person_id, purpose, categories, state, who_spoke, competence, method,
    evidence, agency_id, recorded_by_id, said_at)
SELECT gen_random_uuid(), i.person_id, '{Purpose.EARLY_HELP.value}', '{{}}', 'given', 'person', '',
    'in_person', '', 'adult_care',
    (SELECT p.id FROM agencies_post p JOIN agencies_team t ON t.id = p.team_id
     WHERE t.agency_id = 'adult_care' LIMIT 1), %(at)s
FROM sharing_involvement i WHERE i.agency_id = 'adult_care'
"""
