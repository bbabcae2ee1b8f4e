"""The sections of an assessment: strengths first, the person's own view, then each profession's questions."""

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import (
    NOT_KNOWN,
    Asked,
    AskedSection,
    Choice,
    ShownIf,
    yes_no,
)
from joinedup.support.questions.shipped.screenings import SOCIAL_CARE
from joinedup.support.questions.shipped.written import ShippedSet

_OWN_WORDS = "Its own words; free to use and to change here."
_NOT_TESTED = "Not tested yet. Record here with whom it was tried, and what they made of it."
_WORDS = QuestionKind.WORDS


def _section_set(
    code: str, title: str, introduction: str, *sections: AskedSection, source: str = ""
) -> ShippedSet:
    return ShippedSet(
        code=f"assessment-{code}", title=title, about="A section of the assessment of a case.",
        introduction=introduction, source=source or "Written for this product.",
        licence=_OWN_WORDS, tested=_NOT_TESTED, sections=sections,
    )  # fmt: skip


def _words(code: str, text: str, hint: str = "", **more: object) -> Asked:
    return Asked(code, _WORDS, text, help=hint, **more)  # type: ignore[arg-type]


def _yes_no(code: str, text: str, hint: str = "", **more: object) -> Asked:
    means = more.pop("means", ())
    categories = more.pop("categories", ())
    return Asked(
        code, QuestionKind.YES_NO, text, help=hint,
        choices=yes_no(means=means, categories=categories), **more,  # type: ignore[arg-type]
    )  # fmt: skip


STRENGTHS = _section_set(
    "strengths",
    "Strengths",
    "Begin here, with what is there and what works. Write it as they say it.",
    AskedSection(
        "What there is to build on",
        "Leave out what they have nothing to say to.",
        (
            _words("going-well", "What is going well at the moment?"),
            _words("good-at", "What are they good at, or proud of?",
                   "Ask what others come to them for."),
            _words("matters", "What matters most to them?",
                   "People, places, habits, faith, animals, work."),
            _words("there-for-them", "Who is there for them, and how?",
                   "Family, friends, neighbours, groups, professionals they trust."),
            _words("got-through", "What got them through hard times before?"),
            _words("gives", "What do they do for others, or would like to?",
                   "A skill, an afternoon, an ear."),
            _words("good-day", "What does a good day look like?"),
        ),
    ),
)  # fmt: skip

SELF = _section_set(
    "self",
    "In the person’s own view",
    "Their own section, in their own words. Write it down with them and read it back before you sign.",
    AskedSection(
        "",
        "",
        (
            _words("own-story", "What is happening, as you see it?"),
            _words("own-want", "What would you like to be different?"),
            _words("own-first", "What should be done first?"),
            _words("own-try", "What have you tried, and what helped?"),
            _words("own-not", "What do you not want?"),
            _words("own-goals", "What do you want to do yourself, and what do you want help with?"),
            _words("own-others", "Who else should be asked, and who should not?"),
            Asked(
                "own-disagree", QuestionKind.YES_NO,
                "Is there anything in this assessment you see differently?",
                choices=yes_no(), known_from=KnownFrom.NEVER,
            ),
            _words("own-disagree-words", "What do you see differently?",
                   shown_if=ShownIf("own-disagree", ("yes",))),
        ),
    ),
)  # fmt: skip

SOCIAL_CARE_SECTION = _section_set(
    "social-care",
    "Social care",
    "Ask about an ordinary week, with the help they have now left out: help that is there today does not "
    "make a need go away.",
    *SOCIAL_CARE.sections,
    AskedSection(
        "What the law asks to be told",
        "",
        (
            _words("view-of-others", "What do the people close to them say?",
                   "Whom they asked you to involve (Care Act 2014 s9(5))."),
            _words("prevent", "What could prevent, delay or reduce these needs?",
                   "Care Act 2014 s9(6)."),
            _yes_no("advocate", "Would they struggle to take part, with nobody to help them do so?",
                    "Then an independent advocate is arranged first (s67)."),
            _yes_no("fluctuates", "Do the needs come and go?",
                    "Then ask about the last year, not about today."),
        ),
    ),
    source="The outcomes follow the Care and Support (Eligibility Criteria) Regulations 2014 (SI 2015/313); "
    "what is told follows sections 9, 10 and 67 of the Care Act 2014. The questions are written for this product.",
)  # fmt: skip

HEALTH = _section_set(
    "health",
    "Health",
    "Body and mind together. Say only what bears on daily life and on the help that is wanted.",
    AskedSection(
        "Health",
        "",
        (
            _words("health-need", "Which health needs bring them here?",
                   "In a few words, as they would say it."),
            _words("conditions", "Which long-term conditions do they live with?"),
            Asked(
                "mind", QuestionKind.ONE_OF, "How is their mental health?", required=True,
                choices=(
                    Choice("well", "Well enough"),
                    Choice("low", "Low or anxious", means=("need:mental_health",)),
                    Choice("helped", "Unwell, with help in place", means=("need:mental_health",),
                           categories=("mental_health",)),
                    Choice("not_helped", "Unwell, without help", means=("need:mental_health", "urgent")),
                    Choice(NOT_KNOWN, "Not known"),
                ),
                known_from=KnownFrom.HOLDINGS,
            ),
            Asked(
                "suicidal", QuestionKind.YES_NO, "Have they thought of ending their life?",
                help="Ask it plainly. A yes opens the exit at once.",
                choices=yes_no(trigger="suicidal_thoughts"), known_from=KnownFrom.NEVER,
            ),
            Asked(
                "substances", QuestionKind.ONE_OF, "Do alcohol or drugs get in the way of their life?",
                required=True,
                choices=(
                    Choice("no", "No"),
                    Choice("some", "At times", means=("need:substance_misuse",)),
                    Choice("yes", "Yes", means=("need:substance_misuse",),
                           categories=("substance_misuse",)),
                    Choice(NOT_KNOWN, "Not known"),
                ),
                known_from=KnownFrom.HOLDINGS,
            ),
            Asked(
                "medicines", QuestionKind.ONE_OF, "Do they manage their medicines?",
                choices=(
                    Choice("none", "They take none"),
                    Choice("alone", "Yes, on their own"),
                    Choice("with_help", "With help"),
                    Choice("no", "No", means=("need:physical_health",)),
                    Choice(NOT_KNOWN, "Not known"),
                ),
            ),
            Asked(
                "falls", QuestionKind.NUMBER,
                "How often has anybody fallen in the last 12 months?", lowest=0, highest=365,
            ),
            _yes_no("gp", "Are they registered with a GP, and seen there?"),
            _words("health-help", "What would help, as health sees it?"),
        ),
    ),
)  # fmt: skip

HOUSING = _section_set(
    "housing",
    "Home",
    "Where they live, whether it can stay, and what would make it fit.",
    AskedSection(
        "Where they live",
        "",
        (
            Asked(
                "tenure", QuestionKind.ONE_OF, "How do they live there?", required=True,
                choices=(
                    Choice("owner", "They own it"),
                    Choice("council", "Rented from the council"),
                    Choice("association", "Rented from a housing association"),
                    Choice("private", "Rented privately"),
                    Choice("supported", "Supported or sheltered housing"),
                    Choice("with_family", "With family or friends"),
                    Choice("temporary", "Temporary accommodation", means=("need:homelessness",)),
                    Choice("rough", "On the street or in a car", means=("need:homelessness", "urgent")),
                    Choice(NOT_KNOWN, "Not known"),
                ),
            ),
            Asked(
                "home-at-risk", QuestionKind.SEVERAL_OF, "Does any of this put the home at risk?",
                choices=(
                    Choice("arrears", "Rent or mortgage arrears", means=("need:money",)),
                    Choice("notice", "Notice was given", means=("need:homelessness",)),
                    Choice("breakdown", "They cannot stay with those they live with",
                           means=("need:homelessness",)),
                    Choice("behaviour", "Complaints about behaviour", means=("need:antisocial",)),
                    Choice("abuse", "Abuse or threats at home", trigger="domestic_abuse"),
                    Choice("none", "None of these"),
                ),
                known_from=KnownFrom.NEVER,
            ),
            Asked(
                "home-fit", QuestionKind.SEVERAL_OF, "What is wrong with the home?",
                choices=(
                    Choice("damp", "Damp, mould or cold", means=("need:housing",)),
                    Choice("repair", "Repairs not done", means=("need:housing",)),
                    Choice("crowded", "Too few rooms", means=("need:housing",)),
                    Choice("steps", "Stairs, bath or doors they cannot manage",
                           means=("need:housing", "need:care")),
                    Choice("hoarded", "Ways blocked by belongings", means=("need:fire_safety",)),
                    Choice("none", "None of these"),
                ),
            ),
            _yes_no("adaptations", "Would an adaptation or a piece of equipment be enough?"),
            Asked(
                "options", QuestionKind.SEVERAL_OF, "Which ways have been gone into with them?",
                choices=(
                    Choice("stay", "Staying, with repairs or adaptations"),
                    Choice("mediation", "Staying, with mediation"),
                    Choice("debt", "Help with arrears or benefits"),
                    Choice("transfer", "A transfer or exchange"),
                    Choice("extra_care", "Extra-care or supported housing"),
                    Choice("private", "Renting privately, with a deposit"),
                    Choice("duty", "A homelessness application"),
                    Choice("none", "None of these"),
                ),
                help="All that were gone into, not only the one chosen.",
            ),
            _words("home-wants", "Where and how would they like to live?"),
        ),
    ),
)  # fmt: skip

SAFETY = _section_set(
    "safety",
    "Safety",
    "At home and outside. Ask with nobody else in the room.",
    AskedSection(
        "Safety",
        "An answer that means danger opens the exit at once, before anything is signed.",
        (
            Asked(
                "safe-home", QuestionKind.ONE_OF, "Do they feel safe at home?", required=True,
                choices=(
                    Choice("yes", "Yes"),
                    Choice("mostly", "Mostly"),
                    Choice("no", "No"),
                    Choice(NOT_KNOWN, "Not known"),
                ),
                known_from=KnownFrom.NEVER,
            ),
            Asked(
                "afraid-of", QuestionKind.YES_NO, "Are they afraid of anybody close to them?",
                choices=yes_no(trigger="domestic_abuse"), known_from=KnownFrom.NEVER,
            ),
            Asked(
                "safe-outside", QuestionKind.ONE_OF, "Do they feel safe outside?",
                choices=(
                    Choice("yes", "Yes"),
                    Choice("mostly", "Mostly"),
                    Choice("no", "No", means=("need:antisocial",)),
                    Choice(NOT_KNOWN, "Not known"),
                ),
                known_from=KnownFrom.NEVER,
            ),
            _yes_no("victim", "Were they a victim of crime or harassment in the last year?",
                    known_from=KnownFrom.NEVER),
            Asked(
                "cuckooed", QuestionKind.YES_NO,
                "Does anybody use their home, money or phone against their will?",
                choices=yes_no(trigger="exploitation"), known_from=KnownFrom.NEVER,
            ),
            Asked(
                "alarms", QuestionKind.ONE_OF, "Is there a working smoke alarm on every floor?",
                choices=(
                    Choice("all", "On every floor"),
                    Choice("some", "On some", means=("need:fire_safety",)),
                    Choice("none", "None works", means=("need:fire_safety", "urgent")),
                    Choice(NOT_KNOWN, "Not known"),
                ),
            ),
            _words("safer", "What would make them feel safer?"),
        ),
    ),
)  # fmt: skip

EDUCATION = _section_set(
    "education",
    "Learning and work",
    "Nursery to retirement: where they learn or work, how it goes, what they would like.",
    AskedSection(
        "",
        "",
        (
            Asked(
                "where-learning", QuestionKind.ONE_OF, "Where do they learn or work now?", required=True,
                choices=(
                    Choice("early_years", "Nursery or childminder"),
                    Choice("school", "School"),
                    Choice("college", "College or training"),
                    Choice("home", "Educated at home"),
                    Choice("work", "In work"),
                    Choice("volunteering", "Volunteering"),
                    Choice("neither", "Nowhere at present", means=("need:work",)),
                    Choice("retired", "Retired"),
                    Choice(NOT_KNOWN, "Not known"),
                ),
            ),
            Asked(
                "attendance", QuestionKind.NUMBER, "Attendance over the last 12 weeks, in per cent",
                help="As the register has it.", lowest=0, highest=100,
                shown_if=ShownIf("where-learning", ("school", "college")),
            ),
            _yes_no("excluded", "Were they suspended or excluded in the last year?",
                    means=("need:education",),
                    shown_if=ShownIf("where-learning", ("school", "college"))),
            Asked(
                "send", QuestionKind.ONE_OF, "Have they special educational needs?",
                choices=(
                    Choice("no", "No"),
                    Choice("support", "Yes, with support in school"),
                    Choice("plan", "Yes, with an education, health and care plan"),
                    Choice("asked", "They are being assessed"),
                    Choice(NOT_KNOWN, "Not known"),
                ),
                shown_if=ShownIf("where-learning", ("early_years", "school", "college", "home")),
            ),
            _words("learning-well", "What goes well there?"),
            _words("learning-hard", "What is hard there?"),
            _words("learning-wants", "What would they like to learn or do?"),
        ),
    ),
)  # fmt: skip

_WORRY = (
    Choice("well", "Going well"),
    Choice("copes", "Some worry, and the family copes"),
    Choice("one", "One service needs to help"),
    Choice("several", "Several services need to help together"),
    Choice("harm", "Somebody may come to significant harm"),
    Choice(NOT_KNOWN, "Not known"),
)

FAMILY_OUTCOMES = (
    ("good-education", "Education of the children"),
    ("early-development", "Development in the early years"),
    ("family-health", "Physical and mental health"),
    ("family-substances", "Alcohol and drugs"),
    ("family-relationships", "Relationships in the family"),
    ("children-safe", "Children safe from abuse and exploitation"),
    ("away-from-crime", "Staying away from crime"),
    ("free-from-abuse", "Free from domestic abuse"),
    ("secure-home", "A secure home"),
    ("family-money", "Money"),
)
"""The headline outcomes of the Supporting Families framework of 2022, in short."""

FAMILY = _section_set(
    "family",
    "Family help",
    "With the family, and only where they agree to it. Say for each how it is for the children.",
    AskedSection(
        "How it is for the children",
        "",
        tuple(
            Asked(code, QuestionKind.ONE_OF, text, required=True, choices=_WORRY)
            for code, text in FAMILY_OUTCOMES
        ),
    ),
    AskedSection(
        "In their words",
        "",
        (
            _words("child-says", "What does each child say?", "In their own words; who asked, and how."),
            _words("parents-say", "What do the parents or carers say?"),
            _words("family-wants", "What does the family want to be different?"),
        ),
    ),
    source="The ten headline outcomes follow the Supporting Families outcomes framework (2022 to 2025); "
    "the questions are written for this product.",
)  # fmt: skip

CARER_OUTCOMES = (
    ("care-for-child", "Look after a child they are responsible for"),
    ("care-for-others", "Look after anybody else"),
    ("carer-home", "Keep a home fit to live in"),
    ("carer-nutrition", "Eat well"),
    ("carer-relationships", "Keep up their family and friends"),
    ("carer-work", "Work, train, learn or volunteer"),
    ("carer-community", "Use what the community has, for leisure too"),
    ("carer-leisure", "Have time for themselves"),
)
"""The outcomes of a carer (SI 2015/313, regulation 3), in short."""

_CARER_ABLE = (
    Choice("able", "Yes, without help"),
    Choice("needs_help", "Not without help"),
    Choice("pain", "Yes, but in pain, distress or anxiety"),
    Choice("danger", "Yes, but it puts them or others in danger"),
    Choice("not_wanted", "It does not arise"),
    Choice(NOT_KNOWN, "Not known"),
)

CARER = _section_set(
    "carer",
    "The carer’s own life",
    "About the carer, with the carer, apart from whom they care for. They may stop caring: ask if they want to.",
    AskedSection(
        "Caring",
        "",
        (
            _words("cares-how", "What do they do, and how often?", "Day and night; the week and the weekend."),
            Asked(
                "cares-willing", QuestionKind.ONE_OF, "Are they able and willing to go on?", required=True,
                choices=(
                    Choice("yes", "Yes"),
                    Choice("with_help", "With some help", means=("need:carer",)),
                    Choice("no", "No", means=("need:carer",)),
                    Choice(NOT_KNOWN, "Not known"),
                ),
            ),
            _yes_no("cares-necessary", "Do their needs come from the care they give, and is that care needed?",
                    required=True),
            _yes_no("carer-health", "Does caring make their own health worse, or may it?", required=True,
                    means=("need:carer",)),
        ),
    ),
    AskedSection(
        "Their own life",
        "Can they do this, beside caring?",
        tuple(
            Asked(code, QuestionKind.ONE_OF, text, required=True, choices=_CARER_ABLE)
            for code, text in CARER_OUTCOMES
        ),
    ),
    AskedSection(
        "What it does to them",
        "",
        (
            _yes_no("carer-wellbeing", "Does all this weigh heavily on their wellbeing?", required=True),
            _words("carer-wants", "What do they want for themselves?"),
            _words("carer-emergency", "Who steps in if they cannot?"),
        ),
    ),
    source="The outcomes follow regulation 3 of SI 2015/313 and section 10 of the Care Act 2014; "
    "the questions are written for this product.",
)  # fmt: skip

ASSESSMENT_SETS = (
    STRENGTHS, SELF, SOCIAL_CARE_SECTION, HEALTH, HOUSING, SAFETY, EDUCATION, FAMILY, CARER,
)  # fmt: skip
