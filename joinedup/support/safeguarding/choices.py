"""The exit's doors, whom each is for, what opens them, on what basis, and what was decided (P19)."""

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """Which way out of an ordinary referral somebody in danger is sent, the most urgent first."""

    IMMEDIATE = "immediate"
    SUICIDE = "suicide"
    SAFEGUARDING = "safeguarding"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "immediate": "Immediate danger",
            "suicide": "Risk of suicide",
            "safeguarding": "Abuse, neglect or exploitation",
        }[self.value]

    @property
    def hint(self) -> str:
        """When this door is the one, for whoever must choose in a hurry."""
        return {
            "immediate": "A life or serious injury is at stake now. Ring 999 before you type.",
            "suicide": "Somebody means to end their life, or may. Nobody has been hurt yet.",
            "safeguarding": "Somebody is being harmed or neglected, or is likely to be.",
        }[self.value]

    @property
    def rank(self) -> int:
        """Its place among the doors: the lower is answered first."""
        return list(Door).index(self)


class Audience(StrEnum):
    """Whose door it is: adults and children have lines and law of their own."""

    ADULT = "adult"
    CHILD = "child"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"adult": "An adult", "child": "A child or an unborn baby"}[self.value]


class Hours(StrEnum):
    """When a line answers."""

    OFFICE = "office"
    OUT_OF_HOURS = "out_of_hours"
    ALWAYS = "always"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "office": "Monday to Friday, 9am to 5pm",
            "out_of_hours": "Evenings, nights, weekends and bank holidays",
            "always": "At any hour",
        }[self.value]


class Trigger(StrEnum):
    """An answer that opens a door by itself, whatever else was or was not filled in.

    A question names the trigger that some of its answers are; its words are for the page that asks.
    """

    LIFE_AT_RISK_NOW = "life_at_risk_now"
    VIOLENCE_NOW = "violence_now"
    HAS_TAKEN_OVERDOSE = "has_taken_overdose"
    THREAT_TO_KILL = "threat_to_kill"
    CHILD_ALONE_NOW = "child_alone_now"
    MISSING = "missing"
    SUICIDE_PLAN = "suicide_plan"
    SUICIDAL_THOUGHTS = "suicidal_thoughts"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    NEGLECT = "neglect"
    SELF_NEGLECT = "self_neglect"
    DOMESTIC_ABUSE = "domestic_abuse"
    COERCION = "coercion"
    SEXUAL_ABUSE = "sexual_abuse"
    FINANCIAL_ABUSE = "financial_abuse"
    EXPLOITATION = "exploitation"
    MODERN_SLAVERY = "modern_slavery"
    FORCED_MARRIAGE = "forced_marriage"
    FEMALE_GENITAL_MUTILATION = "female_genital_mutilation"
    RADICALISATION = "radicalisation"
    UNSAFE_CARE = "unsafe_care"
    CHILD_HARMED = "child_harmed"
    CHILD_NEGLECTED = "child_neglected"
    UNBORN_AT_RISK = "unborn_at_risk"

    @property
    def about(self) -> "AboutTrigger":
        """Its words, its door, and whom it is of."""
        return _ABOUT[self]

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.about.label

    @property
    def door(self) -> Door:
        """The door it opens."""
        return self.about.door


@dataclass(frozen=True)
class AboutTrigger:
    """A trigger's words, the door it opens, and the only ones it can be of (None: whoever it is)."""

    label: str
    door: Door
    audience: Audience | None = None


_T, _D = Trigger, Door
_ABOUT = {
    _T.LIFE_AT_RISK_NOW: AboutTrigger("Somebody’s life is at risk now", _D.IMMEDIATE),
    _T.VIOLENCE_NOW: AboutTrigger("Somebody is being attacked, or is about to be", _D.IMMEDIATE),
    _T.HAS_TAKEN_OVERDOSE: AboutTrigger(
        "Somebody has taken an overdose or has harmed themselves badly", _D.IMMEDIATE
    ),
    _T.THREAT_TO_KILL: AboutTrigger("Somebody has threatened to kill another", _D.IMMEDIATE),
    _T.CHILD_ALONE_NOW: AboutTrigger(
        "A child is alone and unsafe now", _D.IMMEDIATE, Audience.CHILD
    ),
    _T.MISSING: AboutTrigger("Somebody is missing and may come to harm", _D.IMMEDIATE),
    _T.SUICIDE_PLAN: AboutTrigger("Has a plan or the means to end their life", _D.SUICIDE),
    _T.SUICIDAL_THOUGHTS: AboutTrigger("Has thoughts of ending their life", _D.SUICIDE),
    _T.SELF_HARM: AboutTrigger("Is harming themselves", _D.SUICIDE),
    _T.ABUSE: AboutTrigger("Is being hurt or abused, or says so", _D.SAFEGUARDING),
    _T.NEGLECT: AboutTrigger("Is being neglected by whoever should care for them", _D.SAFEGUARDING),
    _T.SELF_NEGLECT: AboutTrigger(
        "Neglects themselves so far that their health or home is in danger", _D.SAFEGUARDING
    ),
    _T.DOMESTIC_ABUSE: AboutTrigger("Is abused by a partner or by family", _D.SAFEGUARDING),
    _T.COERCION: AboutTrigger("Is controlled or coerced by somebody", _D.SAFEGUARDING),
    _T.SEXUAL_ABUSE: AboutTrigger("Is being sexually abused or exploited", _D.SAFEGUARDING),
    _T.FINANCIAL_ABUSE: AboutTrigger("Money or things are taken from them", _D.SAFEGUARDING),
    _T.EXPLOITATION: AboutTrigger(
        "Is used by others for crime, drugs or their home", _D.SAFEGUARDING
    ),
    _T.MODERN_SLAVERY: AboutTrigger("Is made to work or is held by others", _D.SAFEGUARDING),
    _T.FORCED_MARRIAGE: AboutTrigger("May be forced to marry, or was", _D.SAFEGUARDING),
    _T.FEMALE_GENITAL_MUTILATION: AboutTrigger(
        "May suffer female genital mutilation, or has", _D.SAFEGUARDING
    ),
    _T.RADICALISATION: AboutTrigger("Is being drawn into terrorism", _D.SAFEGUARDING),
    _T.UNSAFE_CARE: AboutTrigger(
        "Is harmed by a care home, a hospital or a paid carer", _D.SAFEGUARDING
    ),
    _T.CHILD_HARMED: AboutTrigger(
        "A child is being harmed, or lives where somebody is", _D.SAFEGUARDING, Audience.CHILD
    ),
    _T.CHILD_NEGLECTED: AboutTrigger(
        "A child goes without food, warmth, care or school", _D.SAFEGUARDING, Audience.CHILD
    ),
    _T.UNBORN_AT_RISK: AboutTrigger(
        "An unborn baby may come to harm", _D.SAFEGUARDING, Audience.CHILD
    ),
}


class Knows(StrEnum):
    """Whether the person knows that this was sent, from the exit until it is closed (P24)."""

    AGREED = "agreed"
    INFORMED = "informed"
    NOT_INFORMED = "not_informed"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "agreed": "They agree",
            "informed": "They know, and do not agree",
            "not_informed": "They do not know: telling them was not safe or not possible",
            "not_said": "Not said yet",
        }[self.value]


class ToldHow(StrEnum):
    """How the person was told of a warning note."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"
    WITH_SUPPORT = "with_support"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "in_person": "In person",
            "by_phone": "By phone",
            "in_writing": "In writing",
            "with_support": "With an advocate, an interpreter or somebody they trust",
        }[self.value]


class Basis(StrEnum):
    """What the exit rests on instead of consent; never asked before it is sent."""

    VITAL_INTERESTS = "vital_interests"
    SAFEGUARD_ADULT = "safeguard_adult"
    SAFEGUARD_CHILD = "safeguard_child"

    @property
    def label(self) -> str:
        """The words shown on a page, with the law they stand in."""
        return {
            "vital_interests": "Vital interests: UK GDPR articles 6(1)(d) and 9(2)(c)",
            "safeguard_adult": "Safeguarding an adult: Care Act 2014 section 42; UK GDPR article 6(1)(e) "
            "and 9(2)(g) with the Data Protection Act 2018, Schedule 1, paragraph 18",
            "safeguard_child": "Safeguarding a child: Children Act 1989 sections 17 and 47 and Children "
            "Act 2004 sections 10 and 11; UK GDPR article 6(1)(e) and 9(2)(g) with the Data "
            "Protection Act 2018, Schedule 1, paragraph 18",
        }[self.value]


class Decision(StrEnum):
    """What a named person decided about an exit."""

    EMERGENCY_SERVICES = "emergency_services"
    CRISIS_TEAM = "crisis_team"
    SECTION_42 = "section_42"
    SECTION_47 = "section_47"
    SECTION_17 = "section_17"
    PROTECTED = "protected"
    PASSED_ON = "passed_on"
    NOT_MET = "not_met"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "emergency_services": "The emergency services have it",
            "crisis_team": "The crisis team or the person’s own doctor has it",
            "section_42": "An enquiry into abuse or neglect of an adult (Care Act 2014, section 42)",
            "section_47": "A strategy discussion about a child at risk of significant harm "
            "(Children Act 1989, section 47)",
            "section_17": "An assessment of a child in need (Children Act 1989, section 17)",
            "protected": "Made safe in another way, which the record says",
            "passed_on": "It belongs to another door, and has been sent there",
            "not_met": "The test is not met; advice was given and the front door goes on",
        }[self.value]

    @property
    def told(self) -> str:
        """What whoever raised it is told: that it was acted upon, and nothing of the person's case."""
        return {
            "passed_on": "It belongs to another team, which has it now.",
            "not_met": "It is not a safeguarding enquiry. Advice was given, and the referral goes on.",
        }.get(self.value, "It is being acted upon.")


class StepOfRinging(StrEnum):
    """Whom an exit rings, one after another, until somebody acknowledges it."""

    TEAM = "team"
    DEPUTY = "deputy"
    EVERYBODY = "everybody"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "team": "The team of this door",
            "deputy": "Its deputy",
            "everybody": "Everybody who answers for somebody in danger",
        }[self.value]
