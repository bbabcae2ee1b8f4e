"""The keys of the index and the keys of a question meet."""

import random
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.index import build_index
from joinedup.intelligence.linkage.find.keys import Kind, code, family_forms, given_forms, hashed
from joinedup.intelligence.linkage.find.marks import mark_of_name, mark_of_question, signed
from joinedup.intelligence.linkage.find.profile import FIELDS, names_in, parts_of, read_profile
from joinedup.intelligence.linkage.find.questions import sharp_keys, wide_keys
from joinedup.intelligence.linkage.find.sounds import initial, sound

PERSON = "00000000-0000-0000-0000-000000000001"


def said(*rows: dict[str, str | None]) -> pa.Table:
    whole = [{"person": PERSON} | row for row in rows]
    schema = pa.schema([(name, pa.string()) for name in ("person", *FIELDS)])
    return pa.Table.from_pylist(whole, schema=schema)


def test_the_index_holds_the_keys_that_its_people_s_own_questions_make() -> None:
    """Vectorised and one by one, from random people: the same keys."""
    chance = random.Random(20261122)
    names = ["ROBERT", "BOB", "ALEX", "MOHAMMED", "AISHA", "JO", "ZZYZX", "李", "ANNE"]
    families = ["SMITH", "OBRIEN", "SMITH JONES", "HUSSAIN", "DE LA CRUZ", "KHAN", "WRIGHT"]
    rows, questions = [], []
    for number in range(200):
        given, family = chance.choice(names), chance.choice(families)
        birth = Birth(chance.randint(1920, 2020), chance.randint(1, 12), chance.randint(1, 28))
        postcode = f"AB{chance.randint(1, 20)} {chance.randint(1, 9)}CD"
        rows.append(
            {"person": f"{number:03}", "given": given, "family": family, "born": birth.digits,
             "postcode": postcode, "nhs": "9990000018", "house": "12", "street": "OAK RD"}
        )  # fmt: skip
        questions.append(
            Asked(names=(given, family), births=(birth,), postcode=postcode, nhs="9990000018",
                  home=("12", "OAK RD"))
        )  # fmt: skip
    index = build_index(said(*rows))
    for place, question in enumerate(questions):
        own = index.keys[index.places == place].tolist()
        assert len(own) == len(set(own)), "each key once"
        assert set(own) <= set(sharp_keys(question)) | set(wide_keys(question))


@pytest.mark.parametrize(
    ("question", "wide"),
    [
        (Asked(births=(Birth(1984, 4, 3),)), False),
        (Asked(births=(Birth(1984, 3, 4),)), False),
        (Asked(postcode="AB1 2CD"), False),
        (Asked(postcode="AB9 9ZZ"), False),
        (Asked(home=("12", "OAK RD")), False),
        (Asked(nhs="9990000018"), False),
        (Asked(names=("ROBERT", "SMITH"), births=(Birth(1984, None, None),)), False),
        (Asked(names=("SMTIH", "BOB"), births=(Birth(1984, None, None),)), False),
        (Asked(names=("ROBERT", "JONES"), births=(Birth(1984, 4, None),)), False),
        (Asked(names=("ROBERT", "SMITH"), births=(Birth(None, 4, 3),)), False),
        (Asked(names=("BOB", "SMYTHE"), part_of_postcode="AB1"), False),
        (Asked(names=("ROBERT", "SMITH"), births=(Birth(1985, 4, 3),)), True),
        (Asked(names=("ROBERT", "SMITH"), births=(Birth(1984, 5, 3),)), True),
        (Asked(names=("ROBRET", "SNITH"), births=(Birth(1984, 4, 13),)), True),
        (Asked(names=("ROBERT", "SMITH"), postcode="AB1 9ZZ"), True),
        (Asked(names=("SMITH", "ROBERT"), postcode="ZZ1 9ZZ"), True),
    ],
)
def test_a_damaged_question_still_meets_the_person(question: Asked, wide: bool) -> None:
    index = build_index(
        said(
            {"given": "ROBERT", "family": "SMITH", "born": "19840403", "postcode": "AB1 2CD",
             "nhs": "9990000018", "house": "12", "street": "OAK RD"},
            {"given": "ROB", "earlier_family": "JONES", "earlier_postcode": "AB9 9ZZ"},
        )
    )  # fmt: skip
    keys = wide_keys(question) if wide else sharp_keys(question)
    assert set(keys) & set(index.keys.tolist())


def test_nothing_said_makes_no_key() -> None:
    assert sharp_keys(Asked()) == wide_keys(Asked()) == []
    assert build_index(said()).people == []
    assert len(build_index(said({})).keys) == 0


def test_a_profile_holds_each_thing_said_once() -> None:
    rows = [
        {"given": "ROBERT", "family": "SMITH", "born": "19840403", "postcode": "AB1 2CD"},
        {"given": "ROBERT", "family": "SMITH", "nhs": "9990000018"},
        {"known_as": "BOB", "born": "19840403", "house": "12/3", "street": "OAK RD"},
    ]
    police = [{**row, "holder": "police"} for row in rows[:1]]
    gp = [{**row, "holder": "gp"} for row in rows]
    [text] = build_index(said(*gp, *police, *gp)).profiles
    profile = read_profile(text)
    assert {(n.given, n.known_as, n.family, n.holders) for n in profile.names} == {
        ("", "BOB", "", "gp"), ("ROBERT", "", "SMITH", "gp,police"),
    }  # fmt: skip
    assert len(profile.names) == len(profile.homes) == 2
    assert profile.births == [("19840403", "gp,police")]
    assert {home.postcode for home in profile.homes} == {"", "AB1 2CD"}
    assert profile.numbers == [("9990000018", "gp")]
    assert set(names_in(parts_of(text)[0])) == {"", "BOB", "ROBERT", "SMITH", "gp", "gp,police"}


def test_a_person_s_mark_holds_the_bits_of_their_own_question() -> None:
    row = {
        "given": "ROBERT",
        "earlier_family": "DE LA CRUZ",
        "born": "19840412",
        "postcode": "AB1 2CD",
    }
    [mark] = build_index(said(row, {"earlier_postcode": "AB9 9ZZ"})).marks.tolist()
    for names in (("ROBERT", "DE", "LA", "CRUZ"), ("DELACRUZ", "ROBERT"), ("CRUZ",)):
        for birth in (Birth(1984, 4, 12), Birth(1984, 12, 4), Birth(1984, None, None)):
            asked = Asked(names=names, births=(birth,), postcode="AB9 9ZZ")
            question = mark_of_question(asked)
            assert mark & question == question
    assert mark_of_question(Asked()) == 0


def test_a_mark_tells_a_slip_from_another_name() -> None:
    right, slip, other = map(mark_of_name, ("THISTLEWOOD", "THISTLWOOD", "ABERNATHY"))
    assert (right & slip).bit_count() >= 2 * (right & other).bit_count()
    assert all(-(1 << 63) <= signed(mark) < 1 << 63 for mark in (0, 1 << 63, (1 << 64) - 1))


def test_keys_spread_and_stay_the_same() -> None:
    """A changed key would silently lose everybody who is indexed."""
    one = np.array([19840403], dtype=np.uint64)
    nothing = np.zeros(1, dtype=np.uint64)
    assert hashed(Kind.BORN, one, nothing, nothing).tolist() == [KEY_OF_A_BIRTH]
    many = np.arange(100_000, dtype=np.uint64)
    zeros = np.zeros_like(many)
    assert len(np.unique(hashed(Kind.BORN, many, zeros, zeros))) == len(many)
    assert code("AB1 2CD") == code("AB1 2CD") != code("AB1 2CE")


KEY_OF_A_BIRTH = 2910135284482363387


@pytest.mark.parametrize(
    ("one", "other"),
    [("SMITH", "SMYTHE"), ("CLARK", "CLARKE"), ("HUSSAIN", "HOSSEIN"), ("PHILIPS", "PHILLIPS"),
     ("KOWALSKI", "KOVALSKI"), ("WALTER", "VALTER"), ("MAHMOOD", "MEHMUD"), ("KATHRYN", "CATHERINE")],
)  # fmt: skip
def test_ways_of_writing_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert initial(one) == initial(other)


def test_names_that_begin_otherwise_may_sound_alike() -> None:
    assert sound("WRIGHT") == sound("RIGHT")
    assert sound("PHILIPS") == sound("FILLIPS")


def test_other_scripts_have_a_sound_and_no_initial() -> None:
    assert sound("李") == "李"
    assert initial("李") == initial("") == 0


def test_a_name_of_two_parts_is_found_by_either() -> None:
    whole = family_forms("SMITH JONES")
    assert set(family_forms("SMITH")) <= set(whole)
    assert set(family_forms("JONES")) <= set(whole)
    assert {form.root for form in given_forms("BOB")} == {
        form.root for form in given_forms("ROBERT")
    }


def test_somebody_of_many_names_is_found_by_the_first_of_them() -> None:
    rows = [{"given": f"A{chr(65 + n)}BCD", "family": f"Z{chr(65 + n)}RTP"} for n in range(20)]
    assert 0 < len(build_index(said(*rows)).keys) <= 12


def test_dates_stay_dates() -> None:
    assert Birth(1984, 4, 3).turned == (1984, 3, 4)
    assert Birth(1984, 4, 13).turned is None
    assert Birth(1984, None, None).turned is None
    assert date(*Birth(1984, 4, 3)) == date(1984, 4, 3)  # type: ignore[arg-type]
