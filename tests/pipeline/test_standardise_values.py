"""Each value brought to one form, as tables."""

from datetime import date

import pytest

from joinedup.pipeline.standardise.addresses import (
    home,
    house_number,
    is_no_fixed_address,
    standard_address,
    street_key,
)
from joinedup.pipeline.standardise.dates import read_date
from joinedup.pipeline.standardise.emails import standard_email
from joinedup.pipeline.standardise.names import LONGEST, name_tokens, standard_name
from joinedup.pipeline.standardise.nhs_numbers import is_junk, is_valid, standard_nhs_number
from joinedup.pipeline.standardise.nicknames import (
    GROUPS,
    given_names_agree,
    name_roots,
    roots_in_order,
)
from joinedup.pipeline.standardise.phones import standard_phone
from joinedup.pipeline.standardise.postcodes import outward, sector, standard_postcode


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("O'Brien", "OBRIEN"),
        ("O’Brien", "OBRIEN"),
        ("o brien", "OBRIEN"),
        ("Mc Donald", "MCDONALD"),
        ("Smith-Jones", "SMITH JONES"),
        ("  smith   jones ", "SMITH JONES"),
        ("Mrs Smith (née Jones)", "SMITH"),
        ("Smith nee Jones", "SMITH"),
        ("Dr. José Ñúñez", "JOSE NUNEZ"),
        ("Łukasz", "LUKASZ"),
        ("Müller", "MULLER"),
        ("Siân", "SIAN"),
        ("Дмитрий", "DMITRIY"),
        ("محمد", "MHMD"),
        ("ਕੌਰ", "KAUR"),
        ("李", "李"),
        ("Lord", "LORD"),
        ("SMITH JNR", "SMITH"),
        ("Sm1th", "SM TH"),
    ],
)
def test_a_name_has_one_form(written: str, name: str) -> None:
    assert standard_name(written) == name
    assert standard_name(name) == name, "a standard name stays as it is"


@pytest.mark.parametrize(
    "written",
    [None, "", "  ", "UNKNOWN", "not known", "N/K", "Baby", "Baby Smith", "Twin 1", "AAA", "xx",
     "TEST", "Mr", "-", "123", "🤖", "'", "\x00"],
)  # fmt: skip
def test_what_names_nobody_is_no_name(written: str | None) -> None:
    assert standard_name(written) is None
    assert name_tokens(written) == ()


def test_a_name_of_two_hundred_letters_is_cut_and_not_refused() -> None:
    name = standard_name("Abcdefghij" * 20)
    assert name is not None
    assert len(name) == LONGEST


def test_an_accent_apart_from_its_letter_makes_the_same_name() -> None:
    assert standard_name("Sia\u0302n") == standard_name("Siân")


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("ROBERT", "BOB", True),
        ("LIZ", "BETH", True),
        ("MOHAMMED", "MUHAMMAD", True),
        ("AYESHA", "AISHA", True),
        ("MALGORZATA", "GOSIA", True),
        ("AMARJIT", "AMARJEET", True),
        ("MARY ANN", "MARY", True),
        ("ADAM", "JACOB", False),
        ("SARAH", "LAURA", False),
        ("ZZYZX", "ZZYZX", True),
    ],
)
def test_forms_of_one_given_name_agree(a: str, b: str, agree: bool) -> None:
    assert given_names_agree(a, b) is agree
    assert given_names_agree(b, a) is agree


def test_a_name_may_be_a_form_of_several() -> None:
    assert name_roots("ALEX") == {"ALEXANDER", "ALEXANDRA"}
    assert roots_in_order("ALEX") == ("ALEXANDER", "ALEXANDRA")
    assert roots_in_order("ALI")[0] == "ALI"
    assert roots_in_order("NOBODY") == ("NOBODY",)


def test_the_table_of_nicknames_is_in_standard_form() -> None:
    names = {name for group in GROUPS for name in group.split()}
    assert {n for n in names if standard_name(n) != n} == set()
    assert len(names) > 1000


@pytest.mark.parametrize(
    "written",
    ["3/4/1984", "03/04/1984", "03-04-1984", "03.04.1984", "1984-04-03", "1984/4/3", "19840403",
     "3 Apr 1984", "03-APR-1984", "3rd April 1984", "1984-04-03T00:00:00Z", "03/04/1984 00:00",
     " 3 Sept 1984 ".replace("Sept", "Apr.")],
)  # fmt: skip
def test_a_date_is_read_day_first(written: str) -> None:
    assert read_date(written) == date(1984, 4, 3)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("3/4/84", "two digits"),
        ("3 Apr 84", "two digits"),
        ("31/02/1984", "no such day"),
        ("04/13/1984", "no month 13"),
        ("yesterday", "not a date"),
        ("", "not a date"),
        ("1984", "not a date"),
        ("3 Foo 1984", "not a date"),
        ("00/00/0000", "no such day"),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "postcode"),
    [
        ("ab12cd", "AB1 2CD"),
        (" AB1  2CD ", "AB1 2CD"),
        ("sw1a1aa", "SW1A 1AA"),
        ("AB1 OCD", "AB1 0CD"),
        ("M1 1AE", "M1 1AE"),
        ("ZZ99 3VZ", None),
        ("AB1", None),
        ("not known", None),
        ("Moore", None),
        (None, None),
    ],
)
def test_a_postcode_has_one_form(written: str | None, postcode: str | None) -> None:
    assert standard_postcode(written) == postcode


def test_a_postcode_has_halves() -> None:
    assert outward("AB12 3CD") == "AB12"
    assert sector("AB12 3CD") == "AB12 3"


@pytest.mark.parametrize("written", ["999 000 0018", "9990000018", "999-000-0018"])
def test_an_nhs_number_has_one_form(written: str) -> None:
    assert standard_nhs_number(written) == "9990000018"


@pytest.mark.parametrize(
    "written", [None, "", "9990000019", "0000000000", "9999999999", "1234567881", "12345", "abc"]
)
def test_what_is_no_ones_nhs_number_is_none(written: str | None) -> None:
    assert standard_nhs_number(written) is None


def test_a_number_can_pass_its_check_and_be_junk() -> None:
    assert is_valid("2222222222")
    assert is_junk("2222222222")
    assert not is_valid("9990000010")


@pytest.mark.parametrize(
    ("written", "house", "street"),
    [
        ("12 Oak Road, Hillside, Borough", "12", "OAK RD"),
        ("12 OAK RD HILLSIDE", "12", "OAK RD"),
        ("12, Oak Road", "12", "OAK RD"),
        ("Flat 3, 12 Oak Rd", "12/3", "OAK RD"),
        ("3/12 Oak Road", "12/3", "OAK RD"),
        ("Flat A, 12 Oak St.", "12A", "OAK ST"),
        ("12 a Oak Street", "12A", "OAK ST"),
        ("12-14 High Street", "12", "HIGH ST"),
        ("The Willows, 4 St. James's Road", "4", "ST JAMESS RD"),
        ("Rose Cottage, Mill Lane, Foo", "ROSE COTT", "MILL LN"),
        ("Mill Lane", None, "MILL LN"),
        ("12a Oak Road", "12A", "OAK RD"),
        ("flat 3, 12b Oak Road, Hillside", "12B/3", "OAK RD"),
        ("12 Rough Sleeping", None, None),
        ("c/o Mrs Smith, 4 Oak Road", "4", "OAK RD"),
    ],
)
def test_an_address_gives_its_house_and_street(written: str, house: str, street: str) -> None:
    assert (house_number(written), street_key(written)) == (house, street)


def test_an_address_has_one_form() -> None:
    assert standard_address("12 Oak Road, Saint Ives") == standard_address("12 OAK RD.\nST IVES")


@pytest.mark.parametrize("written", ["NFA", "No fixed abode", "sofa surfing, Borough", "homeless"])
def test_no_fixed_address_is_no_address(written: str) -> None:
    assert is_no_fixed_address(written)
    assert home(written) == (None, None, None)


@pytest.mark.parametrize("written", [None, "", " , ,", "not known"])
def test_an_address_that_is_not_known_is_none(written: str | None) -> None:
    assert home(written) == (None, None, None)
    assert not is_no_fixed_address(written)


@pytest.mark.parametrize(
    "written",
    ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "00447700900123", "7700900123"],
)
def test_a_telephone_number_has_one_form(written: str) -> None:
    assert standard_phone(written) == "07700900123"


@pytest.mark.parametrize("written", [None, "", "n/a", "0000000000", "123", "999"])
def test_what_is_no_telephone_number_is_none(written: str | None) -> None:
    assert standard_phone(written) is None


def test_an_email_has_one_form() -> None:
    assert standard_email(" A.Person@Example.ORG ") == "a.person@example.org"


@pytest.mark.parametrize("written", [None, "", "none@none.com", "a person", "a@b"])
def test_what_is_no_email_is_none(written: str | None) -> None:
    assert standard_email(written) is None
