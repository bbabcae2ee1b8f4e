"""The coded words of a plan: its goals, its actions, who does them, what each person says to it."""

from enum import StrEnum


class _Labelled(StrEnum):
    """A coded word with the words shown on a page."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        usual = self.value.replace("_", " ").capitalize()
        return _LABELS.get((type(self), self.value), usual)


class PlanKind(_Labelled):
    """What sort of plan it is: how often it is reviewed hangs on it."""

    SUPPORT = "support"
    FAMILY = "family"
    ZERO_TO_25 = "zero_to_25"
    CHILD_PROTECTION = "child_protection"


class WhoseGoal(_Labelled):
    """Whether a goal is one person's or the family's (S0-6)."""

    PERSON = "person"
    FAMILY = "family"


class Aim(_Labelled):
    """What part of life a goal is about."""

    INDEPENDENCE = "independence"
    RECOVERY = "recovery"
    HEALTH = "health"
    HOME = "home"
    MONEY = "money"
    FAMILY_LIFE = "family_life"
    COMPANY = "company"
    SAFETY = "safety"
    WORK_AND_LEARNING = "work_and_learning"
    CARING = "caring"
    OTHER = "other"


class GoalOutcome(_Labelled):
    """What became of a goal: help may improve, maintain or prevent, and not all does (S1-34)."""

    IMPROVED = "improved"
    MAINTAINED = "maintained"
    PREVENTED = "prevented"
    DECLINED = "declined"


class ActionState(_Labelled):
    """Where an action stands; what is dropped or handed on says why."""

    TO_DO = "to_do"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"
    HANDED_ON = "handed_on"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self in OPEN

    @property
    def needs_reason(self) -> bool:
        """Whether it must say why, or to whom."""
        return self in {ActionState.DROPPED, ActionState.HANDED_ON}


OPEN = (ActionState.TO_DO, ActionState.DOING)


class OwnerKind(_Labelled):
    """Who has promised an action: none of them needs to sign in for it (S0-61)."""

    PRACTITIONER = "practitioner"
    MEMBER = "member"
    PERSON = "person"


class HiddenBecause(_Labelled):
    """Why a line is kept from the copy and the page of whom it is about."""

    THIRD_PARTY = "third_party"
    SERIOUS_HARM = "serious_harm"


class InterventionKind(_Labelled):
    """What sort of help an agency gives: two of one sort are pointed out (S0-27)."""

    ADVICE_ON_DEBT = "advice_on_debt"
    ADVICE_ON_BENEFITS = "advice_on_benefits"
    ADVOCACY = "advocacy"
    BEFRIENDING = "befriending"
    CARE_AT_HOME = "care_at_home"
    CARE_COORDINATION = "care_coordination"
    DOMESTIC_ABUSE = "domestic_abuse"
    EMPLOYMENT = "employment"
    FAMILY_GROUP_DECISION = "family_group_decision"
    HOUSING_SUPPORT = "housing_support"
    MENTAL_HEALTH = "mental_health"
    MENTORING = "mentoring"
    NURSING = "nursing"
    PARENTING = "parenting"
    SCHOOL_ATTENDANCE = "school_attendance"
    SUBSTANCE_MISUSE = "substance_misuse"
    THERAPY = "therapy"
    OTHER = "other"


class PlanAnswer(_Labelled):
    """What a person says to a plan; a refusal is written down as what it is (S0-62, P12)."""

    AGREES = "agrees"
    IN_PART = "in_part"
    DISAGREES = "disagrees"
    LACKS_CAPACITY = "lacks_capacity"

    @property
    def needs_words(self) -> bool:
        """Whether their own words must stand with it."""
        return self in {PlanAnswer.IN_PART, PlanAnswer.DISAGREES}


class SpokenBy(_Labelled):
    """Who gave the answer: one adult never agrees for another (P12)."""

    ITSELF = "itself"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy"


class CopyLayout(_Labelled):
    """How a copy of a plan is set for whom it is given to."""

    PLAIN = "plain"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"


class GivenHow(_Labelled):
    """How a copy reached somebody."""

    IN_HAND = "in_hand"
    READ_ALOUD = "read_aloud"
    BY_POST = "by_post"
    BY_E_MAIL = "by_e_mail"


_LABELS: dict[tuple[type[StrEnum], str], str] = {
    (type(word), word.value): label
    for word, label in (
        (PlanKind.SUPPORT, "Support plan"),
        (PlanKind.FAMILY, "Family plan"),
        (PlanKind.ZERO_TO_25, "0–25 plan"),
        (PlanKind.CHILD_PROTECTION, "Child protection plan"),
        (WhoseGoal.PERSON, "One person’s"),
        (WhoseGoal.FAMILY, "The family’s"),
        (Aim.INDEPENDENCE, "Managing for myself"),
        (Aim.COMPANY, "Friends and company"),
        (Aim.CARING, "Caring for somebody"),
        (Aim.OTHER, "Something else"),
        (OwnerKind.MEMBER, "Family, friend or volunteer"),
        (OwnerKind.PERSON, "The person themselves"),
        (HiddenBecause.THIRD_PARTY, "It tells of somebody else"),
        (HiddenBecause.SERIOUS_HARM, "Telling it might do serious harm"),
        (InterventionKind.ADVICE_ON_DEBT, "Debt advice"),
        (InterventionKind.ADVICE_ON_BENEFITS, "Benefits advice"),
        (InterventionKind.DOMESTIC_ABUSE, "Domestic abuse support"),
        (InterventionKind.EMPLOYMENT, "Help into work"),
        (InterventionKind.FAMILY_GROUP_DECISION, "Family group decision making"),
        (InterventionKind.MENTAL_HEALTH, "Mental health support"),
        (InterventionKind.PARENTING, "Parenting programme"),
        (InterventionKind.SUBSTANCE_MISUSE, "Help with drugs or alcohol"),
        (PlanAnswer.IN_PART, "Agrees in part"),
        (PlanAnswer.LACKS_CAPACITY, "Cannot decide this one thing"),
        (SpokenBy.ITSELF, "They spoke for themselves"),
        (SpokenBy.PARENTAL_RESPONSIBILITY, "Somebody with parental responsibility, for a child"),
        (
            SpokenBy.ATTORNEY_OR_DEPUTY,
            "Their attorney or deputy for health and welfare, by a paper that was seen",
        ),
        (CopyLayout.EASY_READ, "Easy read"),
        (GivenHow.BY_E_MAIL, "By e-mail"),
    )
}
"""By the kind of word as well: one word may stand in two kinds."""
