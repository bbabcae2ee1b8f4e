"""Whom the demo's panel considers, and what it decides: words that read like life, and nobody's."""

from dataclasses import dataclass

from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import DecisionKind


@dataclass(frozen=True)
class PanelStory:
    """One item: what is going on, what they want, what agencies answer and think, what is decided.

    `knows` is by persona: what that agency answers to its check. An empty answer is nothing known.
    """

    ages: tuple[int, int]
    going_on: str
    wanted: str
    asked: str
    knows: dict[str, tuple[str, str, str]]
    """By persona: what helps, what to fear, what the agency thinks."""
    kind: DecisionKind
    reasons: str
    lead: str = ""
    """The agency that is to lead."""
    dissents: tuple[str, str] = ("", "")
    """A persona, and why their agency differs."""
    action: tuple[str, str, int] = ("", "", 0)
    """Who does what within how many days."""
    approvals: tuple[str, ...] = ()
    """Agencies that must approve it first."""
    agreement: Agreement = Agreement.AGREED
    because: str = ""
    sex: str = ""
    """Of whom the story speaks as he (M) or she (F); empty where it does not say."""


_K = DecisionKind
LAST_TIME: tuple[PanelStory, ...] = (
    PanelStory(
        (35, 60),
        "Six calls to the police since August about noise and shouting, four visits to the emergency "
        "department. He drinks alone and forgets the pan on the stove.",
        "Somebody to talk to who does not tell him off.",
        "Which agency leads, and who goes along to the first appointment?",
        {
            "housing": (
                "He opens the door to his own officer",
                "Rent nearly two months behind",
                "Keep the tenancy: he pays when reminded.",
            ),
            "police": (
                "Calm when alone with one officer",
                "Neighbours are losing patience",
                "No offences; this is not for court.",
            ),
            "social-worker": ("", "", "No care needs seen in spring; look again."),
        },
        _K.ALLOCATE,
        "Housing knows him best and he opens the door to them; the others stand behind one plan.",
        "housing",
        action=("police", "Tell the neighbourhood team to ring his lead before they call round", 7),
        sex="M",
    ),
    PanelStory(
        (28, 50),
        "Twice a victim and once a suspect this year, each time the same former partner. Sleeps on sofas.",
        "A door she can lock.",
        "Who leads, and what is safe to say to whom?",
        {
            "social-worker": (
                "She came to every appointment in June",
                "He has found her at her sister’s before",
                "An advocate first, then housing.",
            ),
            "housing": (
                "Made an application in May and let it lapse",
                "",
                "We can open it again without new papers.",
            ),
        },
        _K.ALLOCATE,
        "Her safety and her care belong together; housing moves at once beside the lead.",
        "adult_care",
        dissents=("police", "We would have had the case go to MARAC first; we accept the lead."),
        action=("housing", "Open her application again, with a safe address for letters", 3),
        agreement=Agreement.NOT_INFORMED,
        because="It was not safe to ask her with him in the room.",
        sex="F",
    ),
    PanelStory(
        (66, 90),
        "Eleven calls to the ambulance since September; on most of them there is nothing wrong but the evening.",
        "Company after six o’clock.",
        "Is there anything short of a case that would help?",
        {
            "gp": (
                "Takes his tablets",
                "Falls when he hurries to the phone",
                "Lonely since his brother died.",
            )
        },
        _K.ADVICE,
        "A befriender and a pendant answer it; nobody needs to lead a case.",
        action=("gp", "Ask him whether a befriender may ring, and refer if he says yes", 10),
        sex="M",
    ),
    PanelStory(
        (30, 55),
        "Fire crews twice in a month, hoarding up to the windows, a gas meter that nobody has read in years.",
        "To be left alone, mostly. And the boiler mended.",
        "Who gets him to open the door, and who pays?",
        {
            "housing": ("Lets one caretaker in", "Exit blocked", "Court would make it worse."),
            "social-worker": (
                "",
                "Neglects himself; capacity not in doubt in May",
                "We assess again, at his pace.",
            ),
        },
        _K.MORE_IS_NEEDED,
        "Nobody knows whether he would let anybody in. The caretaker asks him first.",
        action=("housing", "Ask the caretaker to introduce a fire officer", 6),
        sex="M",
    ),
    PanelStory(
        (40, 65),
        "Shoplifts food, sleeps in the bus station, well known to the soup kitchen and to nobody else.",
        "A room, and his benefits sorted.",
        "Which agency leads?",
        {"housing": ("Came to the hub twice", "", "A place is free from Monday.")},
        _K.ALLOCATE,
        "The first need is the room; benefits follow from an address.",
        "housing",
        action=("housing", "Hold the room until Wednesday", 2),
        approvals=("adult_care",),
    ),
)
NEXT_TIME: tuple[PanelStory, ...] = (
    PanelStory(
        (32, 58),
        "Nine contacts with four agencies in six weeks, each one a different complaint; the flat is cold.",
        "One person to ring.",
        "Which agency leads?",
        {},
        _K.ALLOCATE,
        "",
        "housing",
    ),
    PanelStory(
        (25, 45),
        "Released in October, seen by probation and by nobody since; his mother cannot have him back.",
        "Work, he says. And to see his son.",
        "Who leads, and who speaks with his mother?",
        {},
        _K.ALLOCATE,
        "",
        agreement=Agreement.INFORMED_NOT_AGREED,
        sex="M",
    ),
    PanelStory(
        (70, 92),
        "Her husband died in spring; since then the police have brought her home three times at night.",
        "To stay in her house.",
        "Is this care, or company, or both?",
        {},
        _K.ALLOCATE,
        "",
        "adult_care",
        sex="F",
    ),
)
PATIENTS: tuple[tuple[tuple[int, int], str, str, str], ...] = (
    (
        (75, 95),
        "Three falls since summer, two admissions, six medicines changed.",
        "Who coordinates?",
        "",
    ),
    (
        (60, 85),
        "Heart failure and a husband with dementia; she misses her own appointments.",
        "Who is her one call?",
        "F",
    ),
    (
        (55, 80),
        "Breathless at night and rings the ambulance; inhalers used up early.",
        "A plan for bad nights.",
        "",
    ),
)
