"""What is shared and why, in words that need no knowledge of the law or of how services work."""

from collections.abc import Sequence
from typing import Any

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, listed
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.queries.public import PublicAgreement, Shared

WHY = {
    Purpose.OWN_WORK: "to do its own work with you",
    Purpose.DIRECT_CARE: "to care for you",
    Purpose.EARLY_HELP: "to help early, before things get worse",
    Purpose.SAFEGUARD_CHILD: "to keep a child safe",
    Purpose.SAFEGUARD_ADULT: "to keep an adult safe",
    Purpose.HOMELESSNESS: "to prevent that you lose your home",
    Purpose.ADULT_PANEL: "to agree who helps you, where several services could",
    Purpose.CRIME_DISORDER: "to prevent crime",
    Purpose.ANTISOCIAL_BEHAVIOUR: "to stop behaviour that harms neighbours",
    Purpose.MARAC: "to protect people from violence at home",
    Purpose.MAPPA: "to protect the public from people who may do serious harm",
    Purpose.IOM: "to help people who have offended to stop",
    Purpose.LAW_ENFORCEMENT: "to investigate crime",
    Purpose.VITAL_INTEREST: "to save a life",
    Purpose.CASEFINDING: "to find who may need help soon",
    Purpose.COMMISSIONING: "to plan services",
    Purpose.EVALUATION: "to find out whether services work",
}
"""Each purpose as a reason, as one would say it to a neighbour."""
WHAT = {
    Category.IDENTITY: "your name and date of birth",
    Category.NHS_NUMBER: "your NHS number",
    Category.ADDRESS: "where you live",
    Category.CONTACT: "how to reach you",
    Category.INVOLVEMENT: "which services already help you",
    Category.HEALTH: "your health",
    Category.MENTAL_HEALTH: "your mental health",
    Category.SUBSTANCE_MISUSE: "help with drugs or alcohol",
    Category.SEXUAL_HEALTH: "your sexual health",
    Category.ADULT_SOCIAL_CARE: "care and support for adults",
    Category.CHILDRENS_SOCIAL_CARE: "social care for children",
    Category.EDUCATION: "school and learning",
    Category.HOUSING: "your housing",
    Category.FIRE_SAFETY: "fire safety at home",
    Category.ANTISOCIAL: "anti-social behaviour",
    Category.CRIME_VICTIM: "crime that was done to you",
    Category.CRIME_OFFENDER: "offending",
    Category.DOMESTIC_ABUSE: "abuse at home",
    Category.MAPPA: "how the public is protected from serious harm",
    Category.INTELLIGENCE: "what the police have reason to believe",
    Category.LIVE_WARNING: "warnings that keep people safe",
    Category.SAFEGUARDING: "worries that somebody is at risk",
    Category.CARE_PLAN: "your plan",
}
"""Each kind of information, as whoever it is about would call it."""


def agreements(found: Sequence[PublicAgreement]) -> list[dict[str, Any]]:
    """Each agreement in force: what it is for, who is party to it, who sends what."""
    return [
        {
            "title": each.agreement.title,
            "reference": each.agreement.reference,
            "purpose": "" if _is_title(each) else each.agreement.purpose,
            "benefits": each.agreement.benefits,
            "parties": listed(each.parties),
            "facts": [
                ("The law that lets them", each.agreement.legal_power),
                ("How long it is kept", each.agreement.retention),
                ("Who answers for it, together", _together(each.agreement)),
                ("Your rights", each.agreement.individual_rights),
                ("To complain", each.agreement.complaints),
                ("Looked at again", day(each.agreement.review_on)),
            ],
            "table": _table(each.lines),
        }
        for each in found
    ]


def _together(agreement: SharingAgreement) -> str:
    """What joint controllers have arranged between them, in essence: UK GDPR 26(2) makes it anybody's to read."""
    return agreement.joint_controller_arrangement if agreement.joint_controllers else ""


def _table(lines: Sequence[Shared]) -> Table:
    return table(
        "Who tells whom", ["From and to", "What", "Why"],
        [
            [
                Cell(_upper("; ".join(from_and_to(each.pairs)))),
                Cell(
                    _upper(listed(WHAT[category] for category in each.categories)),
                    note=_conditions(each),
                ),
                _upper(listed(WHY[purpose] for purpose in each.purposes)),
            ]
            for each in lines
        ],
    )  # fmt: skip


def from_and_to(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Who sends to whom, in as few sentences as it takes."""
    tell = sorted({holder for holder, _ in pairs})
    told = {recipient for _, recipient in pairs}
    each_other = {(one, other) for one in tell for other in told if one != other}
    if len(tell) > 2 and set(tell) <= told and set(pairs) == each_other:
        besides = sorted(told - set(tell))
        return [f"{listed(tell)} tell each other{f', and {listed(besides)}' if besides else ''}"]
    to: dict[str, list[str]] = {}
    for holder, recipient in pairs:
        to.setdefault(holder, []).append(recipient)
    senders: dict[tuple[str, ...], list[str]] = {}
    for holder, recipients in to.items():
        senders.setdefault(tuple(recipients), []).append(holder)
    return [f"{listed(who)} to {listed(whom)}" for whom, who in senders.items()]


def _is_title(found: PublicAgreement) -> bool:
    return found.agreement.purpose.strip(" .") == found.agreement.title.strip(" .")


def _conditions(line: Shared) -> str:
    if line.without_names:
        return "Without names: nobody can tell who it is about"
    return "Only if you say yes" if line.only_with_a_yes else ""


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
