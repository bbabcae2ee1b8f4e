"""The front door's common set: a dozen answers, each of which triage can read (P16), and a short one for the public."""

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import (
    NOT_KNOWN,
    Asked,
    AskedSection,
    Choice,
    ShownIf,
    yes_no,
)
from joinedup.support.questions.shipped.written import ShippedSet

_NONE = Choice("none", "None of these")
_UNKNOWN = Choice(NOT_KNOWN, "Not known")

_DANGER = (
    Choice("life", "Somebody’s life is at risk now", trigger="life_at_risk_now"),
    Choice("attack", "Somebody is being attacked, or is about to be", trigger="violence_now"),
    Choice("plan", "They have a plan or the means to end their life", trigger="suicide_plan"),
    Choice("thoughts", "They have thoughts of ending their life", trigger="suicidal_thoughts"),
    Choice("abuse", "They are being hurt, abused or controlled", trigger="abuse"),
    Choice(
        "self-neglect",
        "They neglect themselves so far that their health or home is in danger",
        trigger="self_neglect",
    ),
    Choice("child", "A child is being harmed or neglected, or may be", trigger="child_harmed"),
)

_HOW_OFTEN_VICTIM = (
    Choice(
        "more_than_once",
        "Yes, more than once",
        means=("characteristic:repeat_victim",),
        categories=("crime_victim",),
        at_least=2,
    ),
    Choice("once", "Yes, once", categories=("crime_victim",)),
    Choice("no", "No"),
    _UNKNOWN,
)
_HOW_OFTEN_HARMED = (
    Choice(
        "more_than_once",
        "Yes, more than once",
        means=("characteristic:repeat_perpetrator",),
        categories=("crime_offender", "antisocial"),
        at_least=2,
    ),
    Choice("once", "Yes, once", categories=("crime_offender", "antisocial")),
    Choice("no", "No"),
    _UNKNOWN,
)

_SERVICES = (
    Choice(
        "emergency_department",
        "The emergency department",
        means=("characteristic:frequent_emergency", "service:emergency_department"),
    ),
    Choice(
        "ambulance", "The ambulance service",
        means=("characteristic:frequent_emergency", "service:ambulance"),
    ),
    Choice("police", "The police", means=("characteristic:frequent_emergency", "service:police")),
    Choice(
        "fire", "The fire and rescue service",
        means=("characteristic:frequent_emergency", "service:fire"),
    ),
    _NONE,
    _UNKNOWN,
)  # fmt: skip

_HIGH_RISK = (
    Choice(
        "marac", "High risk of domestic abuse", means=("high_risk:marac",), categories=(),
    ),
    Choice(
        "mappa", "High risk of serious harm by a violent or sexual offender",
        means=("high_risk:mappa",), categories=("mappa",),
    ),
    Choice("iom", "A prolific offender under integrated offender management", means=("high_risk:iom",)),
    Choice("mash", "A child at risk of significant harm", means=("high_risk:mash",)),
    _NONE,
    _UNKNOWN,
)  # fmt: skip
_SOME_HIGH_RISK = ShownIf("high-risk", ("marac", "mappa", "iom", "mash"))

_NEEDS = tuple(
    Choice(code, label, means=(f"need:{code}",))
    for code, label in (
        ("care", "Care and support with daily life"),
        ("carer", "Support for a carer"),
        ("physical_health", "Physical health"),
        ("mental_health", "Mental health"),
        ("substance_misuse", "Alcohol or drugs"),
        ("housing", "Their home or tenancy"),
        ("homelessness", "Homeless, or about to be"),
        ("money", "Money and debt"),
        ("loneliness", "Loneliness"),
        ("family", "Family and parenting"),
        ("education", "School"),
        ("work", "Work and learning"),
        ("domestic_abuse", "Domestic abuse"),
        ("antisocial", "Anti-social behaviour"),
        ("offending", "Offending"),
        ("fire_safety", "Safety at home"),
        ("frequent_emergency", "Another way than the emergency services"),
    )
)

_KINDS = (
    ("health", "NHS: a GP, a hospital, mental health"),
    ("social_care", "Social care, for adults or children"),
    ("police", "Police, or probation through them"),
    ("fire", "Fire and rescue"),
    ("housing", "Housing or a landlord"),
    ("education", "A school or college"),
    ("voluntary", "A charity or community group"),
    ("council", "Another part of the council"),
    ("public_health", "Public health: alcohol, drugs, stopping smoking"),
)

_ETHNIC_GROUPS = tuple(
    Choice(code, label)
    for code, label in (
        ("asian", "Asian or Asian British"),
        ("black", "Black, Black British, Caribbean or African"),
        ("mixed", "Mixed or multiple ethnic groups"),
        ("white", "White"),
        ("other", "Another ethnic group"),
        ("not_said", "They would rather not say"),
    )
)
"""The broad groups of the census of 2021 for England and Wales."""
_ETHNIC_GROUP = Asked(
    "ethnic-group",
    QuestionKind.ONE_OF,
    "Which ethnic group do they say they belong to?",
    help="You need not ask. It shows only whether everybody gets help alike, and decides nothing.",
    choices=(*_ETHNIC_GROUPS, _UNKNOWN),
)
_ABOUT_THEM = AskedSection("About them", "", (_ETHNIC_GROUP,))

_HOW_SOON = (
    Choice("urgent", "Within two days", means=("urgent",)),
    Choice("soon", "Within two weeks"),
    Choice("later", "Later will do"),
)

FRONT_DOOR = ShippedSet(
    code="front-door",
    title="Front door: common questions",
    about="What every referral asks once it is known who is meant. Each answer is one that triage reads.",
    introduction="Answer what you know. “Not known” is an answer.",
    source="Written for this product from the criteria of the Transforming Lives programme "
    "(Health and Wellbeing Board, September 2014).",
    licence="Its own words; free to use and to change here.",
    tested="Not tested with practitioners yet. Try it in one locality before it runs in all.",
    sections=(
        AskedSection(
            "Is anybody in danger?",
            "An answer here is sent at once, whatever else is filled in.",
            (
                Asked(
                    "danger",
                    QuestionKind.SEVERAL_OF,
                    "Is any of this so today, or likely soon?",
                    required=True,
                    choices=(*_DANGER, _NONE, _UNKNOWN),
                ),
            ),
        ),
        AskedSection(
            "The last 12 months",
            "",
            (
                Asked(
                    "violence",
                    QuestionKind.YES_NO,
                    "Has there been violence, at home or elsewhere?",
                    help="By the person or against them.",
                    required=True,
                    choices=yes_no(
                        means=("characteristic:violence",), categories=("domestic_abuse",)
                    ),
                    known_from=KnownFrom.HOLDINGS,
                ),
                Asked(
                    "offending",
                    QuestionKind.YES_NO,
                    "Has the person offended?",
                    required=True,
                    choices=yes_no(
                        means=("characteristic:offending",), categories=("crime_offender",)
                    ),
                    known_from=KnownFrom.HOLDINGS,
                ),
                Asked(
                    "victim",
                    QuestionKind.ONE_OF,
                    "Has the person been a victim of crime, abuse or exploitation?",
                    required=True,
                    choices=_HOW_OFTEN_VICTIM,
                    known_from=KnownFrom.HOLDINGS,
                ),
                Asked(
                    "harmed-others",
                    QuestionKind.ONE_OF,
                    "Has the person harmed, threatened or harassed others?",
                    required=True,
                    choices=_HOW_OFTEN_HARMED,
                    known_from=KnownFrom.HOLDINGS,
                ),
                Asked(
                    "emergency",
                    QuestionKind.SEVERAL_OF,
                    "Which emergency services have they used again and again?",
                    help="Three times or more in three months. Somebody may have called for them.",
                    required=True,
                    choices=_SERVICES,
                ),
                Asked(
                    "calls",
                    QuestionKind.ONE_OF,
                    "Why did they call?",
                    required=True,
                    choices=(
                        Choice("genuine", "They needed help", means=("calls:genuine",)),
                        Choice(
                            "not_genuine",
                            "Often help was not needed, and no harm was meant",
                            means=("calls:not_genuine",),
                        ),
                        Choice(
                            "malicious",
                            "Some calls were made to mislead or to harass",
                            means=("characteristic:malicious_calls", "calls:malicious"),
                        ),
                        _UNKNOWN,
                    ),
                    shown_if=ShownIf(
                        "emergency", ("emergency_department", "ambulance", "police", "fire")
                    ),
                ),
            ),
        ),
        AskedSection(
            "High risk",
            "",
            (
                Asked(
                    "high-risk",
                    QuestionKind.SEVERAL_OF,
                    "Has a professional judged the risk to be high?",
                    help="It goes to the panel for that risk beside this referral, and is never dropped.",
                    required=True,
                    choices=_HIGH_RISK,
                    known_from=KnownFrom.HOLDINGS,
                ),
                Asked(
                    "high-risk-by",
                    QuestionKind.LINE,
                    "Who judged it?",
                    help="Their name and their post.",
                    required=True,
                    shown_if=_SOME_HIGH_RISK,
                    known_from=KnownFrom.NEVER,
                ),
                Asked(
                    "high-risk-tool",
                    QuestionKind.LINE,
                    "By which tool?",
                    help="For example DASH, or professional judgement.",
                    required=True,
                    shown_if=_SOME_HIGH_RISK,
                    known_from=KnownFrom.NEVER,
                ),
                Asked(
                    "high-risk-on",
                    QuestionKind.DAY,
                    "On which day?",
                    required=True,
                    shown_if=_SOME_HIGH_RISK,
                    known_from=KnownFrom.NEVER,
                ),
            ),
        ),
        AskedSection(
            "What help is needed",
            "",
            (
                Asked(
                    "needs",
                    QuestionKind.SEVERAL_OF,
                    "What is help needed with?",
                    required=True,
                    choices=_NEEDS,
                ),
                Asked(
                    "agencies-needed",
                    QuestionKind.SEVERAL_OF,
                    "Which agencies does the person need?",
                    help="Those whose help is needed, whether they are involved already or not.",
                    required=True,
                    choices=(
                        *(Choice(code, label, means=(f"agency:{code}",)) for code, label in _KINDS),
                        _UNKNOWN,
                    ),
                ),
                Asked(
                    "agencies-involved",
                    QuestionKind.SEVERAL_OF,
                    "Which agencies are involved already?",
                    choices=(
                        *(Choice(code, label, means=(f"known:{code}",)) for code, label in _KINDS),
                        _NONE,
                        _UNKNOWN,
                    ),
                    known_from=KnownFrom.AGENCIES,
                ),
                Asked(
                    "how-soon",
                    QuestionKind.ONE_OF,
                    "How soon should somebody be in touch?",
                    required=True,
                    choices=_HOW_SOON,
                    known_from=KnownFrom.NEVER,
                ),
                Asked(
                    "passed-on",
                    QuestionKind.NUMBER,
                    "How many services have passed them on already?",
                    help="0 if you are the first they asked.",
                    lowest=0,
                    highest=50,
                    known_from=KnownFrom.NEVER,
                ),
            ),
        ),
        _ABOUT_THEM,
    ),
)

FRONT_DOOR_PUBLIC = ShippedSet(
    code="front-door-public",
    title="Front door: questions to the public",
    about="What somebody is asked who refers themself, a friend or a neighbour.",
    introduction="",
    source="Written for this product.",
    licence="Its own words; free to use and to change here.",
    tested="Not tested with the public yet.",
    sections=(
        AskedSection(
            "",
            "",
            (
                Asked(
                    "danger",
                    QuestionKind.SEVERAL_OF,
                    "Is any of this so?",
                    help="In an emergency ring 999. Nobody reads this page at night.",
                    choices=(
                        Choice(
                            "life", "Somebody’s life is at risk now", trigger="life_at_risk_now"
                        ),
                        Choice("attack", "Somebody is being attacked", trigger="violence_now"),
                        Choice(
                            "thoughts", "Thoughts of ending one’s life", trigger="suicidal_thoughts"
                        ),
                        Choice("abuse", "Somebody is being hurt or controlled", trigger="abuse"),
                        Choice("child", "A child is being harmed", trigger="child_harmed"),
                        _NONE,
                    ),
                ),
                Asked(
                    "needs",
                    QuestionKind.SEVERAL_OF,
                    "What would help?",
                    choices=tuple(c for c in _NEEDS if c.code != "frequent_emergency"),
                ),
                Asked(
                    "how-soon",
                    QuestionKind.ONE_OF,
                    "How soon should somebody be in touch?",
                    choices=_HOW_SOON,
                    known_from=KnownFrom.NEVER,
                ),
            ),
        ),
    ),
)
