"""How often things happen and go wrong: a range for each, from which a seed draws one borough's own."""

from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

import numpy as np

Range = tuple[float, float]


@dataclass(frozen=True)
class People:
    """What happens in families, as shares of those it can happen to."""

    twin_births: Range = (0.013, 0.019)
    """Births that are twins."""
    alike_twins: Range = (0.10, 0.20)
    """Twins of one sex with names that sound alike."""
    son_named_after_father: Range = (0.015, 0.035)
    wife_takes_name: Range = (0.70, 0.85)
    """Married women, outside South Asian naming, who changed family name."""
    hyphenated: Range = (0.03, 0.06)
    """Couples outside South Asian naming whose children carry both family names."""
    two_part_name: Range = (0.005, 0.012)
    goes_by_middle_name: Range = (0.03, 0.06)
    moved_in_last_ten_years: Range = (0.40, 0.55)
    no_fixed_address: Range = (0.002, 0.005)
    """Of all people; Travellers without an address come on top."""
    travellers_without_address: Range = (0.03, 0.06)
    """Of Traveller families: most live in houses, and most of the rest on sites that have an address."""
    died_still_held: Range = (0.008, 0.014)
    """People who died in the last two years and are still in the agencies' files."""
    adopted: Range = (0.0004, 0.0010)
    """Children with an earlier, sealed identity and another NHS number."""
    gender_recognition: Range = (0.0001, 0.0003)
    """Adults with an earlier, sealed identity and another NHS number."""
    has_mobile: Range = (0.82, 0.92)
    has_email: Range = (0.45, 0.65)


@dataclass(frozen=True)
class Agency:
    """How many of the people an agency holds, and how it writes them down."""

    adults: Range = (0.0, 0.0)
    """Share of people of 18 to 64 held."""
    older: Range = (0.0, 0.0)
    """Share of people of 65 and over held."""
    under_18: Range = (0.0, 0.0)
    by_household: bool = False
    """Whole households are held or not, rather than single people."""
    again: Range = (0.0, 0.0)
    """Further records per person held: the agency's own duplicates."""
    years_old: float = 6.0
    """Records were last changed up to so many years ago, most of them lately."""
    nhs_present: Range = (0.0, 0.0)
    nhs_verified: Range = (0.0, 0.0)
    """Of the NHS numbers present, those with status 01."""
    nhs_of_family_member: Range = (0.0, 0.0)
    nhs_invalid: Range = (0.0, 0.0)
    """NHS numbers with two digits exchanged; they fail the check digit."""
    nickname: Range = (0.0, 0.0)
    """Of people with a short form, written down by it."""
    middle_as_given: Range = (0.0, 0.0)
    """Of people who go by another given name, written down by it."""
    spelled_otherwise: Range = (0.0, 0.0)
    """Of names that are spelled in several ways, written in another."""
    names_swapped: Range = (0.0, 0.0)
    given_typed_wrong: Range = (0.0, 0.0)
    family_typed_wrong: Range = (0.0, 0.0)
    given_initial_only: Range = (0.0, 0.0)
    junk_name: Range = (0.0, 0.0)
    """UNKNOWN, Baby, AAA and the like in place of a name."""
    middle_present: Range = (0.0, 0.0)
    previous_name_present: Range = (0.0, 0.0)
    known_as_present: Range = (0.0, 0.0)
    still_earlier_name: Range = (0.0, 0.0)
    """Of records last changed before a marriage, still under the earlier family name."""
    born_missing: Range = (0.0, 0.0)
    born_day_month_swapped: Range = (0.0, 0.0)
    born_typed_wrong: Range = (0.0, 0.0)
    born_age_only: Range = (0.0, 0.0)
    """Only an age was known: 1 January of about the year."""
    born_default: Range = (0.0, 0.0)
    """01/01/1900."""
    birth_order_present: Range = (0.0, 0.0)
    """Of people born since autumn 2002, those with an order of birth, or told to be born alone."""
    birth_order_wrong: Range = (0.0, 0.0)
    """A twin told to be born alone, or the other way round."""
    sex_wrong: Range = (0.0, 0.0)
    sex_missing: Range = (0.0, 0.0)
    address_missing: Range = (0.0, 0.0)
    still_earlier_address: Range = (0.0, 0.0)
    """Of records last changed before a move, still at the earlier address."""
    previous_address_present: Range = (0.0, 0.0)
    postcode_typed_wrong: Range = (0.0, 0.0)
    address_typed_wrong: Range = (0.0, 0.0)
    uprn_present: Range = (0.0, 0.0)
    phone_present: Range = (0.0, 0.0)
    phone_of_family_member: Range = (0.0, 0.0)
    email_present: Range = (0.0, 0.0)
    died_known: Range = (0.0, 0.0)
    bad_row: Range = (0.0001, 0.0003)
    """Rows sent with a date or number that cannot be, for the quarantine to keep back."""


GP = Agency(
    adults=(0.960, 0.975), older=(0.985, 0.995), under_18=(0.975, 0.990), again=(0.02, 0.035),
    years_old=6, nhs_present=(0.990, 0.996), nhs_verified=(0.980, 0.992),
    nhs_of_family_member=(0.0001, 0.0003), nhs_invalid=(0.0001, 0.0003),
    nickname=(0.01, 0.03), spelled_otherwise=(0.02, 0.04), middle_as_given=(0.03, 0.08), names_swapped=(0.001, 0.003),
    given_typed_wrong=(0.006, 0.014), family_typed_wrong=(0.006, 0.014),
    junk_name=(0.0005, 0.0015), middle_present=(0.80, 0.92), previous_name_present=(0.40, 0.60),
    known_as_present=(0.10, 0.20), still_earlier_name=(0.15, 0.30), born_missing=(0.0003, 0.001),
    born_day_month_swapped=(0.001, 0.003), born_typed_wrong=(0.002, 0.005),
    birth_order_present=(0.85, 0.95), birth_order_wrong=(0.001, 0.003), sex_wrong=(0.001, 0.003),
    sex_missing=(0.001, 0.003), address_missing=(0.002, 0.005),
    still_earlier_address=(0.20, 0.35), previous_address_present=(0.50, 0.70),
    postcode_typed_wrong=(0.003, 0.008), address_typed_wrong=(0.01, 0.02),
    uprn_present=(0.60, 0.80), phone_present=(0.80, 0.92), phone_of_family_member=(0.03, 0.06),
    email_present=(0.60, 0.80), died_known=(0.95, 0.99),
)  # fmt: skip

ADULT_CARE = Agency(
    adults=(0.14, 0.20), older=(0.48, 0.58), again=(0.40, 0.52), years_old=8,
    nhs_present=(0.78, 0.90), nhs_verified=(0.75, 0.88),
    nhs_of_family_member=(0.0008, 0.0020), nhs_invalid=(0.0002, 0.0006),
    nickname=(0.05, 0.09), spelled_otherwise=(0.05, 0.09), middle_as_given=(0.15, 0.30), names_swapped=(0.003, 0.007),
    given_typed_wrong=(0.012, 0.025), family_typed_wrong=(0.012, 0.025),
    given_initial_only=(0.002, 0.006), junk_name=(0.001, 0.003), middle_present=(0.35, 0.55),
    previous_name_present=(0.15, 0.30), known_as_present=(0.15, 0.30),
    still_earlier_name=(0.40, 0.60), born_missing=(0.008, 0.016),
    born_day_month_swapped=(0.004, 0.009), born_typed_wrong=(0.007, 0.014),
    born_age_only=(0.003, 0.007), born_default=(0.001, 0.003), sex_wrong=(0.003, 0.007),
    sex_missing=(0.005, 0.015), address_missing=(0.01, 0.02), still_earlier_address=(0.40, 0.60),
    previous_address_present=(0.30, 0.50), postcode_typed_wrong=(0.008, 0.016),
    address_typed_wrong=(0.02, 0.04), uprn_present=(0.55, 0.75), phone_present=(0.65, 0.80),
    phone_of_family_member=(0.12, 0.20), email_present=(0.25, 0.40), died_known=(0.75, 0.90),
)  # fmt: skip

CHILDREN = Agency(
    under_18=(0.64, 0.76), adults=(0.20, 0.26), again=(0.42, 0.54), years_old=9,
    nhs_present=(0.66, 0.80), nhs_verified=(0.70, 0.85),
    nhs_of_family_member=(0.0015, 0.0030), nhs_invalid=(0.0003, 0.0008),
    nickname=(0.05, 0.10), spelled_otherwise=(0.05, 0.10), middle_as_given=(0.15, 0.30), names_swapped=(0.003, 0.007),
    given_typed_wrong=(0.014, 0.028), family_typed_wrong=(0.014, 0.028), junk_name=(0.002, 0.005),
    middle_present=(0.35, 0.55), known_as_present=(0.10, 0.20), still_earlier_name=(0.40, 0.60),
    born_missing=(0.008, 0.02), born_day_month_swapped=(0.004, 0.009),
    born_typed_wrong=(0.007, 0.014), born_age_only=(0.004, 0.010), born_default=(0.001, 0.002),
    sex_wrong=(0.003, 0.007), sex_missing=(0.01, 0.02), address_missing=(0.01, 0.02),
    still_earlier_address=(0.40, 0.60), previous_address_present=(0.30, 0.50),
    postcode_typed_wrong=(0.008, 0.016), address_typed_wrong=(0.02, 0.04), uprn_present=(0.50, 0.70),
    phone_present=(0.60, 0.75), phone_of_family_member=(0.5, 0.7),
)  # fmt: skip

POLICE = Agency(
    adults=(0.48, 0.58), older=(0.20, 0.28), under_18=(0.12, 0.18), again=(1.15, 1.40),
    years_old=14, nickname=(0.10, 0.16), spelled_otherwise=(0.09, 0.15), middle_as_given=(0.20, 0.40),
    names_swapped=(0.006, 0.012),
    given_typed_wrong=(0.03, 0.05), family_typed_wrong=(0.03, 0.05),
    given_initial_only=(0.004, 0.010), junk_name=(0.001, 0.004), middle_present=(0.40, 0.60),
    known_as_present=(0.12, 0.22), still_earlier_name=(0.75, 0.90), born_missing=(0.01, 0.02),
    born_day_month_swapped=(0.006, 0.012), born_typed_wrong=(0.012, 0.024),
    born_age_only=(0.012, 0.024), born_default=(0.002, 0.005), sex_wrong=(0.004, 0.009),
    sex_missing=(0.01, 0.02), address_missing=(0.04, 0.08), still_earlier_address=(0.75, 0.90),
    previous_address_present=(0.35, 0.55), postcode_typed_wrong=(0.015, 0.03),
    address_typed_wrong=(0.04, 0.07), uprn_present=(0.30, 0.50), phone_present=(0.45, 0.60),
    phone_of_family_member=(0.06, 0.10), email_present=(0.15, 0.28),
)  # fmt: skip

FIRE = Agency(
    adults=(0.27, 0.33), older=(0.58, 0.68), under_18=(0.18, 0.24), by_household=True,
    again=(0.50, 0.65), years_old=7, nickname=(0.22, 0.34), spelled_otherwise=(0.08, 0.14),
    middle_as_given=(0.30, 0.50),
    names_swapped=(0.008, 0.016), given_typed_wrong=(0.03, 0.055), family_typed_wrong=(0.03, 0.055),
    given_initial_only=(0.01, 0.02), junk_name=(0.002, 0.006), still_earlier_name=(0.20, 0.30),
    born_missing=(0.05, 0.10), born_day_month_swapped=(0.005, 0.010),
    born_typed_wrong=(0.010, 0.020), born_age_only=(0.03, 0.06), born_default=(0.003, 0.008),
    sex_wrong=(0.004, 0.009), sex_missing=(0.02, 0.04), address_missing=(0.0005, 0.0015),
    still_earlier_address=(0.90, 1.00), postcode_typed_wrong=(0.005, 0.010),
    address_typed_wrong=(0.02, 0.04), uprn_present=(0.80, 0.92), phone_present=(0.55, 0.70),
    phone_of_family_member=(0.20, 0.35), email_present=(0.20, 0.35),
)  # fmt: skip

HOUSING = Agency(
    adults=(0.50, 0.60), older=(0.40, 0.48), under_18=(0.40, 0.48), by_household=True,
    again=(0.60, 0.75), years_old=11, nickname=(0.06, 0.11), spelled_otherwise=(0.06, 0.11),
    middle_as_given=(0.15, 0.30),
    names_swapped=(0.003, 0.008), given_typed_wrong=(0.018, 0.035),
    family_typed_wrong=(0.018, 0.035), given_initial_only=(0.003, 0.008),
    junk_name=(0.001, 0.003), middle_present=(0.25, 0.45), previous_name_present=(0.05, 0.15),
    known_as_present=(0.05, 0.12),
    still_earlier_name=(0.55, 0.75), born_missing=(0.01, 0.03),
    born_day_month_swapped=(0.004, 0.009), born_typed_wrong=(0.008, 0.016),
    born_age_only=(0.004, 0.010), born_default=(0.002, 0.005), sex_wrong=(0.004, 0.009),
    sex_missing=(0.02, 0.04), address_missing=(0.002, 0.006), still_earlier_address=(0.45, 0.65),
    previous_address_present=(0.35, 0.55), postcode_typed_wrong=(0.006, 0.014),
    address_typed_wrong=(0.02, 0.04), uprn_present=(0.88, 0.96), phone_present=(0.60, 0.75),
    phone_of_family_member=(0.15, 0.25), email_present=(0.35, 0.55), died_known=(0.60, 0.80),
)  # fmt: skip


@dataclass(frozen=True)
class Night:
    """What a further night changes, as shares of people or of records."""

    arrivals: Range = (0.0006, 0.0010)
    births: Range = (0.00003, 0.00006)
    newly_held: Range = (0.0016, 0.0026)
    """New records for each an agency other than the GPs has: of people it had not heard of, mostly."""
    moves: Range = (0.0016, 0.0026)
    deaths: Range = (0.00003, 0.00006)
    marriages: Range = (0.0001, 0.0002)
    corrections: Range = (0.0042, 0.0056)
    """Records whose errors are put right, NHS number included."""
    slips: Range = (0.0002, 0.0004)
    """Records typed anew, with the agency's usual errors."""
    deletions: Range = (0.0006, 0.0010)
    adoptions: Range = (0.00001, 0.00002)
    """Adoptions completed: the earlier records sealed, new ones begun under another NHS number."""


@dataclass(frozen=True)
class Rates:
    """Every rate of the synthetic borough."""

    people: People = field(default_factory=People)
    night: Night = field(default_factory=Night)
    agencies: MappingProxyType[str, Agency] = field(
        default_factory=lambda: MappingProxyType(
            {"gp": GP, "adult_care": ADULT_CARE, "children": CHILDREN,
             "police": POLICE, "fire": FIRE, "housing": HOUSING}
        )
    )  # fmt: skip


_NONE: Range = (0.0, 0.0)


def sparse() -> Rates:
    """A harder borough: agencies send the columns that they must, and fewer birth dates."""
    agencies = {
        "gp": replace(GP, birth_order_present=_NONE),
        "adult_care": ADULT_CARE,
        "children": replace(CHILDREN, uprn_present=_NONE, previous_address_present=_NONE),
        "police": replace(
            POLICE,
            born_missing=(0.02, 0.04),
            uprn_present=_NONE,
            email_present=_NONE,
            previous_address_present=_NONE,
        ),
        "fire": replace(FIRE, born_missing=(0.12, 0.20), email_present=_NONE),
        "housing": replace(HOUSING, born_missing=(0.02, 0.05), middle_present=_NONE),
    }
    people = People(travellers_without_address=(0.35, 0.35))
    return Rates(people=people, agencies=MappingProxyType(agencies))


Drawn = dict[str, float]
"""One group of rates after drawing: the rate's name, and its value in this borough."""


@dataclass(frozen=True)
class BoroughRates:
    """The rates one seed has drawn."""

    people: Drawn
    night: Drawn
    agencies: dict[str, Drawn]

    def as_plain(self) -> dict[str, object]:
        """The rates for borough.json."""
        return {"people": self.people, "night": self.night, "agencies": self.agencies}


def draw(rates: Rates, rng: np.random.Generator) -> BoroughRates:
    """Draw this borough's rates, each evenly from its range."""
    return BoroughRates(
        people=_draw_group(rates.people, rng),
        night=_draw_group(rates.night, rng),
        agencies={code: _draw_group(group, rng) for code, group in rates.agencies.items()},
    )


def _draw_group(group: object, rng: np.random.Generator) -> Drawn:
    drawn: Drawn = {}
    for each in fields(group):  # type: ignore[arg-type]
        value = getattr(group, each.name)
        if isinstance(value, tuple):
            low, high = value
            drawn[each.name] = round(low + (high - low) * float(rng.random()), 7)
        else:
            drawn[each.name] = float(value)
    return drawn
