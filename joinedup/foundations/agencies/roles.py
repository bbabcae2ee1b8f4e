"""The roles a post can have: a sentence each, and what each may do."""

from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission


@dataclass(frozen=True)
class Role:
    """What a post is for, in one sentence; why it looks; and the permissions that follow."""

    code: str
    name: str
    sentence: str
    purpose: str
    permissions: frozenset[Permission]


FRONT_DOOR_WORKER = Role(
    "front_door_worker",
    "Front-door worker",
    "Finds the one person behind the agencies’ records and sends a referral the right way.",
    "finding the right person for a referral",
    frozenset({Permission.FIND_PEOPLE, Permission.SEE_RECORD, Permission.SEE_NHS_NUMBER}),
)
PRACTITIONER = Role(
    "practitioner",
    "Practitioner",
    "Works with people in one agency, and finds the person in front of them.",
    "finding the person in front of me",
    frozenset({Permission.FIND_PEOPLE, Permission.SEE_RECORD, Permission.SEE_NHS_NUMBER}),
)
LINK_REVIEWER = Role(
    "link_reviewer",
    "Link reviewer",
    "Judges whether two records are of the same person, from identity fields only (P4).",
    "clerical review of links",
    frozenset({Permission.REVIEW_LINKS, Permission.SEE_NHS_NUMBER}),
)
SENIOR_LINK_REVIEWER = Role(
    "senior_link_reviewer",
    "Senior link reviewer",
    "Gives the second opinion on hard pairs, and watches how often reviewers agree.",
    "clerical review of links",
    frozenset(
        {
            Permission.REVIEW_LINKS,
            Permission.SECOND_REVIEW,
            Permission.SEE_NHS_NUMBER,
            Permission.SEE_QUALITY,
        }
    ),
)
DATA_MANAGER = Role(
    "data_manager",
    "Data manager",
    "Receives the agencies’ deliveries, reconciles them and answers for linkage quality.",
    "reconciling deliveries",
    frozenset({Permission.SEE_DELIVERIES, Permission.SEND_DELIVERIES, Permission.SEE_QUALITY}),
)
ANALYST = Role(
    "analyst",
    "Analyst",
    "Reads how good the linkage is; sees no person.",
    "measuring linkage quality",
    frozenset({Permission.SEE_QUALITY}),
)

ROLES: tuple[Role, ...] = (
    FRONT_DOOR_WORKER,
    PRACTITIONER,
    LINK_REVIEWER,
    SENIOR_LINK_REVIEWER,
    DATA_MANAGER,
    ANALYST,
)


def role(code: str) -> Role:
    """The role of that code; raises KeyError where there is none."""
    return _BY_CODE[code]


_BY_CODE = {each.code: each for each in ROLES}
