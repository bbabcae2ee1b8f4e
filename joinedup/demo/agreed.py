"""The demo's agreements to share: which are live, which waits for signatures, which ends tonight."""

from dataclasses import dataclass

from joinedup.demo.held import HOLDERS
from joinedup.identity.sharing.choices import Category, Purpose

SIX = ("gp", "adult_care", "children", "police", "fire", "housing")
_WHO = (Category.IDENTITY, Category.ADDRESS, Category.CONTACT)
_WORKING = (
    Purpose.OWN_WORK, Purpose.DIRECT_CARE, Purpose.EARLY_HELP, Purpose.SAFEGUARD_CHILD,
    Purpose.SAFEGUARD_ADULT, Purpose.HOMELESSNESS, Purpose.ADULT_PANEL, Purpose.CRIME_DISORDER,
    Purpose.ANTISOCIAL_BEHAVIOUR,
)  # fmt: skip


@dataclass(frozen=True)
class Flows:
    """Categories that each of some agencies sends to each of others, for a purpose, by a row."""

    holders: tuple[str, ...]
    recipients: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    gateway: str
    consent_needed: bool = False


@dataclass(frozen=True)
class Agreed:
    """One agreement of the demo."""

    reference: str
    title: str
    aims: str
    parties: tuple[str, ...]
    flows: tuple[Flows, ...]
    days_to_review: int
    days_to_end: int | None
    signed: bool = True


AGREEMENTS: tuple[Agreed, ...] = (
    Agreed(
        "ISA-01", "Knowing that it is the same person",
        "One person is known to six agencies under six identities; with this they know it is one.",
        SIX,
        (Flows(SIX, SIX, _WORKING, _WHO, "identity_matching"),),
        210, None,
    ),
    Agreed(
        "ISA-02", "Helping early in the four localities",
        "Housing, fire, police and social care help a person before there is a crisis.",
        ("adult_care", "children", "police", "fire", "housing"),
        (
            Flows(
                ("adult_care", "children", "fire", "housing"),
                ("adult_care", "children", "police", "fire", "housing"),
                (Purpose.EARLY_HELP,),
                (Category.HOUSING, Category.FIRE_SAFETY, Category.ANTISOCIAL, Category.EDUCATION,
                 Category.CARE_PLAN),
                "early_help", consent_needed=True,
            ),
        ),
        25, 400,
    ),
    Agreed(
        "ISA-03", "Anti-social behaviour on the estates",
        "Police and housing act together where the same address gives rise to complaints.",
        ("police", "housing"),
        (
            Flows(
                ("housing",), ("police",), (Purpose.CRIME_DISORDER,),
                (Category.HOUSING, Category.ANTISOCIAL), "crime_disorder",
            ),
            Flows(
                ("police",), ("housing",), (Purpose.ANTISOCIAL_BEHAVIOUR,),
                (Category.ANTISOCIAL,), "antisocial_behaviour",
            ),
            Flows(
                ("police",), ("housing",), (Purpose.ANTISOCIAL_BEHAVIOUR,),
                (Category.CRIME_OFFENDER,), "criminal_offence_data",
            ),
        ),
        60, 1,
    ),
    Agreed(
        "ISA-04", "Fire crews and the frail at home",
        "GP practices let the fire service know whose home to visit first.",
        ("gp", "fire"),
        (
            Flows(
                ("gp",), ("fire",), (Purpose.EARLY_HELP,), (Category.HEALTH,), "early_help",
                consent_needed=True,
            ),
        ),
        300, None, signed=False,
    ),
    Agreed(
        "ISA-05", "Who calls on emergency services again and again",
        "The front door counts contacts with the person’s yes, so that help comes before the next one.",
        ("adult_care", "police", "fire", *HOLDERS),
        (
            Flows(
                tuple(HOLDERS), ("adult_care",), (Purpose.EARLY_HELP,), (Category.HEALTH,),
                "early_help", consent_needed=True,
            ),
            Flows(
                ("fire",), ("adult_care",), (Purpose.EARLY_HELP,), (Category.ANTISOCIAL,),
                "early_help", consent_needed=True,
            ),
            Flows(
                ("police",), ("adult_care",), (Purpose.EARLY_HELP,), (Category.CRIME_VICTIM,),
                "early_help_sensitive", consent_needed=True,
            ),
        ),
        120, None,
    ),
)  # fmt: skip
