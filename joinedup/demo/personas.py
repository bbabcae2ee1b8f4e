"""The made-up people one can sign in as: who they are, and what each shows."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import (
    ANALYST,
    CALDICOTT_GUARDIAN,
    DATA_MANAGER,
    DUTY_MANAGER,
    FRONT_DOOR_MANAGER,
    FRONT_DOOR_WORKER,
    GENERAL_PRACTITIONER,
    HOUSING_OFFICER,
    IG_LEAD,
    LINK_REVIEWER,
    PANEL_COORDINATOR,
    PARTNERSHIP_ADMINISTRATOR,
    POLICE_LIAISON,
    POOLED_FUND_MANAGER,
    PRACTITIONER,
    QUESTION_WRITER,
    REFERRER,
    SAFEGUARDING_LEAD,
    SENIOR_LINK_REVIEWER,
    SIGNATORY,
    SOCIAL_WORKER,
    TEAM_MANAGER,
    Role,
)

IN_POST_SINCE = datetime.date(2025, 4, 1)


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
_HOUSING = ("housing", "Housing", AgencyKind.HOUSING)
_PARTNERSHIP = ("partnership", "The partnership", AgencyKind.PARTNERSHIP)
_HUB = ("partnership_hub", "Transforming Lives", AgencyKind.PARTNERSHIP)
_COUNCIL = ("council", "The council", AgencyKind.COUNCIL)
_PUB = ("crossed_keys", "The Crossed Keys", AgencyKind.LICENSED_PREMISES)
_CHILDREN = ("children", "Children’s services", AgencyKind.SOCIAL_CARE)
_SCHOOL = ("alder_bank", "Alder Bank School", AgencyKind.EDUCATION)
_HUBS = ("family_hubs", "Family hubs", AgencyKind.SOCIAL_CARE)
_LINK = ("good_neighbours", "Good Neighbours", AgencyKind.VOLUNTARY)

PERSONAS: tuple[Persona, ...] = (
    Persona(
        "front-door", "Ruth Okafor", "Front-door worker, adult social care",
        "Finds the one person behind six agencies’ records, NHS number included.",
        *_CARE, "Front door", FRONT_DOOR_WORKER,
    ),
    Persona(
        "front-door-manager", "Winston Clarke", "Front-door manager, adult social care",
        "Answers for the front door: its routes, what is open to whom, and who waits too long.",
        *_CARE, "Front door", FRONT_DOOR_MANAGER,
    ),
    Persona(
        "safeguarding", "Bernadette Quill", "Safeguarding lead, adult social care",
        "Answers when somebody is in danger, and says what was decided within the day.",
        *_CARE, "Safeguarding adults", SAFEGUARDING_LEAD,
    ),
    Persona(
        "mash", "Yusuf Demir", "MASH duty lead, children’s services",
        "Answers when a child is in danger; rung again until a named person has acknowledged.",
        *_CHILDREN, "MASH", SAFEGUARDING_LEAD,
    ),
    Persona(
        "duty-team", "Marcus Boateng", "Emergency duty team, adult social care",
        "Answers for somebody in danger at night, and when the first who is rung does not.",
        *_CARE, "Emergency duty", SAFEGUARDING_LEAD,
    ),
    Persona(
        "wellbeing", "Chloe Barnard", "Wellbeing worker, a charity",
        "Takes what the front door hands over, or sends it back with a reason.",
        *_LINK, "Wellbeing workers", PRACTITIONER,
    ),
    Persona(
        "school", "Irena Nowak", "School office",
        "Refers a child or a family and hears that it was received; sees no person at all.",
        *_SCHOOL, "Office", REFERRER,
    ),
    Persona(
        "questions", "Gareth Pugh", "Local administrator of questions",
        "Writes the questions that the partnership asks, tries them and publishes them.",
        *_PARTNERSHIP, "Front-door design", QUESTION_WRITER,
    ),
    Persona(
        "housing", "Dean Whitlock", "Housing officer",
        "Sees what the landlord holds, and of the others only what an agreement opens.",
        *_HOUSING, "Tenancies north", HOUSING_OFFICER,
    ),
    Persona(
        "gp", "Dr Anjali Rao", "GP",
        "Sees the whole health record of her patients, and little of what the police hold.",
        *_GP, "Millbrook practice", GENERAL_PRACTITIONER,
    ),
    Persona(
        "police", "Sam Hartley", "Police hospital liaison officer",
        "Finds the person in front of him; no NHS number is ever shown to him.",
        *_POLICE, "Hospital liaison", POLICE_LIAISON,
    ),
    Persona(
        "social-worker", "Grace Adeyemi", "Social worker, adult social care",
        "Holds the care of the people allocated to her team, and sees those and no others.",
        *_CARE, "Adults north", SOCIAL_WORKER,
    ),
    Persona(
        "coordinator", "Tomasz Zielinski", "Care coordinator, GP practices",
        "Finds a patient and sees who else holds a record of them.",
        *_GP, "Care coordination", PRACTITIONER,
    ),
    Persona(
        "team-manager", "Helen Marsh", "Team manager, adult social care",
        "Answers for a team’s work and sees the people it works with.",
        *_CARE, "Adults north", TEAM_MANAGER,
    ),
    Persona(
        "childrens-manager", "Judith Farrow", "Team manager, children’s services",
        "Answers for the social workers of children, and names who takes a family on.",
        *_CHILDREN, "Family assessment", TEAM_MANAGER,
    ),
    Persona(
        "childrens-worker", "Amara Nwosu", "Social worker, children’s services",
        "Leads where a child is in need or in danger, with early help beside her.",
        *_CHILDREN, "Family assessment", SOCIAL_WORKER,
    ),
    Persona(
        "early-help", "Rosa Lindqvist", "Early help worker, family hubs",
        "Helps families early, with their agreement, and steps a case up when the risk rises.",
        *_HUBS, "Early help north", PRACTITIONER,
    ),
    Persona(
        "duty-manager", "Colin Beattie", "Duty manager, housing",
        "Relays or releases a restricted address, with a second manager.",
        *_HOUSING, "Duty", DUTY_MANAGER,
    ),
    Persona(
        "second-duty-manager", "Farah Siddiqui", "Duty manager, housing",
        "The second of the two without whom no restricted address is released.",
        *_HOUSING, "Duty", DUTY_MANAGER,
    ),
    Persona(
        "ig-lead", "Margaret Thorne", "Information governance lead",
        "Writes the agreements to share, and sees what would change before one lapses.",
        *_PARTNERSHIP, "Information governance", IG_LEAD,
    ),
    Persona(
        "guardian", "Dr Owen Pryce", "Caldicott guardian",
        "Reviews emergency access, and reads who has looked at whom and why.",
        *_BOARD, "Caldicott", CALDICOTT_GUARDIAN,
    ),
    Persona(
        "signatory", "Lorna Fisk", "Signatory, housing",
        "Signs agreements for housing, having seen what each would open and shut.",
        *_HOUSING, "Directors", SIGNATORY,
    ),
    Persona(
        "referrer", "Pat Nolan", "Landlord of a pub",
        "Refers somebody and hears that it was received; sees no person at all.",
        *_PUB, "The bar", REFERRER,
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
    Persona(
        "analyst", "Wen Zhao", "Analyst",
        "Reads how good the linkage is, in numbers; sees no person.",
        *_BOARD, "Analysis", ANALYST,
    ),
    Persona(
        "administrator", "Jo Lindley", "Partnership administrator",
        "Keeps who works where, as what and until when; sees no person.",
        *_PARTNERSHIP, "Office", PARTNERSHIP_ADMINISTRATOR,
    ),
    Persona(
        "panel-coordinator", "Nadia Sealey", "Panel coordinator",
        "Builds the panels’ agendas, gathers what agencies know, and sees that decisions go out.",
        *_HUB, "Transforming Lives panel", PANEL_COORDINATOR,
    ),
    Persona(
        "panel-chair", "Marian Okoye", "Chair of the Transforming Lives panel, the council",
        "Chairs the panel that decides with everybody’s knowledge, and approves its minutes.",
        *_COUNCIL, "Communities", TEAM_MANAGER,
    ),
    Persona(
        "funds", "Bola Adeyemi", "Pooled-fund manager",
        "Keeps what needs are worth and who may authorise how much; sees no person.",
        *_PARTNERSHIP, "Finance", POOLED_FUND_MANAGER,
    ),
)  # fmt: skip


@transaction.atomic
def make_personas() -> None:
    """Makes the personas' accounts, teams and posts; what is there already stays as it is.

    Whoever signs in calls it: where all are there it costs one question, and where none is, ten.
    """
    there = set(
        Post.objects.filter(id__in=[each.post_id for each in PERSONAS]).values_list("id", flat=True)
    )
    missing = [each for each in PERSONAS if each.post_id not in there]
    if not missing:
        return
    teams, users = _teams_of(missing), _users_of(missing)
    Post.objects.bulk_create(
        (
            Post(
                id=each.post_id,
                user=users[each.email],
                team=teams[each.agency, each.team],
                role=each.role.code,
                starts_on=IN_POST_SINCE,
            )
            for each in missing
        ),
        ignore_conflicts=True,  # another's first sign-in may be making them at this moment
    )


def _teams_of(personas: Sequence[Persona]) -> dict[tuple[str, str], Team]:
    """Their teams by agency and name, made with their agencies where they are missing."""
    Agency.objects.bulk_create(
        [
            Agency(code=code, name=name, kind=kind)
            for code, name, kind in {(p.agency, p.agency_name, p.kind): None for p in personas}
        ],
        ignore_conflicts=True,
    )
    wanted = list({(each.agency, each.team): None for each in personas})
    Team.objects.bulk_create(
        [Team(agency_id=agency, name=name) for agency, name in wanted], ignore_conflicts=True
    )
    found = Team.objects.filter(agency__in={each.agency for each in personas})
    return {(each.agency_id, each.name): each for each in found}


def _users_of(personas: Sequence[Persona]) -> dict[str, User]:
    """Their accounts by address, made without a password where they are missing."""
    new = [User(email=each.email, name=each.name) for each in personas]
    for user in new:
        user.set_unusable_password()
    User.objects.bulk_create(new, ignore_conflicts=True)
    return {user.email: user for user in User.objects.filter(email__in=[u.email for u in new])}


def persona(code: str) -> Persona | None:
    """The persona of that code, or None."""
    return next((p for p in PERSONAS if p.code == code), None)
