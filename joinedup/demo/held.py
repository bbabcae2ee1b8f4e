"""What the demo's agencies hold about its made-up people: words that read like life, and nobody's."""

from dataclasses import dataclass

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import Category
from joinedup.support.frontdoor.choices import EventCode


@dataclass(frozen=True)
class Made:
    """One thing an agency holds: headline, summary and detail."""

    holder: str
    category: Category
    headline: str
    summary: str
    detail: str
    handling_code: str = ""
    event: str = ""
    """The contact it is, where it can be counted; one is held for each of the days."""
    days_ago: tuple[int, ...] = (20,)


HOLDERS = {
    "hospital": ("Aldermere Hospital", AgencyKind.HEALTH),
    "ambulance": ("Ambulance service", AgencyKind.HEALTH),
}
"""Agencies that hold contacts and send no delivery."""

THE_ONE: tuple[Made, ...] = (
    Made("gp", Category.HEALTH, "Type 2 diabetes and high blood pressure",
         "On tablets for both. Missed the last two checks.",
         "HbA1c rising over a year; asked twice to come in, no answer to letters."),
    Made("gp", Category.MENTAL_HEALTH, "Low mood since bereavement",
         "Talking therapy offered in June, not taken up.",
         "Wife died in March. Says he drinks more than he did. No thoughts of ending his life."),
    Made("gp", Category.SEXUAL_HEALTH, "Attended a clinic", "Tests were clear.",
         "One attendance; nothing further arranged."),
    Made("housing", Category.HOUSING, "Tenancy at risk: rent arrears",
         "Arrears of eleven weeks; a notice was served in October.",
         "Missed three appointments. Neighbour lets him know when the officer calls."),
    Made("housing", Category.ANTISOCIAL, "Noise complaints by neighbours",
         "Four complaints since August, all at night.",
         "Music until three in the morning; quiet since the visit of 2 November."),
    Made("police", Category.CRIME_VICTIM, "Repeat victim of burglary",
         "Two burglaries in one year, the last on 14 September.",
         "Back door forced both times; the lock has not been mended.", "GSC-OFFICIAL"),
    Made("police", Category.CRIME_OFFENDER, "Cautioned for being drunk and disorderly",
         "One caution, in July, outside the hospital.",
         "Brought in by ambulance staff; calm once spoken to.", "GSC-OFFICIAL"),
    Made("police", Category.INTELLIGENCE, "Visitors at the address",
         "Two unknown men seen to come and go at night.",
         "Possible use of the flat by others; not yet confirmed.", "GSC-SENSITIVE"),
    Made("adult_care", Category.ADULT_SOCIAL_CARE, "Assessment of needs under way",
         "Screened on 3 November; needs help with meals and the home.",
         "Able to wash and dress; cannot keep the flat habitable without help."),
    Made("adult_care", Category.SAFEGUARDING, "Concern about self-neglect",
         "Raised by the ambulance service on 30 October; enquiry not opened yet.",
         "Crew found no food in the flat. Capacity for this decision is to be assessed."),
    Made("fire", Category.FIRE_SAFETY, "Home fire safety visit done",
         "Smoke alarms fitted; smokes in bed.",
         "Ash on the bedding. Flame-retardant bedding left and accepted."),
    Made("fire", Category.LIVE_WARNING, "Oxygen cylinder at home",
         "Home oxygen beside an open fire: tell crews before they enter.", ""),
    Made("hospital", Category.HEALTH, "Attended the emergency department",
         "Seen and sent home.", "After drinking; no injury that needed a bed.",
         event=EventCode.ED_ATTENDANCE, days_ago=(2, 16, 33, 51)),
    Made("ambulance", Category.HEALTH, "Ambulance called", "Taken to hospital.", "",
         event=EventCode.AMBULANCE_CALL, days_ago=(2, 33)),
    Made("police", Category.CRIME_VICTIM, "Victim of burglary", "The back door was forced.", "",
         "GSC-OFFICIAL", EventCode.VICTIM_OF_CRIME, (69, 240)),
)  # fmt: skip
"""The man of journey 1: everybody holds a piece of him."""

MANY: tuple[Made, ...] = (
    Made("gp", Category.HEALTH, "Asthma", "On two inhalers; last review in spring.", ""),
    Made("gp", Category.HEALTH, "Frailty, moderate", "Two falls this year; on the practice’s list.", ""),
    Made("gp", Category.MENTAL_HEALTH, "Anxiety", "On the waiting list for talking therapy.", ""),
    Made("gp", Category.SUBSTANCE_MISUSE, "Alcohol advice given", "Cutting down with the nurse’s help.", ""),
    Made("housing", Category.HOUSING, "Tenancy, no arrears", "A secure tenancy since 2014.", ""),
    Made("housing", Category.HOUSING, "Overcrowded home", "Five people in two bedrooms; on the list to move.", ""),
    Made("housing", Category.ANTISOCIAL, "Complaint about rubbish", "One complaint, settled.", ""),
    Made("police", Category.CRIME_VICTIM, "Victim of theft", "A bicycle was stolen in May.", "", "GSC-OFFICIAL"),
    Made("police", Category.CRIME_OFFENDER, "Community resolution", "For criminal damage, kept to.", "",
         "GSC-OFFICIAL"),
    Made("police", Category.DOMESTIC_ABUSE, "Domestic incident attended", "Standard risk; advice given.", "",
         "GSC-SENSITIVE"),
    Made("adult_care", Category.ADULT_SOCIAL_CARE, "Home care twice a day", "Morning and evening, since January.", ""),
    Made("adult_care", Category.CARE_PLAN, "Carer’s assessment offered",
         "The daughter was offered one and will think about it.", ""),
    Made("children", Category.CHILDRENS_SOCIAL_CARE, "Family help open", "A family help plan since September.", ""),
    Made("children", Category.EDUCATION, "Attendance below 90 per cent",
         "The school and the family have agreed what to try.", ""),
    Made("fire", Category.FIRE_SAFETY, "Home fire safety visit offered", "Offered by letter, no answer yet.", ""),
    Made("fire", Category.LIVE_WARNING, "Hoarding, upper floor",
         "One way in and out: tell crews before they enter.", ""),
    Made("hospital", Category.HEALTH, "Attended the emergency department", "Seen and sent home.", "",
         event=EventCode.ED_ATTENDANCE, days_ago=(4, 20, 41, 47, 58)),
    Made("hospital", Category.HEALTH, "Left the emergency department unseen", "Did not wait.", "",
         event=EventCode.ED_LEFT_UNSEEN, days_ago=(12, 75)),
    Made("fire", Category.ANTISOCIAL, "False call to the fire service", "No fire was found.", "",
         event=EventCode.FIRE_HOAX, days_ago=(30, 120)),
)  # fmt: skip
"""What the others have, a few each."""
