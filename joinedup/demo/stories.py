"""Why people are referred in the demo: the stories behind a year of invented referrals."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from joinedup.support.frontdoor.choices import Agreement, EntryRoute, Source


@dataclass(frozen=True)
class Story:
    """One kind of referral: how often of a thousand, by whom, about whom, and what is said."""

    often: int
    sender: str
    """The persona who sends it; empty for the public."""
    entry: EntryRoute
    source: Source
    ages: tuple[int, int]
    going_on: str
    wanted: str
    answers: Mapping[str, object] = field(default_factory=dict)
    agreement: Agreement = Agreement.AGREED
    because: str = ""
    communication: Mapping[str, str] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    """The needs that the front door finds out, where the sender was not asked."""


def _said(**answers: object) -> dict[str, object]:
    """Answers to the common set: what is not said is no, none or not known."""
    usual: dict[str, object] = {
        "danger": ["none"],
        "violence": "no",
        "offending": "no",
        "victim": "no",
        "harmed-others": "no",
        "emergency": ["none"],
        "high-risk": ["none"],
        "needs": [],
        "agencies-needed": [],
        "how-soon": "soon",
        "passed-on": 0,
    }
    return usual | {name.replace("_", "-"): value for name, value in answers.items()}


STORIES: tuple[Story, ...] = (
    Story(
        90, "police", EntryRoute.PRACTITIONER, Source.POLICE_HOSPITAL_LIAISON, (25, 60),
        "Fourth visit to the emergency department in two months, each time after drinking. He has "
        "rent arrears and was assaulted outside the station in the summer.",
        "Somewhere quiet to live and somebody to talk to before it gets bad.",
        _said(victim="more_than_once", emergency=["emergency_department", "ambulance"],
              calls="genuine", needs=["substance_misuse", "housing", "frequent_emergency"],
              agencies_needed=["health", "housing"], passed_on=2),
    ),
    Story(
        60, "police", EntryRoute.PRACTITIONER, Source.POLICE_HOSPITAL_LIAISON, (20, 50),
        "Neighbours ring us every week about shouting and broken windows. She says she is frightened of "
        "the flat upstairs and does not sleep.",
        "To be moved, and for people to stop shouting at her door.",
        _said(harmed_others="more_than_once", emergency=["police"], calls="not_genuine",
              needs=["antisocial", "mental_health", "housing"],
              agencies_needed=["housing", "health", "police"], passed_on=1),
    ),
    Story(
        110, "gp", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (66, 95),
        "Comes to the surgery every fortnight with nothing new. Her husband died in spring and she sees "
        "nobody from one week to the next.",
        "To have a reason to go out on Tuesdays.",
        _said(needs=["loneliness"], agencies_needed=["voluntary"], how_soon="later"),
    ),
    Story(
        80, "coordinator", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (70, 98),
        "Two falls this month; the walking frame stands unused. His daughter does the shopping and is "
        "worn out.",
        "To stay in his own house, and for his daughter to have a weekend.",
        _said(needs=["care", "carer", "physical_health", "fire_safety"],
              agencies_needed=["social_care", "health", "fire"]),
    ),
    Story(
        90, "housing", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (18, 60),
        "Eleven weeks behind with the rent since the hours at work were cut. Letters lie unopened.",
        "To sort the letters out with somebody who does not tell him off.",
        _said(needs=["money", "housing", "work"], agencies_needed=["voluntary", "housing"]),
    ),
    Story(
        50, "housing", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (18, 45),
        "Sleeping on friends’ sofas since the notice ran out; the last friend wants them gone on Friday.",
        "A door that locks.",
        _said(needs=["homelessness", "money"], agencies_needed=["housing", "council"],
              how_soon="urgent", passed_on=3),
    ),
    Story(
        60, "social-worker", EntryRoute.PRACTITIONER, Source.MULTIPLE_NEEDS, (25, 55),
        "Out of prison in September, heroin before that, no practice will register him. Two probation "
        "appointments missed.",
        "A prescription, and not to go back inside.",
        _said(offending="yes", needs=["substance_misuse", "offending", "housing"],
              agencies_needed=["public_health", "police", "housing"], passed_on=4),
    ),
    Story(
        60, "school", EntryRoute.REFER_ONLY, Source.SCHOOL, (6, 15),
        "Late nine times this half-term and hungry when he comes. Mum says the boiler is broken and she "
        "is not coping.",
        "Mum would like somebody to come round and help.",
        found=("family", "housing"),
    ),
    Story(
        20, "referrer", EntryRoute.REFER_ONLY, Source.VENUE, (30, 70),
        "In the bar from opening time most days, and talks of having lost everything on the machines.",
        "",
        agreement=Agreement.INFORMED_NOT_AGREED,
        found=("money", "substance_misuse"),
    ),
    Story(
        50, "mash", EntryRoute.STEP_DOWN, Source.MASH_STEP_DOWN, (3, 14),
        "Closed to children’s social care after the plan was met. The school still worries about bedtimes "
        "and Dad’s temper when he has been drinking.",
        "The family want one person they know to ring.",
        _said(needs=["family", "substance_misuse"], agencies_needed=["education", "public_health"]),
    ),
    Story(
        40, "team-manager", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (60, 95),
        "Does not eat when nobody is there, and washes at the sink. The bathroom is upstairs.",
        "A shower downstairs.",
        _said(needs=["care"], agencies_needed=["social_care"]),
    ),
    Story(
        120, "", EntryRoute.SELF, Source.PUBLIC, (18, 90),
        "I lost my job and do not open my post any more. My partner does not know.",
        "Help with forms, and somebody to tell me where I stand.",
        {"danger": ["none"], "needs": ["money", "work"], "how-soon": "soon"},
    ),
    Story(
        60, "", EntryRoute.FRIEND, Source.PUBLIC, (70, 96),
        "My neighbour leaves the gas on and forgets what day it is. Her son lives abroad.",
        "She says she is fine. I think she would like a visitor.",
        {"danger": ["none"], "needs": ["care", "fire_safety"], "how-soon": "soon"},
        Agreement.INFORMED_NOT_AGREED,
    ),
    Story(
        30, "", EntryRoute.ANONYMOUS, Source.PUBLIC, (20, 60),
        "Somebody sleeps in the doorway behind the market and coughs all night.",
        "",
        {"danger": ["none"], "needs": ["homelessness"], "how-soon": "urgent"},
        Agreement.NOT_INFORMED, "I do not know who it is and did not dare to ask.",
    ),
    Story(
        40, "gp", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (20, 60),
        "Panic in shops since the accident. Works nights and cannot get to the clinic by day.",
        "To be able to shop again.",
        _said(needs=["mental_health", "work"], agencies_needed=["health", "voluntary"]),
        communication={"language": "Polish"},
    ),
    Story(
        40, "coordinator", EntryRoute.PRACTITIONER, Source.PRACTITIONER, (40, 80),
        "Deaf since birth. The practice rang her six times; she never had the messages.",
        "To be written to, and an interpreter at the surgery.",
        _said(needs=["physical_health", "loneliness"], agencies_needed=["health", "voluntary"]),
        communication={"bsl": ""},
    ),
)  # fmt: skip
"""What each says is invented; the shares are a front door’s as one would expect it, and no figures of any place."""
