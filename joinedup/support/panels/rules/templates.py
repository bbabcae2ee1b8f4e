"""What each template of a panel begins with: disciplines, quorum, case types, what it may decide."""

from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline
from joinedup.support.cases.choices import ForWhom
from joinedup.support.panels.choices import DecisionKind, PanelTemplate, Rhythm

_D, _K = Discipline, DecisionKind


@dataclass(frozen=True)
class Template:
    """What a panel of that kind begins with; its own terms of reference may say otherwise.

    `decides_before_agreement` is whether the programme allows it at all (P25).
    """

    words: str
    quorum: int
    required: tuple[Discipline, ...]
    case_types: tuple[ForWhom, ...]
    decisions: tuple[DecisionKind, ...]
    rhythm: Rhythm
    minutes: int
    minutes_an_item: int
    decides_before_agreement: bool


TEMPLATES: dict[PanelTemplate, Template] = {
    PanelTemplate.TRANSFORMING_LIVES: Template(
        "The panel considers adults and families who meet a characteristic of the programme and need "
        "two or more agencies. It decides with what every agency knows, names one lead agency, and "
        "hears at 6 and 26 weeks what became of it.",
        4,
        (_D.POLICE, _D.HOUSING, _D.SOCIAL_WORK_ADULTS),
        (ForWhom.PERSON, ForWhom.FAMILY, ForWhom.HOUSEHOLD),
        (_K.ALLOCATE, _K.STEP_UP, _K.STAYS, _K.ADVICE, _K.ANOTHER_ROUTE, _K.MORE_IS_NEEDED,
         _K.NOTHING_FURTHER),
        Rhythm.WEEKLY, 120, 10, True,
    ),
    PanelTemplate.CARE_TEAM: Template(
        "The practice and those who care for its patients at home agree, for each patient it names, "
        "who coordinates care and who manages the case. Voluntary bodies and housing join an item only "
        "where the patient has said yes.",
        2,
        (_D.GP, _D.COMMUNITY_NURSE),
        (ForWhom.PERSON,),
        (_K.COORDINATE, _K.ADVICE, _K.ANOTHER_ROUTE, _K.MORE_IS_NEEDED, _K.NOTHING_FURTHER),
        Rhythm.EVERY_FOUR_WEEKS, 60, 10, True,
    ),
    PanelTemplate.ACTION_TEAM: Template(
        "A small team of managers moves what has stuck between agencies, with primary care through its "
        "local management group.",
        3,
        (_D.SOCIAL_WORK_ADULTS, _D.COMMUNITY_NURSE),
        (ForWhom.PERSON, ForWhom.HOUSEHOLD),
        (_K.ALLOCATE, _K.STEP_UP, _K.STAYS, _K.ADVICE, _K.MORE_IS_NEEDED, _K.NOTHING_FURTHER),
        Rhythm.FORTNIGHTLY, 90, 15, False,
    ),
    PanelTemplate.EARLY_HELP: Template(
        "The panel considers children and families who need more than one service can give and less "
        "than a statutory one. The family has agreed before it is considered.",
        3,
        (_D.EARLY_HELP, _D.EDUCATION),
        (ForWhom.FAMILY, ForWhom.PERSON),
        (_K.ALLOCATE, _K.STEP_UP, _K.STAYS, _K.ADVICE, _K.ANOTHER_ROUTE, _K.MORE_IS_NEEDED,
         _K.NOTHING_FURTHER),
        Rhythm.WEEKLY, 90, 10, False,
    ),
}  # fmt: skip
