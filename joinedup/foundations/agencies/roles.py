"""The roles a post can have: a sentence each, what each may do, and what of its own agency it carries."""

from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission


@dataclass(frozen=True)
class Role:
    """What a post is for, in one sentence; why it looks; and what follows from that.

    `categories` are those of its own agency's data that the role carries: ownership alone is not
    sight. `purposes` are those a post of this role may work under about a person, the usual one
    first; a role without any sees no person's data beyond what its permissions name.
    """

    code: str
    name: str
    sentence: str
    purpose: str
    permissions: frozenset[Permission]
    categories: frozenset[str] = frozenset()
    purposes: tuple[str, ...] = ()

    @property
    def usual_purpose(self) -> str:
        """The purpose a post of this role works under unless it says another."""
        return self.purposes[0] if self.purposes else self.purpose


_IDENTITY = frozenset({"identity", "nhs_number", "address", "contact"})
_KNOWN = _IDENTITY | {"involvement", "live_warning", "safeguarding", "care_plan"}
_CARE = _KNOWN | {"adult_social_care", "childrens_social_care"}
_HEALTH = _KNOWN | {"health", "mental_health", "substance_misuse", "sexual_health"}
_PLACE = frozenset({"education", "housing", "fire_safety", "antisocial"})
_CRIME = frozenset({"crime_victim", "crime_offender", "antisocial", "domestic_abuse"})

_SAFEGUARDING = ("safeguard_child", "safeguard_adult")
_FRONT_LINE = frozenset(
    {
        Permission.FIND_PEOPLE,
        Permission.SEE_RECORD,
        Permission.SEE_NHS_NUMBER,
        Permission.REFER,
        Permission.RECORD_CONSENT,
        Permission.EMERGENCY_ACCESS,
        Permission.TAKE_HANDOVERS,
        Permission.SIT_ON_PANELS,
    }
)

FRONT_DOOR_WORKER = Role(
    "front_door_worker",
    "Front-door worker",
    "Finds the one person behind the agencies’ records and sends a referral the right way.",
    "finding the right person for a referral",
    _FRONT_LINE | {Permission.WORK_FRONT_DOOR},
    _CARE | {"housing"},
    ("early_help", "own_work", "direct_care", *_SAFEGUARDING, "homelessness", "adult_panel",
     "vital_interest"),
)  # fmt: skip
FRONT_DOOR_MANAGER = Role(
    "front_door_manager",
    "Front-door manager",
    "Answers for the front door: its routes, what is open to whom, who waits too long.",
    "managing the front door",
    _FRONT_LINE
    | {
        Permission.WORK_FRONT_DOOR,
        Permission.MANAGE_FRONT_DOOR,
        Permission.SEE_ACCESS_FIGURES,
    },
    _CARE | {"housing"},
    ("early_help", "own_work", "direct_care", *_SAFEGUARDING, "homelessness", "adult_panel",
     "vital_interest"),
)  # fmt: skip
SAFEGUARDING_LEAD = Role(
    "safeguarding_lead",
    "Safeguarding lead",
    "Answers when somebody is in danger: acknowledges what rings, decides, and says so within the day.",
    "protecting somebody from harm",
    _FRONT_LINE | {Permission.ANSWER_EXITS, Permission.TELL_LOOKS},
    _CARE | {"domestic_abuse", "mental_health", "substance_misuse", "health", "education"},
    ("safeguard_adult", "safeguard_child", "own_work", "direct_care", "early_help", "marac", "mappa",
     "iom", "vital_interest"),
)  # fmt: skip
QUESTION_WRITER = Role(
    "question_writer",
    "Local administrator of questions",
    "Writes, tries and publishes the question sets that the partnership asks; sees no person.",
    "keeping the partnership’s question sets",
    frozenset({Permission.WRITE_QUESTIONS}),
)
PRACTITIONER = Role(
    "practitioner",
    "Practitioner",
    "Works with people in one agency, and finds the person in front of them.",
    "finding the person in front of me",
    _FRONT_LINE,
    _CARE | _PLACE | {"health"},
    ("own_work", "direct_care", "early_help", *_SAFEGUARDING, "homelessness", "adult_panel",
     "vital_interest"),
)  # fmt: skip
GENERAL_PRACTITIONER = Role(
    "general_practitioner",
    "GP",
    "Cares for the patients of a practice, and holds their whole health record.",
    "caring for my patient",
    _FRONT_LINE,
    _HEALTH,
    ("direct_care", "own_work", "early_help", *_SAFEGUARDING, "vital_interest"),
)
SOCIAL_WORKER = Role(
    "social_worker",
    "Social worker",
    "Holds the care and protection of the people allocated to them, adults or children.",
    "the care of the people allocated to me",
    _FRONT_LINE,
    _CARE | {"domestic_abuse", "mental_health"},
    ("direct_care", "own_work", "early_help", *_SAFEGUARDING, "homelessness", "adult_panel",
     "marac", "vital_interest"),
)  # fmt: skip
HOUSING_OFFICER = Role(
    "housing_officer",
    "Housing officer",
    "Looks after tenancies and homelessness applications, and sees what a landlord holds.",
    "the tenancy or homelessness of the person",
    _FRONT_LINE,
    _KNOWN | {"housing", "antisocial"},
    ("own_work", "early_help", "homelessness", "antisocial_behaviour", "adult_panel",
     *_SAFEGUARDING, "vital_interest"),
)  # fmt: skip
POLICE_LIAISON = Role(
    "police_liaison",
    "Police liaison officer",
    "Brings what the police hold to the partnership’s table, and takes back what it may.",
    "liaising for the police about the person",
    _FRONT_LINE,
    _KNOWN | _CRIME,
    ("crime_disorder", "own_work", "early_help", "antisocial_behaviour", *_SAFEGUARDING, "marac",
     "mappa", "iom", "law_enforcement", "vital_interest"),
)  # fmt: skip
TEAM_MANAGER = Role(
    "team_manager",
    "Team manager",
    "Answers for the work of a team: who does what, how much, and how well.",
    "managing the team’s work",
    _FRONT_LINE | {Permission.BAR_POSTS},
    _CARE | _HEALTH | _PLACE | _CRIME,
    ("own_work", "direct_care", "early_help", *_SAFEGUARDING, "homelessness", "adult_panel",
     "crime_disorder", "antisocial_behaviour", "vital_interest"),
)  # fmt: skip
DUTY_MANAGER = Role(
    "duty_manager",
    "Duty manager",
    "Answers for an agency at any hour: relays or releases what is restricted, with a second (P13).",
    "answering for the agency on duty",
    _FRONT_LINE | {Permission.RELEASE_RESTRICTED, Permission.BAR_POSTS},
    _CARE | _HEALTH | _PLACE | _CRIME | {"mappa", "intelligence"},
    ("own_work", "direct_care", *_SAFEGUARDING, "crime_disorder", "marac", "mappa", "iom",
     "law_enforcement", "vital_interest"),
)  # fmt: skip
REFERRER = Role(
    "referrer",
    "Referrer",
    "Refers somebody and hears that it was received; sees no person at all (S2-30, P18).",
    "referring somebody",
    frozenset({Permission.REFER}),
)
LINK_REVIEWER = Role(
    "link_reviewer",
    "Link reviewer",
    "Judges whether two records are of the same person, from identity fields only (P4).",
    "clerical review of links",
    frozenset({Permission.REVIEW_LINKS, Permission.SEE_NHS_NUMBER}),
    _IDENTITY,
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
    _IDENTITY,
)
DATA_MANAGER = Role(
    "data_manager",
    "Data manager",
    "Receives the agencies’ deliveries, reconciles them and answers for linkage quality.",
    "reconciling deliveries",
    frozenset({Permission.SEE_DELIVERIES, Permission.SEND_DELIVERIES, Permission.SEE_QUALITY}),
    _IDENTITY,
)
ANALYST = Role(
    "analyst",
    "Analyst",
    "Reads how good the linkage is and who gets help how; sees no person.",
    "measuring linkage quality",
    frozenset({Permission.SEE_QUALITY, Permission.SEE_ACCESS_FIGURES}),
)
IG_LEAD = Role(
    "ig_lead",
    "Information governance lead",
    "Writes and watches the agreements to share, and reads the record of looks; sees no person’s data.",
    "governing how the partnership shares",
    frozenset(
        {
            Permission.MANAGE_AGREEMENTS,
            Permission.SEE_SHARING,
            Permission.READ_AUDIT,
            Permission.TELL_LOOKS,
        }
    ),
)
CALDICOTT_GUARDIAN = Role(
    "caldicott_guardian",
    "Caldicott guardian",
    "Guards people’s confidentiality: reviews emergency access and reads the record of looks.",
    "guarding confidentiality",
    frozenset(
        {
            Permission.MANAGE_AGREEMENTS,
            Permission.SEE_SHARING,
            Permission.REVIEW_EMERGENCY,
            Permission.READ_AUDIT,
        }
    ),
)
SIGNATORY = Role(
    "signatory",
    "Signatory",
    "Signs agreements for its agency, having seen what each would open and shut.",
    "signing for the agency",
    frozenset({Permission.SIGN_AGREEMENTS, Permission.SEE_SHARING}),
)
PARTNERSHIP_ADMINISTRATOR = Role(
    "partnership_administrator",
    "Partnership administrator",
    "Keeps the partnership’s agencies, teams and posts: who works where, as what, until when.",
    "keeping agencies, teams and posts",
    frozenset({Permission.MANAGE_POSTS, Permission.SEE_NOTICES_UNDELIVERED}),
)

POOLED_FUND_MANAGER = Role(
    "pooled_fund_manager",
    "Pooled-fund manager",
    "Keeps what needs are worth and who may authorise how much; sees no person.",
    "keeping the partnership’s money",
    frozenset({Permission.KEEP_FUNDS}),
)
PANEL_COORDINATOR = Role(
    "panel_coordinator",
    "Panel coordinator",
    "Builds a panel’s agenda, gathers what agencies know, and sees that what was decided goes out.",
    "bringing somebody before a panel",
    _FRONT_LINE | {Permission.COORDINATE_PANELS},
    _IDENTITY | {"involvement", "live_warning"},
    ("early_help", "own_work", "adult_panel", *_SAFEGUARDING, "vital_interest"),
)

ROLES: tuple[Role, ...] = (
    FRONT_DOOR_WORKER,
    FRONT_DOOR_MANAGER,
    SAFEGUARDING_LEAD,
    QUESTION_WRITER,
    PRACTITIONER,
    GENERAL_PRACTITIONER,
    SOCIAL_WORKER,
    HOUSING_OFFICER,
    POLICE_LIAISON,
    TEAM_MANAGER,
    DUTY_MANAGER,
    REFERRER,
    LINK_REVIEWER,
    SENIOR_LINK_REVIEWER,
    DATA_MANAGER,
    ANALYST,
    IG_LEAD,
    CALDICOTT_GUARDIAN,
    SIGNATORY,
    PARTNERSHIP_ADMINISTRATOR,
    POOLED_FUND_MANAGER,
    PANEL_COORDINATOR,
)


def role(code: str) -> Role:
    """The role of that code; raises KeyError where there is none."""
    return _BY_CODE[code]


def roles_that_may(*permissions: Permission) -> frozenset[str]:
    """The codes of the roles that carry any of these permissions."""
    return frozenset(each.code for each in ROLES if each.permissions & set(permissions))


_BY_CODE = {each.code: each for each in ROLES}
