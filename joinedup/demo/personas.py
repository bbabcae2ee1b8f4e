"""The made-up people one can sign in as: who they are, and what each shows."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import (
    DATA_MANAGER,
    FRONT_DOOR_WORKER,
    LINK_REVIEWER,
    PRACTITIONER,
    SENIOR_LINK_REVIEWER,
    Role,
)

IN_POST_SINCE = datetime.date(2026, 4, 1)


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as."""

    code: str
    name: str
    job: str
    sentence: str
    agency: str
    agency_name: str
    kind: AgencyKind
    team: str
    role: Role

    @property
    def post_id(self) -> uuid.UUID:
        """The same post in every demo."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"https://joinedup.invalid/demo/{self.code}")

    @property
    def email(self) -> str:
        return f"{self.code}@joinedup.invalid"


_CARE = ("adult_care", "Adult social care", AgencyKind.SOCIAL_CARE)
_GP = ("gp", "GP practices", AgencyKind.HEALTH)
_BOARD = ("icb", "Integrated care board", AgencyKind.HEALTH)
_POLICE = ("police", "Police", AgencyKind.POLICE)

PERSONAS: tuple[Persona, ...] = (
    Persona(
        "front-door", "Ruth Okafor", "Front-door worker, adult social care",
        "Finds the one person behind six agencies’ records, NHS number included.",
        *_CARE, "Front door", FRONT_DOOR_WORKER,
    ),
    Persona(
        "coordinator", "Tomasz Zielinski", "Care coordinator, GP practices",
        "Finds a patient and sees who else holds a record of them.",
        *_GP, "Care coordination", PRACTITIONER,
    ),
    Persona(
        "police", "Sam Hartley", "Police hospital liaison officer",
        "Finds the person in front of him; no NHS number is ever shown to him.",
        *_POLICE, "Hospital liaison", PRACTITIONER,
    ),
    Persona(
        "reviewer", "Meera Nair", "Link reviewer",
        "Judges pairs of records from identity fields only; can find nobody.",
        *_BOARD, "Linkage", LINK_REVIEWER,
    ),
    Persona(
        "second-reviewer", "Hugh Bannister", "Senior link reviewer",
        "Gives the second opinion on hard pairs and watches how often reviewers agree.",
        *_BOARD, "Linkage", SENIOR_LINK_REVIEWER,
    ),
    Persona(
        "data-manager", "Priya Chaudhry", "Data manager, adult social care",
        "Sees each night’s deliveries, what was quarantined and why, and the quality of linkage.",
        *_CARE, "Data", DATA_MANAGER,
    ),
)  # fmt: skip


@transaction.atomic
def make_personas() -> None:
    """Makes the personas' accounts, teams and posts; what is there already stays as it is."""
    for persona in PERSONAS:
        agency, _ = Agency.objects.get_or_create(
            code=persona.agency, defaults={"name": persona.agency_name, "kind": persona.kind}
        )
        team, _ = Team.objects.get_or_create(agency=agency, name=persona.team)
        user, new = User.objects.get_or_create(email=persona.email, defaults={"name": persona.name})
        if new:
            user.set_unusable_password()
            user.save()
        Post.objects.get_or_create(
            id=persona.post_id,
            defaults={
                "user": user,
                "team": team,
                "role": persona.role.code,
                "starts_on": IN_POST_SINCE,
            },
        )


def persona(code: str) -> Persona | None:
    """The persona of that code, or None."""
    return next((p for p in PERSONAS if p.code == code), None)
