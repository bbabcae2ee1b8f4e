"""Where people's names come from: the groups by which linkage error is measured."""

from dataclasses import dataclass

from joinedup.pipeline.synthetic.vocabulary import given_names as given


@dataclass(frozen=True)
class Origin:
    """A group with its share of households and the way its names are given."""

    code: str
    share: float
    male: str = ""
    female: str = ""
    """Given names, commonest first; British families draw theirs by era instead."""
    children_of_uk: float = 0.0
    """Children given a British name of their time instead."""
    takes_husbands_name: bool = True
    family_size: float = 1.0
    """Of couples and singles of working age, moved to families by this factor above 1."""


ORIGINS = (
    Origin("english", 0.585),
    Origin("welsh", 0.02, given.CELTIC_MALE, given.CELTIC_FEMALE, children_of_uk=0.7),
    Origin("scottish", 0.03, given.CELTIC_MALE, given.CELTIC_FEMALE, children_of_uk=0.75),
    Origin("irish", 0.035, given.CELTIC_MALE, given.CELTIC_FEMALE, children_of_uk=0.45),
    Origin("pakistani", 0.09, given.MUSLIM_MALE_SECOND, given.PAKISTANI_FEMALE,
           takes_husbands_name=False, family_size=1.8),
    Origin("bangladeshi", 0.025, given.BANGLADESHI_MALE, given.BANGLADESHI_FEMALE,
           takes_husbands_name=False, family_size=1.8),
    Origin("sikh", 0.03, given.SIKH_EITHER, given.SIKH_EITHER, takes_husbands_name=False,
           family_size=1.5),
    Origin("gujarati", 0.035, given.GUJARATI_MALE, given.GUJARATI_FEMALE, family_size=1.4),
    Origin("polish", 0.03, given.POLISH_MALE, given.POLISH_FEMALE, family_size=1.2),
    Origin("romanian", 0.02, given.ROMANIAN_MALE, given.ROMANIAN_FEMALE, family_size=1.3),
    Origin("west_african", 0.025, given.WEST_AFRICAN_MALE, given.WEST_AFRICAN_FEMALE,
           children_of_uk=0.35, family_size=1.3),
    Origin("somali", 0.01, given.SOMALI_MALE, given.SOMALI_FEMALE, takes_husbands_name=False,
           family_size=1.8),
    Origin("caribbean", 0.025, given.CARIBBEAN_MALE, given.CARIBBEAN_FEMALE, children_of_uk=0.5),
    Origin("chinese", 0.012, given.CHINESE_MALE, given.CHINESE_FEMALE, children_of_uk=0.2,
           takes_husbands_name=False),
    Origin("arabic", 0.02, given.ARABIC_MALE, given.ARABIC_FEMALE, takes_husbands_name=False,
           family_size=1.5),
    Origin("traveller", 0.008, given.TRAVELLER_MALE, given.TRAVELLER_FEMALE, family_size=1.8),
)  # fmt: skip
CODES = tuple(origin.code for origin in ORIGINS)


def code(name: str) -> int:
    """The position of an origin."""
    return CODES.index(name)
