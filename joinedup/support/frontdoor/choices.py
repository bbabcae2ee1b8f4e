"""The coded words of the front door: ways in, states, characteristics, needs, kinds of route."""

from enum import StrEnum


class _Labelled(StrEnum):
    """Words with a label for the page: the value in plain words unless it needs others."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get((type(self), self.value), self.value.replace("_", " ").capitalize())


class EntryRoute(_Labelled):
    """How a referral came in; equity of access is measured by it (S4-35)."""

    PRACTITIONER = "practitioner"
    REFER_ONLY = "refer_only"
    SELF = "self"
    FRIEND = "friend"
    ANONYMOUS = "anonymous"
    VENUE_CARD = "venue_card"
    STEP_DOWN = "step_down"

    @property
    def is_public(self) -> bool:
        """Whether nobody is signed in who sends it (P17, P23)."""
        return self in {
            EntryRoute.SELF,
            EntryRoute.FRIEND,
            EntryRoute.ANONYMOUS,
            EntryRoute.VENUE_CARD,
        }


class Source(_Labelled):
    """Who refers, as the programme's phases open it (S0-93, S0-94)."""

    MASH_STEP_DOWN = "mash_step_down"
    FAMILIES_PROGRAMME = "families_programme"
    POLICE_HOSPITAL_LIAISON = "police_hospital_liaison"
    MULTIPLE_NEEDS = "multiple_needs"
    EARLY_HELP_PANEL = "early_help_panel"
    PRACTITIONER = "practitioner"
    SCHOOL = "school"
    VENUE = "venue"
    PUBLIC = "public"


class ForWhom(_Labelled):
    """Whom a referral is for."""

    PERSON = "person"
    FAMILY = "family"
    HOUSEHOLD = "household"


class ReferralState(_Labelled):
    """Where a referral stands."""

    SUBMITTED = "submitted"
    WITH_FRONT_DOOR = "with_front_door"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SIGNPOSTED = "signposted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes it an answer."""
        return self not in {
            ReferralState.SIGNPOSTED,
            ReferralState.WITHDRAWN,
            ReferralState.CLOSED,
        }


class Agreement(_Labelled):
    """The one state that travels from referral to closure (P24); it is no consent to sharing."""

    AGREED = "agreed"
    INFORMED_NOT_AGREED = "informed_not_agreed"
    NOT_INFORMED = "not_informed"


class Characteristic(_Labelled):
    """The six characteristics of the Transforming Lives programme (S0-81 to S0-84, P16)."""

    VIOLENCE = "violence"
    OFFENDING = "offending"
    FREQUENT_EMERGENCY = "frequent_emergency"
    MALICIOUS_CALLS = "malicious_calls"
    REPEAT_VICTIM = "repeat_victim"
    REPEAT_PERPETRATOR = "repeat_perpetrator"

    @property
    def is_struck_out_by_high_risk(self) -> bool:
        """High risk strikes out the violence and the offending characteristic alone (P16)."""
        return self in {Characteristic.VIOLENCE, Characteristic.OFFENDING}


class HighRiskRoute(_Labelled):
    """Where high risk goes in parallel; logged and never dropped (S0-82, P16)."""

    MARAC = "marac"
    MAPPA = "mappa"
    IOM = "iom"
    MASH = "mash"


class Need(_Labelled):
    """What help is for; a route says which it meets."""

    CARE = "care"
    CARER = "carer"
    PHYSICAL_HEALTH = "physical_health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    HOUSING = "housing"
    HOMELESSNESS = "homelessness"
    MONEY = "money"
    LONELINESS = "loneliness"
    FAMILY = "family"
    EDUCATION = "education"
    WORK = "work"
    DOMESTIC_ABUSE = "domestic_abuse"
    ANTISOCIAL = "antisocial"
    OFFENDING = "offending"
    FIRE_SAFETY = "fire_safety"
    FREQUENT_EMERGENCY = "frequent_emergency"


class RouteKind(_Labelled):
    """What sort of place a referral is sent to."""

    STATUTORY = "statutory"
    PANEL = "panel"
    INTEGRATED_TEAM = "integrated_team"
    SCHOOL_SOCIAL_WORK = "school_social_work"
    WELLBEING = "wellbeing"
    COMMUNITY_OFFER = "community_offer"
    LEAD = "lead"


class Duty(_Labelled):
    """A statutory duty that a route answers; it is never refused for capacity (P20)."""

    NONE = ""
    CARE_ACT_ASSESSMENT = "care_act_assessment"
    CARE_ACT_ENQUIRY = "care_act_enquiry"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION = "child_protection"
    HOMELESSNESS = "homelessness"


class EmergencyService(_Labelled):
    """A service whose contacts are counted (S0-83)."""

    EMERGENCY_DEPARTMENT = "emergency_department"
    AMBULANCE = "ambulance"
    POLICE = "police"
    FIRE = "fire"


class ContactReason(_Labelled):
    """Genuine, not genuine and malicious contacts are different things (S0-83)."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"
    MALICIOUS = "malicious"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"


class FoundKind(_Labelled):
    """What the front door can find out that the referrer had not said."""

    AGENCY = "agency"
    CHARACTERISTIC = "characteristic"
    NEED = "need"
    HIGH_RISK = "high_risk"


class EventCode(_Labelled):
    """A contact with a service, as an agency's holding is coded; what is counted (S0-83, S0-84)."""

    ED_ATTENDANCE = "ed_attendance"
    ED_LEFT_UNSEEN = "ed_left_unseen"
    AMBULANCE_CALL = "ambulance_call"
    AMBULANCE_NOT_NEEDED = "ambulance_not_needed"
    AMBULANCE_HOAX = "ambulance_hoax"
    POLICE_CALL = "police_call"
    POLICE_NOT_NEEDED = "police_not_needed"
    POLICE_HOAX = "police_hoax"
    FIRE_CALL = "fire_call"
    FIRE_NOT_NEEDED = "fire_not_needed"
    FIRE_HOAX = "fire_hoax"
    VICTIM_OF_CRIME = "victim_of_crime"
    PERPETRATOR_OF_CRIME = "perpetrator_of_crime"

    @property
    def counts_as(self) -> tuple[EmergencyService, ContactReason]:
        """The service it is a contact with, and of what sort."""
        return _EVENTS[self]


class MatchAnswer(_Labelled):
    """What the door tells a practitioner of an identity as it is typed (P17)."""

    OURS = "ours"
    MAYBE = "maybe"
    NOT_FOUND = "not_found"


class PublicAct(_Labelled):
    """What somebody who is not signed in does that costs something; counted for an hour."""

    SENT = "sent"
    BEGUN = "begun"
    CODE_TRIED = "code_tried"
    FILE_ADDED = "file_added"


class Likeness(_Labelled):
    """How what was typed of somebody stands to what is held of a person."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_TYPED = "not_typed"
    NOT_HELD = "not_held"


class OutcomeKind(_Labelled):
    """What became of a referral in the end (S3-33)."""

    SETTLED_AT_FIRST_CONTACT = "settled_at_first_contact"
    HELPED = "helped"
    HELP_GOES_ON = "help_goes_on"
    NOT_WANTED = "not_wanted"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"
    DIED_OR_MOVED = "died_or_moved"


class BatchRowState(_Labelled):
    """What became of a row of an approved step-down batch (P22)."""

    TAKEN = "taken"
    RETURNED = "returned"
    WITH_A_PERSON = "with_a_person"


_S, _R = EmergencyService, ContactReason
_EVENTS = {
    EventCode.ED_ATTENDANCE: (_S.EMERGENCY_DEPARTMENT, _R.GENUINE),
    EventCode.ED_LEFT_UNSEEN: (_S.EMERGENCY_DEPARTMENT, _R.NOT_GENUINE),
    EventCode.AMBULANCE_CALL: (_S.AMBULANCE, _R.GENUINE),
    EventCode.AMBULANCE_NOT_NEEDED: (_S.AMBULANCE, _R.NOT_GENUINE),
    EventCode.AMBULANCE_HOAX: (_S.AMBULANCE, _R.MALICIOUS),
    EventCode.POLICE_CALL: (_S.POLICE, _R.GENUINE),
    EventCode.POLICE_NOT_NEEDED: (_S.POLICE, _R.NOT_GENUINE),
    EventCode.POLICE_HOAX: (_S.POLICE, _R.MALICIOUS),
    EventCode.FIRE_CALL: (_S.FIRE, _R.GENUINE),
    EventCode.FIRE_NOT_NEEDED: (_S.FIRE, _R.NOT_GENUINE),
    EventCode.FIRE_HOAX: (_S.FIRE, _R.MALICIOUS),
    EventCode.VICTIM_OF_CRIME: (_S.POLICE, _R.VICTIM),
    EventCode.PERPETRATOR_OF_CRIME: (_S.POLICE, _R.PERPETRATOR),
}

_WORDS = (
    (EntryRoute.PRACTITIONER, "A practitioner"),
    (EntryRoute.REFER_ONLY, "A partner who refers only"),
    (EntryRoute.SELF, "The person themself"),
    (EntryRoute.FRIEND, "A friend, relative or neighbour"),
    (EntryRoute.ANONYMOUS, "Somebody who gave no name"),
    (EntryRoute.VENUE_CARD, "A card from a venue"),
    (EntryRoute.STEP_DOWN, "An approved step-down"),
    (Source.MASH_STEP_DOWN, "Step-down from the MASH"),
    (Source.FAMILIES_PROGRAMME, "The families programme"),
    (Source.MULTIPLE_NEEDS, "Multiple needs partnership"),
    (Source.PRACTITIONER, "Any practitioner"),
    (Source.PUBLIC, "The public"),
    (ReferralState.WITH_FRONT_DOOR, "With the front door"),
    (Agreement.AGREED, "Knows of it and agrees"),
    (Agreement.INFORMED_NOT_AGREED, "Knows of it and has not agreed"),
    (Agreement.NOT_INFORMED, "Has not been told, and why not is recorded"),
    (Characteristic.FREQUENT_EMERGENCY, "Frequent use of emergency services"),
    (Characteristic.MALICIOUS_CALLS, "Malicious calls to emergency services"),
    (HighRiskRoute.MARAC, "MARAC"),
    (HighRiskRoute.MAPPA, "MAPPA"),
    (HighRiskRoute.IOM, "Integrated offender management"),
    (HighRiskRoute.MASH, "MASH"),
    (Need.CARE, "Care and support"),
    (Need.CARER, "Support for a carer"),
    (Need.MONEY, "Money and debt"),
    (Need.FAMILY, "Family support"),
    (Need.WORK, "Work and learning"),
    (Need.ANTISOCIAL, "Anti-social behaviour"),
    (Need.FIRE_SAFETY, "Safety at home"),
    (Need.FREQUENT_EMERGENCY, "Frequent use of emergency services"),
    (RouteKind.STATUTORY, "Statutory team"),
    (RouteKind.INTEGRATED_TEAM, "Integrated care team"),
    (RouteKind.SCHOOL_SOCIAL_WORK, "Social work manager of the school"),
    (RouteKind.WELLBEING, "Wellbeing worker"),
    (RouteKind.LEAD, "The lead who has it open"),
    (Duty.NONE, "None"),
    (Duty.CARE_ACT_ASSESSMENT, "Care Act 2014 section 9"),
    (Duty.CARE_ACT_ENQUIRY, "Care Act 2014 section 42"),
    (Duty.CHILD_IN_NEED, "Children Act 1989 section 17"),
    (Duty.CHILD_PROTECTION, "Children Act 1989 section 47"),
    (Duty.HOMELESSNESS, "Homelessness application"),
    (EmergencyService.FIRE, "Fire and rescue"),
    (ContactReason.NOT_GENUINE, "Not genuine"),
    (MatchAnswer.OURS, "One of ours"),
    (MatchAnswer.MAYBE, "May be one of these"),
    (MatchAnswer.NOT_FOUND, "Not found"),
    (Likeness.NOT_TYPED, "Not typed"),
    (Likeness.NOT_HELD, "Not known here"),
    (OutcomeKind.HELPED, "Helped, and the help is over"),
    (OutcomeKind.HELP_GOES_ON, "Help has begun and goes on"),
    (OutcomeKind.NOT_WANTED, "The person does not want it"),
    (OutcomeKind.NOT_REACHED, "Nobody could reach the person"),
    (OutcomeKind.NOT_NEEDED, "Not needed any more"),
    (OutcomeKind.WITHDRAWN, "Withdrawn by whoever sent it"),
    (OutcomeKind.DIED_OR_MOVED, "The person has died or moved away"),
    (BatchRowState.WITH_A_PERSON, "With a person, because it tells of danger"),
)
"""Labels in pairs: words of two lists may be spelled alike, and are not the same word."""

_LABELS: dict[tuple[type[StrEnum], str], str] = {
    (type(word), word.value): label for word, label in _WORDS
}
