"""The synthetic people and what is written of them: families as families are, errors at the rates we state."""

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from joinedup.pipeline.synthetic.block import Block, Held, Plan, make_block
from joinedup.pipeline.synthetic.borough import FIRST_DAY
from joinedup.pipeline.synthetic.days import as_text, day_of, number_of
from joinedup.pipeline.synthetic.nights import make_night
from joinedup.pipeline.synthetic.place import make_place
from joinedup.pipeline.synthetic.population import origins
from joinedup.pipeline.synthetic.population.households import YEAR, Kind, Role
from joinedup.pipeline.synthetic.population.naming import NEVER
from joinedup.pipeline.synthetic.population.nhs_numbers import allocate, with_check_digit
from joinedup.pipeline.synthetic.population.people import People, Supply
from joinedup.pipeline.synthetic.randomness import stream
from joinedup.pipeline.synthetic.rates import BoroughRates, Rates, draw
from joinedup.pipeline.synthetic.records.agencies import AGENCIES
from joinedup.pipeline.synthetic.records.slips import exchange_digits

PEOPLE = 25_000
AS_AT = number_of(FIRST_DAY)
CODES = [habits.code for habits in AGENCIES]


def make() -> Block:
    place = make_place(PEOPLE, 21)
    nhs = allocate(21, PEOPLE + 2_000)
    plan = Plan(
        block=0, blocks=1, people=PEOPLE, lsoas=np.arange(len(place.lsoa_codes)), seed=21,
        as_at=AS_AT, nights=1, supply=Supply(1, nhs[: PEOPLE + 500]),
        newcomers=Supply(PEOPLE + 501, nhs[PEOPLE + 500 :]), hostel=60,
    )  # fmt: skip
    return make_block(plan, place, draw(Rates(), stream(21, "rates")))


@pytest.fixture(scope="module")
def block() -> Block:
    return make()


@pytest.fixture(scope="module")
def people(block: Block) -> People:
    """The people as they are now; sealed earlier identities stand after them."""
    return block.people.take(np.flatnonzero(~block.people.sealed))


@pytest.fixture(scope="module")
def rates(block: Block) -> BoroughRates:
    return block.rates


def about(measured: np.ndarray, rate: float) -> bool:
    """Whether a share of yeses could come of this rate: within five standard errors, and a row or two."""
    error = (rate * (1 - rate) / len(measured)) ** 0.5
    return abs(measured.mean() - rate) <= 5 * error + 2 / len(measured)


def heads_and_children(people: People, female: bool) -> tuple[np.ndarray, np.ndarray]:
    """Positions of a mother or father and of each of their children, side by side."""
    heads = np.flatnonzero((people.role <= Role.PARTNER) & (people.female == female))
    by_home = dict(zip(people.home[heads].tolist(), heads.tolist(), strict=True))
    children = np.flatnonzero(people.role == Role.CHILD)
    parents = np.array([by_home.get(home, -1) for home in people.home[children].tolist()])
    return parents[parents >= 0], children[parents >= 0]


# The people


def test_mothers_are_of_an_age_to_be(people: People) -> None:
    mothers, children = heads_and_children(people, female=True)
    years = (people.born[children] - people.born[mothers]) / YEAR
    assert np.mean(years < 14) < 0.01
    assert 24 < np.median(years) < 34


def test_twins_share_home_and_day_and_not_a_name(people: People) -> None:
    children = np.flatnonzero(people.role == Role.CHILD)
    days = Counter(zip(people.home[children], people.born[children], strict=True))
    twins = [at for at in children if days[people.home[at], people.born[at]] > 1]
    assert 0.004 < len(twins) / len(children) < 0.05
    called = Counter((people.home[at], people.given[at], people.middle[at]) for at in twins)
    assert np.mean(np.array(list(called.values())) == 1) > 0.97


def test_twins_are_born_one_after_the_other_and_others_alone(people: People) -> None:
    children = np.flatnonzero(people.role == Role.CHILD)
    orders: dict[tuple[int, int], list[int]] = {}
    for at in children.tolist():
        orders.setdefault((people.home[at], people.born[at]), []).append(people.birth_order[at])
    several = [order for order in orders.values() if len(order) > 1]
    assert np.mean([order == list(range(1, len(order) + 1)) for order in several]) > 0.97
    assert all(order == [0] for order in orders.values() if len(order) == 1)


def test_some_twins_are_called_alike(people: People) -> None:
    children = np.flatnonzero(people.role == Role.CHILD)
    names: dict[tuple[int, int], list[str]] = {}
    for at in children.tolist():
        names.setdefault((people.home[at], people.born[at]), []).append(people.given[at])
    firsts = [pair[0][0] == pair[1][0] for pair in names.values() if len(pair) == 2]
    assert np.mean(firsts) > 0.12


def test_some_sons_bear_their_fathers_whole_name(people: People) -> None:
    fathers, sons = heads_and_children(people, female=False)
    same = (people.given[fathers] == people.given[sons]) & (
        people.family[fathers] == people.family[sons]
    )
    assert 0.004 < same[~people.female[sons]].mean() < 0.08


def test_wives_mostly_take_the_name_and_keep_the_earlier_one(people: People) -> None:
    married = (people.earlier_family != "") & (people.kind == Kind.COUPLE_OLDER)
    wives = people.female & (people.role <= Role.PARTNER) & (people.kind == Kind.COUPLE_OLDER)
    assert 0.4 < married[wives].mean() < 0.9
    assert not people.earlier_family[~people.female].astype(bool).any()
    changed = people.family_changed[married]
    assert (changed - people.born[married] > 15.9 * YEAR).all()


def test_polish_women_have_their_own_endings(people: People) -> None:
    polish = (people.origin == origins.code("polish")) & people.female
    endings = Counter(name[-3:] for name in people.family[polish])
    assert endings["ska"] > 20
    assert endings["ski"] == 0


def test_pakistani_families_seldom_share_one_name(people: People) -> None:
    wife = (people.origin == origins.code("pakistani")) & people.female
    names = Counter(people.family[wife])
    assert names["Bibi"] + names["Begum"] > 0.15 * wife.sum()
    men = (people.origin == origins.code("pakistani")) & ~people.female
    by_second = (people.goes_by[men] != "") & (people.goes_by[men] == people.middle[men])
    assert by_second.mean() > 0.2, "men who go by the name after Mohammed"


def test_sikhs_are_singh_and_kaur_as_family_or_middle_name(people: People) -> None:
    sikh = people.origin == origins.code("sikh")
    titled = np.isin(people.family, ["Singh", "Kaur"]) | np.isin(people.middle, ["Singh", "Kaur"])
    assert titled[sikh].mean() > 0.8


def test_travellers_have_few_family_names_and_some_no_address(people: People) -> None:
    traveller = people.origin == origins.code("traveller")
    assert len(set(people.family[traveller & (people.earlier_family == "")])) <= 20
    assert 0 < people.no_address[traveller].mean() < 0.2


def test_names_come_in_every_shape(people: People) -> None:
    names = people.family
    for shape in ("-", "'", " "):
        assert sum(shape in name for name in names) > 20, shape
    assert sum(name.startswith(("Mc", "Mac")) for name in names) > 50
    assert any(not name.isascii() for name in names)
    assert len(set(names)) > 2_000


def test_no_name_is_as_common_as_a_placeholder(people: People) -> None:
    (_, most), *_ = Counter(people.family).most_common(1)
    assert most < 0.03 * len(people)


def test_many_live_in_one_care_home_and_one_hostel(people: People) -> None:
    homes = Counter(people.home[people.kind == Kind.HOSTEL])
    assert max(homes.values()) == 60
    assert len(homes) == 1
    care = Counter(people.home[people.kind == Kind.CARE_HOME])
    assert max(care.values()) >= 18
    ages = people.age_on(AS_AT)[people.kind == Kind.CARE_HOME]
    assert np.median(ages) > 78


def test_students_came_from_elsewhere_and_lately(people: People, block: Block) -> None:
    student = people.kind == Kind.STUDENTS
    assert student.sum() > 50
    away = block.homes + block.spare
    assert (people.earlier_home[student] >= away).mean() > 0.7
    assert (AS_AT - people.moved[student & (people.earlier_home >= 0)]).max() < 5 * YEAR


def test_the_dead_were_old_mostly(people: People) -> None:
    dead = people.died < NEVER
    assert 0.004 < dead.mean() < 0.02
    assert np.median(people.age_on(AS_AT)[dead]) > 65
    assert (people.died[dead] >= people.born[dead]).all()


def test_every_number_has_its_check_digit(people: People) -> None:
    assert (with_check_digit(people.nhs // 10) == people.nhs).all()
    assert len(set(people.nhs.tolist())) == len(people)


def test_a_sealed_identity_is_a_child_or_an_adult_under_another_name(block: Block) -> None:
    """P2."""
    everybody = block.people
    sealed = np.flatnonzero(everybody.sealed)
    assert len(sealed)
    by_number = {number: at for at, number in enumerate(everybody.number[: block.plan.people])}
    for at in sealed:
        now = by_number[everybody.number[at]]
        assert everybody.nhs[at] != everybody.nhs[now]
        assert everybody.born[at] == everybody.born[now]


# What agencies write


def rows(block: Block, code: str) -> tuple[Held, People]:
    held = block.held[code]
    return held, block.people.take(held.who)


def test_drawn_rates_lie_in_what_is_written_down(rates: BoroughRates) -> None:
    written = Rates()
    groups = [(written.people, rates.people), (written.night, rates.night)]
    groups += [(written.agencies[code], rates.agencies[code]) for code in CODES]
    for group, drawn in groups:
        for each in fields(group):
            value = getattr(group, each.name)
            if isinstance(value, tuple):
                assert value[0] <= drawn[each.name] <= value[1]


@pytest.mark.parametrize("code", CODES)
def test_birth_dates_go_wrong_at_the_rates_stated(block: Block, code: str) -> None:
    held, of = rows(block, code)
    rate = block.rates.agencies[code]
    sent = held.sheet["born_on"]
    assert about(sent == "", rate["born_missing"])
    assert about(sent == as_text(np.array([number_of(FIRST_DAY.replace(1900, 1, 1))]), held.habits.dates)[0],
                 rate["born_default"] * (1 - rate["born_missing"]))  # fmt: skip
    wrong = (sent != "") & (sent != as_text(of.born, held.habits.dates))
    kinds = ("born_typed_wrong", "born_age_only", "born_default", "bad_row")
    # Of days and months exchanged, only those up to the twelfth can be, and eleven in twelve show.
    expected = sum(rate[kind] for kind in kinds) + 0.36 * rate["born_day_month_swapped"]
    assert 0.6 * expected - 0.002 < wrong.mean() < 1.2 * expected + 0.002


@pytest.mark.parametrize("code", CODES)
def test_sexes_go_wrong_at_the_rates_stated(block: Block, code: str) -> None:
    held, of = rows(block, code)
    rate = block.rates.agencies[code]
    female, male, unknown = held.habits.sexes
    sent = held.sheet["sex"]
    assert about(sent == unknown, rate["sex_missing"])
    right = np.where(of.female, female, male)
    assert about((sent != right) & (sent != unknown), rate["sex_wrong"] * (1 - rate["sex_missing"]))


@pytest.mark.parametrize("code", ["gp", "adult_care", "children"])
def test_nhs_numbers_go_wrong_at_the_rates_stated(block: Block, code: str) -> None:
    held, of = rows(block, code)
    rate = block.rates.agencies[code]
    sent = np.array([text.replace(" ", "") for text in held.sheet["nhs_number"]], dtype=object)
    present = sent != ""
    assert about(present, rate["nhs_present"])
    own = sent == np.array([str(number) for number in of.nhs], dtype=object)
    others = present & ~own
    assert others.mean() < rate["nhs_of_family_member"] + 2 * rate["nhs_invalid"] + 0.002
    assert np.mean(held.sheet["nhs_number_status"][present] == "01") == pytest.approx(
        rate["nhs_verified"], abs=0.02
    )
    assert not (held.sheet["nhs_number_status"][~present] == "01").any()


@pytest.mark.parametrize("code", CODES)
def test_names_go_wrong_at_the_rates_stated(block: Block, code: str) -> None:
    held, of = rows(block, code)
    rate = block.rates.agencies[code]
    plain = np.array([name.isascii() for name in of.given + of.family])
    given = np.char.upper(held.sheet["given_name"].astype(str))
    ours = [np.char.upper(names.astype(str)) for names in (of.given, of.short, of.goes_by)]
    swapped = given == np.char.upper(of.family.astype(str))
    assert abs(swapped[plain].mean() - rate["names_swapped"]) < 0.006
    unlike = ~((given == ours[0]) | (given == ours[1]) | (given == ours[2])) & plain
    kinds = ("given_typed_wrong", "names_swapped", "given_initial_only", "junk_name")
    least = 0.75 * sum(rate[kind] for kind in kinds)
    most = 1.2 * sum(rate[kind] for kind in kinds) + rate["spelled_otherwise"] + 0.004
    assert least < unlike[plain].mean() < most
    short = (of.short != "") & (of.goes_by == "") & (of.short != of.given)
    assert (given == ours[1])[short].mean() == pytest.approx(rate["nickname"], abs=0.03)


@pytest.mark.parametrize("code", CODES)
def test_addresses_are_those_of_now_or_before(block: Block, code: str) -> None:
    held, of = rows(block, code)
    rate = block.rates.agencies[code]
    place, dwellings = block.place, block.dwellings
    sent = np.array([text.replace(" ", "") for text in held.sheet["postcode"]], dtype=object)
    spaceless = np.array([text.replace(" ", "") for text in place.postcodes], dtype=object)
    now = spaceless[dwellings.postcode[of.home]]
    before = np.where(of.earlier_home >= 0, spaceless[dwellings.postcode[of.earlier_home]], "")
    filled = sent != ""
    astray = filled & (sent != now) & (sent != before)
    assert about(astray[filled], rate["postcode_typed_wrong"] * 0.93)
    assert about(~filled[~of.no_address], rate["address_missing"])
    stale = filled & (sent == before) & (before != now)
    assert stale[of.moved > -NEVER].mean() < 1.02 * rate["still_earlier_address"]
    nowhere = of.no_address & (of.earlier_home < 0)
    assert all(text.upper().startswith("N") for text in held.sheet["address"][nowhere])


def test_the_police_still_write_what_was_true_long_ago(block: Block) -> None:
    def stale(code: str) -> float:
        held, of = rows(block, code)
        married = (of.earlier_family != "") & (of.earlier_family != of.family)
        sent = np.char.upper(held.sheet["family_name"].astype(str))
        earlier = np.char.upper(of.earlier_family.astype(str))
        return float((sent == earlier)[married].mean())

    assert stale("police") > 2 * stale("gp")


# A night


def test_a_night_brings_babies_deaths_moves_and_adoptions() -> None:
    block = make()
    certain = dict.fromkeys(block.rates.night, 0.0) | {
        "births": 0.002, "arrivals": 0.002, "deaths": 0.002, "moves": 0.01, "marriages": 0.002,
        "adoptions": 0.0004,
    }  # fmt: skip
    block.rates = BoroughRates(block.rates.people, certain, block.rates.agencies)
    before = len(block.people)
    changes = make_night(block, 1)
    people = block.people
    new = np.arange(before, len(people))
    assert len(new) >= 80
    assert (AS_AT + 1 - people.born[new] <= 3).sum() >= 40, "babies"
    assert ((people.died >= AS_AT - 2) & (people.died <= AS_AT + 1)).sum() >= 30
    gp = block.held["gp"]
    assert (gp.sheet["sealed"][changes["gp"] == "C"] == "Y").sum() >= 5
    told = gp.sheet["died_on"][changes["gp"] == "C"]
    assert (told != "").sum() >= 20
    assert len(set(people.nhs.tolist())) == len(people)


def test_corrections_put_errors_right() -> None:
    block = make()
    only = dict.fromkeys(block.rates.night, 0.0) | {"corrections": 0.5}
    block.rates = BoroughRates(block.rates.people, only, block.rates.agencies)
    held = block.held["police"]
    dates = as_text(block.people.born[held.who], held.habits.dates)
    before = held.sheet["born_on"] == dates
    changes = make_night(block, 1)
    corrected = changes["police"] == "C"
    after = held.sheet["born_on"] == dates
    assert corrected.mean() == pytest.approx(0.5, abs=0.01)
    assert after[corrected].mean() > 0.99 > before[corrected].mean()
    assert (after[~corrected] == before[~corrected]).all()


def test_exchanged_digits_fail_the_check() -> None:
    assert exchange_digits(9991234560, 0) == 9992134560
    assert exchange_digits(9991111111, 2) == 9991111112, "nothing to exchange: one more"


def test_days_are_dates() -> None:
    assert day_of(AS_AT) == FIRST_DAY
