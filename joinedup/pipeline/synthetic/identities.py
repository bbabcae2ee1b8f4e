"""An agency's records of people as it wrote them down, with its errors."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.agencies import Habits
from joinedup.pipeline.synthetic.days import YEAR_OF, as_text, day_number, number_of
from joinedup.pipeline.synthetic.dwellings import Dwellings, address_lines
from joinedup.pipeline.synthetic.households import YEAR
from joinedup.pipeline.synthetic.naming import NEVER
from joinedup.pipeline.synthetic.nhs_numbers import with_check_digit
from joinedup.pipeline.synthetic.people import People, ages_about
from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, Words, words
from joinedup.pipeline.synthetic.rates import BoroughRates, Drawn
from joinedup.pipeline.synthetic.slips import (
    exchange_digits,
    mistype,
    mistype_dates,
    mistype_postcodes,
    swap_day_and_month,
    without_accents,
)
from joinedup.pipeline.synthetic.vocabulary import places
from joinedup.pipeline.synthetic.vocabulary.spellings import (
    JUNK_FAMILY,
    JUNK_GIVEN,
    other_spellings,
)

Sheet = dict[str, Words]
"""A column of texts for each identity field."""
_SPELLINGS = other_spellings()
_EMPTY = np.array([""], dtype=object)
_DEFAULT_DATE = (1900, 1, 1)


@dataclass(frozen=True)
class World:
    """What the agencies write about: the people of a block, where they live, and the day."""

    place: Place
    dwellings: Dwellings
    people: People
    as_at: int

    @property
    def lsoa(self) -> Numbers:
        """The LSOA of each person's home."""
        return np.asarray(self.place.postcode_lsoa[self.dwellings.postcode[self.people.home]])


def write_down(
    rng: np.random.Generator,
    world: World,
    habits: Habits,
    rates: BoroughRates,
    who: Numbers,
    updated: Numbers,
    *,
    errors: float = 1.0,
) -> Sheet:
    """Records of these people as the agency last wrote them down; `errors` scales its mistakes."""
    drawn = {
        name: value * errors if name in _MISTAKES else value
        for name, value in rates.agencies[habits.code].items()
    }
    sheet: Sheet = {}
    clerk = _Clerk(rng, world, habits, drawn, who, updated)
    clerk.write_names(sheet)
    clerk.write_birth_and_death(sheet)
    clerk.write_nhs_numbers(sheet)
    clerk.write_addresses(sheet)
    clerk.write_contacts(sheet)
    sheet["updated_on"] = as_text(updated, habits.dates)
    sheet["sealed"] = np.full(len(who), "", dtype=object)
    wanted = {column.field for column in habits.contract.columns}
    return {name: column for name, column in sheet.items() if name in wanted}


_MISTAKES = frozenset(
    """nhs_of_family_member nhs_invalid spelled_otherwise names_swapped given_typed_wrong
    family_typed_wrong given_initial_only junk_name still_earlier_name born_missing
    born_day_month_swapped born_typed_wrong born_age_only born_default sex_wrong sex_missing
    address_missing still_earlier_address postcode_typed_wrong address_typed_wrong""".split()
)


@dataclass
class _Clerk:
    rng: np.random.Generator
    world: World
    habits: Habits
    rates: Drawn
    who: Numbers
    updated: Numbers

    def happens(self, rate: str) -> Mask:
        return np.asarray(self.rng.random(len(self.who)) < self.rates[rate])

    def choose(self, mask: Mask, these: Words, those: Words) -> Words:
        return np.where(mask, these, those).astype(object)

    # Names

    def write_names(self, sheet: Sheet) -> None:
        people, who = self.world.people, self.who
        given, middle = self._given_names()
        earlier, now = people.earlier_family[who], people.family[who]
        before = self.updated < people.family_changed[who]
        still = (earlier != "") & before & self.happens("still_earlier_name")
        family = self.choose(still, earlier, now)
        shown = (earlier != "") & ~still & self.happens("previous_name_present")
        self._misspell(given, family)
        self._write_junk(given, family)
        swapped = self.happens("names_swapped") & (given != "") & (family != "")
        given, family = self.choose(swapped, family, given), self.choose(swapped, given, family)
        sheet["given_name"], sheet["family_name"] = given, family
        sheet["middle_names"] = middle
        sheet["previous_family_name"] = self.choose(shown, earlier, _EMPTY)
        other = self.choose(people.goes_by[who] != "", people.goes_by[who], people.short[who])
        known = (other != given) & self.happens("known_as_present")
        sheet["known_as"] = self.choose(known, other, _EMPTY)
        self._fold(sheet)

    def _given_names(self) -> tuple[Words, Words]:
        people, who = self.world.people, self.who
        given = people.given[who]
        middle = self.choose(self.happens("middle_present"), people.middle[who], _EMPTY)
        short = (people.short[who] != "") & self.happens("nickname")
        given = self.choose(short, people.short[who], given)
        other = (people.goes_by[who] != "") & self.happens("middle_as_given")
        middle = self.choose(other & (middle == people.goes_by[who]), _EMPTY, middle)
        return self.choose(other, people.goes_by[who], given), middle

    def _misspell(self, given: Words, family: Words) -> None:
        for names, rate in ((given, "given_typed_wrong"), (family, "family_typed_wrong")):
            for at in np.flatnonzero(self.happens("spelled_otherwise")).tolist():
                others = _SPELLINGS.get(names[at])
                if others:
                    names[at] = others[int(self.rng.random() * len(others))]
            mistype(self.rng, names, np.flatnonzero(self.happens(rate) & (names != "")))
        self._respace(family)
        for at in np.flatnonzero(self.happens("given_initial_only")).tolist():
            given[at] = given[at][:1]

    def _respace(self, family: Words) -> None:
        """Hyphens, apostrophes and spaces are what forms lose first."""
        chance = min(0.3, 3 * self.rates["spelled_otherwise"])
        for at in np.flatnonzero(self.rng.random(len(family)) < chance).tolist():
            name, turn = family[at], at % 3
            if "'" in name:
                family[at] = name.replace("'", ("", " ", "\N{RIGHT SINGLE QUOTATION MARK}")[turn])
            elif "-" in name:
                family[at] = (name.replace("-", " "), name.split("-")[0], name.split("-")[1])[turn]
            elif name.startswith("Mc"):
                family[at] = ("Mac" + name[2:], "Mc " + name[2:], name.capitalize())[turn]
            elif " " in name:
                family[at] = (name.replace(" ", ""), name.replace(" ", "-"), name.split(" ")[-1])[
                    turn
                ]

    def _write_junk(self, given: Words, family: Words) -> None:
        junk = np.flatnonzero(self.happens("junk_name"))
        given[junk] = np.array(JUNK_GIVEN, dtype=object)[
            self.rng.integers(0, len(JUNK_GIVEN), len(junk))
        ]
        both = junk[self.rng.random(len(junk)) < 0.15]
        family[both] = np.array(JUNK_FAMILY, dtype=object)[
            self.rng.integers(0, len(JUNK_FAMILY), len(both))
        ]

    def _fold(self, sheet: Sheet) -> None:
        lost = np.flatnonzero(self.rng.random(len(self.who)) < self.habits.accents_lost)
        for name in (
            "given_name",
            "middle_names",
            "family_name",
            "previous_family_name",
            "known_as",
        ):
            without_accents(sheet[name], lost)
            if self.habits.capitals:
                sheet[name] = upper(sheet[name])

    # Birth, death and sex

    def write_birth_and_death(self, sheet: Sheet) -> None:
        people, who, form = self.world.people, self.who, self.habits.dates
        born = people.born[who].copy()
        swap_day_and_month(born, np.flatnonzero(self.happens("born_day_month_swapped")))
        mistype_dates(self.rng, born, np.flatnonzero(self.happens("born_typed_wrong")))
        guessed = np.flatnonzero(self.happens("born_age_only"))
        age = ages_about(self.rng, (self.updated[guessed] - people.born[who][guessed]) / YEAR)
        year = YEAR_OF[self.updated[guessed]] - age.astype(np.int64)
        one = np.ones(len(year), dtype=np.int64)
        born[guessed] = day_number(year, one, one)
        default = np.array([day_number(*(np.array([n]) for n in _DEFAULT_DATE))[0]])
        born = np.where(self.happens("born_default"), default, born)
        born = np.minimum(born, self.world.as_at)
        sheet["born_on"] = self.choose(self.happens("born_missing"), _EMPTY, as_text(born, form))
        died = people.died[who]
        told = (died <= self.updated) & (died < NEVER)
        texts = as_text(np.where(told, died, 0), form)
        sheet["died_on"] = self.choose(told, texts, _EMPTY)
        female = people.female[who] ^ self.happens("sex_wrong")
        sexes = np.array(self.habits.sexes, dtype=object)
        sheet["sex"] = sexes[np.where(self.happens("sex_missing"), 2, np.where(female, 0, 1))]

    # NHS numbers

    def write_nhs_numbers(self, sheet: Sheet) -> None:
        people, who = self.world.people, self.who
        numbers = people.nhs[who].copy()
        other = np.flatnonzero(self.happens("nhs_of_family_member"))
        numbers[other] = people.nhs[self._family_members(who[other])]
        wrong = np.flatnonzero(self.happens("nhs_invalid"))
        for at in wrong.tolist():
            numbers[at] = exchange_digits(int(numbers[at]), at % 6)
        present = self.happens("nhs_present")
        verified = self.happens("nhs_verified")
        verified[wrong] = False
        # A number taken from a relative is seldom, but sometimes, marked as verified.
        verified[other] &= self.rng.random(len(other)) < 0.1
        texts = np.array([str(n) for n in numbers.tolist()], dtype=object)
        if self.habits.nhs_spaced:
            texts = np.array([f"{t[:3]} {t[3:6]} {t[6:]}" for t in texts.tolist()], dtype=object)
        sheet["nhs_number"] = self.choose(present, texts, _EMPTY)
        unverified = words("02 02 02 03 04")[self.rng.integers(0, 5, len(who))]
        status = self.choose(verified, np.array(["01"], dtype=object), unverified)
        missing = words("03 07 04")[self.rng.integers(0, 3, len(who))]
        sheet["nhs_number_status"] = self.choose(present, status, missing)

    def _family_members(self, who: Numbers) -> Numbers:
        """Somebody else of the same home; the person themself where they live alone."""
        people = self.world.people
        order = np.argsort(people.home, kind="stable")
        place_in_order = np.empty(len(order), dtype=np.int64)
        place_in_order[order] = np.arange(len(order))
        at = place_in_order[who]
        after = order[np.minimum(at + 1, len(order) - 1)]
        before = order[np.maximum(at - 1, 0)]
        same_after = people.home[after] == people.home[who]
        same_before = people.home[before] == people.home[who]
        return np.where(same_after, after, np.where(same_before, before, who))

    # Addresses

    def write_addresses(self, sheet: Sheet) -> None:
        people, who, rng = self.world.people, self.who, self.rng
        earlier = people.earlier_home[who]
        before = (self.updated < people.moved[who]) & (earlier >= 0)
        still = before & self.happens("still_earlier_address")
        home = np.where(still, earlier, people.home[who])
        address, postcode = self._addresses(home)
        uprns = np.array([str(n) for n in self.world.dwellings.uprn.tolist()], dtype=object)
        uprn = self.choose(self.happens("uprn_present"), uprns[home], _EMPTY)
        mistype(rng, address, np.flatnonzero(self.happens("address_typed_wrong")))
        mistype_postcodes(rng, postcode, np.flatnonzero(self.happens("postcode_typed_wrong")))
        missing = self.happens("address_missing")
        none = people.no_address[who] & ~still
        nfa = words("NFA NFA No-fixed-abode NO-FIXED-ADDRESS")[rng.integers(0, 4, len(who))]
        nfa = np.array([text.replace("-", " ") for text in nfa.tolist()], dtype=object)
        address = self.choose(none, nfa, self.choose(missing, _EMPTY, address))
        gone = none | missing
        sheet["address"] = upper(address) if self.habits.capitals else address
        sheet["postcode"] = self.choose(gone, _EMPTY, postcode)
        sheet["uprn"] = self.choose(gone, _EMPTY, uprn)
        shown = (earlier >= 0) & ~still & self.happens("previous_address_present")
        old_address, old_postcode = self._addresses(np.maximum(earlier, 0))
        sheet["previous_address"] = self.choose(shown, old_address, _EMPTY)
        sheet["previous_postcode"] = self.choose(shown, old_postcode, _EMPTY)

    def _addresses(self, homes: Numbers) -> tuple[Words, Words]:
        """Addresses and postcodes of dwellings in the agency's own manner."""
        place, dwellings = self.world.place, self.world.dwellings
        front, number, street = (part[homes] for part in address_lines(place, dwellings))
        at = dwellings.postcode[homes]
        _, _, after = self.habits.address.partition("{number}")
        gap, _, rest = after.partition("{street}")
        address = front + number + gap + street
        if "{town}" in rest:
            lead, _, county = rest.partition("{town}")
            address = address + lead + place.postcode_town[at]
            address = address + county.replace("{county}", places.COUNTY)
        postcode = place.postcodes[at]
        if not self.habits.postcode_spaced:
            postcode = np.array([text.replace(" ", "") for text in postcode.tolist()], dtype=object)
        for spot in np.flatnonzero(self.rng.random(len(homes)) < self.habits.line_breaks).tolist():
            address[spot] = address[spot].replace(", ", "\n", 1)
        return address.astype(object), postcode.astype(object)

    # Telephone and e-mail

    def write_contacts(self, sheet: Sheet) -> None:
        people, who = self.world.people, self.who
        landline = np.array(
            [f"01632{n % 10**6:06d}" for n in (people.home * 37 + 11).tolist()], dtype=object
        )
        own = np.where(people.mobile != "", people.mobile, landline)[who]
        theirs = self.happens("phone_of_family_member")
        own = self.choose(theirs, people.mobile[self._family_members(who)], own)
        phone = self.choose(self.happens("phone_present"), own, _EMPTY)
        sheet["phone"] = _phones(phone, self.habits.phone)
        sheet["email"] = self.choose(self.happens("email_present"), people.email[who], _EMPTY)


def _phones(phones: Words, form: str) -> Words:
    if form == "spaced":
        return np.array([f"{p[:5]} {p[5:]}" if p else "" for p in phones.tolist()], dtype=object)
    if form == "international":
        return np.array(
            [f"+44 {p[1:5]} {p[5:]}" if p else "" for p in phones.tolist()], dtype=object
        )
    return phones


def upper(texts: Words) -> Words:
    """These texts in capitals."""
    return np.array([text.upper() for text in texts.tolist()], dtype=object)


def spoil(rng: np.random.Generator, sheet: Sheet, habits: Habits, rate: float, as_at: int) -> None:
    """Make some rows such that they must be kept back: dates that cannot be, a wrong check digit."""
    at = np.flatnonzero(rng.random(len(sheet["born_on"])) < rate)
    impossible = {"iso": "1987-02-31", "slashed": "31/02/1987", "dashed": "31-Feb-1987"}
    ahead = as_text(np.array([as_at + 400]), habits.dates)[0]
    kinds = ["day", "future"] + (["nhs"] if "nhs_number" in sheet else [])
    for spot in at.tolist():
        kind = kinds[int(rng.random() * len(kinds))]
        if kind == "nhs":
            wrong = with_check_digit(np.array([999_000_001 + spot % 900_000]))[0] + 1
            sheet["nhs_number"][spot] = str(max(int(wrong), 9_990_000_000))
        else:
            sheet["born_on"][spot] = impossible[habits.dates] if kind == "day" else ahead


def updated_days(
    rng: np.random.Generator, habits: Habits, rates: Drawn, people: People, who: Numbers, as_at: int
) -> Numbers:
    """The day each record was last changed: mostly lately; after a death that the agency knows of."""
    ago = np.floor(rng.random(len(who)) ** 2.2 * rates["years_old"] * YEAR).astype(np.int64)
    day = np.maximum(as_at - 1 - ago, np.minimum(people.born[who] + 3, as_at))
    died = people.died[who]
    dead = died <= as_at
    knows = dead & (rng.random(len(who)) < rates["died_known"])
    after = np.minimum(died + 2 + (ago % 20), as_at)
    before = np.maximum(np.minimum(day, died - 1), people.born[who])
    return np.where(knows, after, np.where(dead, before, day))


__all__ = ["Sheet", "World", "number_of", "spoil", "updated_days", "write_down"]
