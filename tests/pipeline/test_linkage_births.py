"""What births, homes and what is one's own say of records that differ, or are only alike: a town linked once."""

from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.linkage import link
from joinedup.pipeline.standardise.names import standard_name
from tests.pipeline.towns import record, standard

CHILD, GROWN = "2015-05-06", "1970-05-06"
TWICE = {"agency": "police"}
MOVED = {"postcode": "XY9 8ZW", "house": "7"}
NOWHERE = {"postcode": None, "house": None}
APART, POSSIBLY, ONE = "two people", "possibly one", "one person"

FAMILIES = {
    "a child born alone may go by another name":
        (POSSIBLY, ("ROBERT", CHILD, {"birth_order": "8"}), ("MICHAEL", CHILD, {})),
    "a twin may be the other twin": (APART, ("ROBERT", CHILD, {"birth_order": "1"}), ("MICHAEL", CHILD, {})),
    "a child of whom nothing is told may be a twin": (APART, ("ROBERT", CHILD, {}), ("MICHAEL", CHILD, {})),
    "where a twin is on the register, it may be either":
        (APART, ("ROBERT", CHILD, {}), ("ROBEN", CHILD, {}), ("STEPHEN", CHILD, {"agency": "gp", "nhs": "another"})),
    "a slip in a child's name, nobody else being on the register":
        (POSSIBLY, ("SHAKIRA", CHILD, {}), ("SHSKIRA", CHILD, {})),
    "a twin is not who is written nearly alike":
        (APART, ("JAYDEN", CHILD, {"birth_order": "2"}), ("JAYDON", CHILD, {})),
    "a child born alone is who is written nearly alike at home":
        (ONE, ("JAYDEN", CHILD, {"birth_order": "8"}), ("JAYDNE", CHILD, {})),
    "born with a twin counts before born alone":
        (APART, ("ROBERT", CHILD, {"birth_order": "8"}), ("MICHAEL", CHILD, {}),
         ("ROBERT", CHILD, {"birth_order": "1", "agency": "gp"})),
    "one slip of a grown-up is believed": (POSSIBLY, ("ROBERT", GROWN, {}), ("MICHAEL", GROWN, {})),
    "what both sides say twice is no slip":
        (APART, ("ROBERT", GROWN, {}), ("MICHAEL", GROWN, {}), ("MICHAEL", GROWN, TWICE),
         ("ROBERT", GROWN, TWICE), ("STEPHEN", GROWN, {"agency": "gp", "nhs": "another"})),
    "names alike that both sides say twice are of twins, grown up too":
        (APART, ("JAYDEN", "1992-05-06", {}), ("JAYDON", "1992-05-06", {}), ("JAYDON", "1992-05-06", TWICE),
         ("JAYDEN", "1992-05-06", TWICE), ("STEPHEN", "1992-05-06", {"agency": "gp", "nhs": "another"})),
    "unless nobody else of that day and home is on the register":
        (ONE, ("KIERAN", "1993-07-08", {}), ("KIERON", "1993-07-08", {}), ("KIERON", "1993-07-08", TWICE),
         ("KIERAN", "1993-07-08", TWICE)),
    "hardly two of one name and about one age live in one home":
        (POSSIBLY, ("ROBERT", GROWN, {}), ("ROBERT", "1973-11-21", {})),
    "father and son of one name are a generation apart":
        (APART, ("ROBERT", GROWN, {}), ("ROBERT", "1999-11-21", {})),
    "a short form without birth date, with the telephone":
        (POSSIBLY, ("ROBERT", GROWN, {"phone": "07700900001"}), ("BOB", None, {"phone": "07700900001"})),
    "a short form without birth date, with another telephone, of somebody who meets nobody else":
        (POSSIBLY, ("ROBERT", GROWN, {"phone": "07700900001"}), ("BOB", None, {"phone": "07700900002"})),
    "but not where a son of the name is known as well":
        (APART, ("ROBERT", GROWN, {"phone": "07700900001"}), ("BOB", None, {"phone": "07700900002"}),
         ("ROBERT", "1999-11-21", {"agency": "gp", "nhs": "another"})),
    "twins of one name have two middle names":
        (APART, ("HARRY", CHILD, {"middle": "LEO"}), ("HARRY", CHILD, {"middle": "LEE"})),
    "a middle initial is no second middle name":
        (ONE, ("HARRY", CHILD, {"middle": "LEO"}), ("HARRY", CHILD, {"middle": "L"})),
    "forms of a name that are spelled alike may be twins'":
        (APART, ("ZAINAB", CHILD, {}), ("ZAYNAB", CHILD, {}), ("STEPHEN", CHILD, {"agency": "gp", "nhs": "another"})),
    "a name that is one twin's may be the other's, spelled as the one's":
        (APART, ("ZAINAB", CHILD, {}), ("ZAINAB", CHILD, {}), ("ZAYNAB", CHILD, {"agency": "gp", "nhs": "another"})),
    "or the other's, shortened as the one's":
        (APART, ("OLLIE", CHILD, {}), ("OLLIE", CHILD, {}), ("OLIVER", CHILD, {"agency": "gp", "nhs": "another"})),
    "or the other's who is grown up, and whose telephone is of the home":
        (APART, ("AMINAH", "1999-10-30", {"phone": "07700900013"}),
         ("AMINAH", "1999-10-30", {"phone": "07700900013"}),
         ("AMINA", "1999-10-30", {"agency": "gp", "nhs": "another"})),
    "but not where an e-mail address says whose":
        (ONE, ("ZAINAB", CHILD, {"email": "z@example.com"}), ("ZAINAB", CHILD, {"email": "z@example.com"}),
         ("ZAYNAB", CHILD, {"agency": "gp", "nhs": "another"})),
    "nor where the twin's name could not be written so":
        (ONE, ("ZAINAB", CHILD, {}), ("ZAINAB", CHILD, {}), ("STEPHEN", CHILD, {"agency": "gp", "nhs": "another"})),
    "nor where the other of the name lives elsewhere":
        (ONE, ("JOSHUA", CHILD, {}), ("JOSHUA", CHILD, {}),
         ("JOSHUA", CHILD, {"agency": "gp", "nhs": "another", **MOVED})),
    "nor where the other of the name was born on another day":
        (ONE, ("LEWIS", CHILD, {}), ("LEWIS", CHILD, {}),
         ("LEWIS", "2015-06-05", {"agency": "gp", "nhs": "another"})),
    "unless only one such child is on the register":
        (POSSIBLY, ("ZAINAB", CHILD, {}), ("ZAYNAB", CHILD, {})),
    "a child goes by a middle name, nobody else of that day and home being on the register":
        (POSSIBLY, ("BONNIE", CHILD, {"middle": "OLIVIA"}), ("OLIVIA", CHILD, {})),
    "a middle name is a twin's first who is on the register":
        (APART, ("BONNIE", CHILD, {"middle": "OLIVIA"}), ("OLIVIA", CHILD, {}),
         ("PHOEBE", CHILD, {"agency": "gp", "nhs": "another"})),
    "a child's short form may be a twin's who is on the register":
        (APART, ("OLIVER", CHILD, {}), ("OLLIE", CHILD, {}),
         ("STEPHEN", CHILD, {"agency": "gp", "nhs": "another"})),
    "a child's family name differs, and nothing else":
        (POSSIBLY, ("SHANICE", CHILD, {}), ("SHANICE", CHILD, {"family": "WOTHERSPOON"})),
    "a short form is no twin's name": (POSSIBLY, ("ROBERT", CHILD, {}), ("BOB", CHILD, {})),
    "born alone, and yet with a sister of another year":
        (POSSIBLY, ("EMILY", "2018-09-22", {"birth_order": "8"}), ("MILLIE", "2020-09-22", {})),
    "grown-up twins of one home may share a telephone":
        (APART, ("HELEN", "1999-10-30", {"phone": "07700900003"}),
         ("JESSIE", "1999-10-30", {"phone": "07700900003"}),
         ("PHOEBE", "1999-10-30", {"agency": "gp", "nhs": "another"})),
    "another name with the telephone, nobody else of that day and home being on the register":
        (POSSIBLY, ("HELEN", "1999-10-30", {"phone": "07700900008"}),
         ("JESSIE", "1999-10-30", {"phone": "07700900008"})),
    "another name without it may be a twin's who is on no register":
        (APART, ("HELEN", "1999-10-30", {}), ("JESSIE", "1999-10-30", {})),
    "a child may bear an English name beside a Chinese one":
        (POSSIBLY, ("YICHEN", CHILD, {"family": "CHEUNG"}), ("ALAN", CHILD, {"family": "CHEUNG"})),
    "or a second one, nobody else of that day and home being on the register":
        (POSSIBLY, ("SIU", CHILD, {"family": "LEUNG", "other_given": "VINCENT"}),
         ("JASON", CHILD, {"family": "LEUNG"})),
    "but not where somebody else is":
        (APART, ("SIU", CHILD, {"family": "LEUNG", "other_given": "VINCENT"}),
         ("JASON", CHILD, {"family": "LEUNG"}),
         ("KEVIN", CHILD, {"family": "LEUNG", "agency": "gp", "nhs": "another"})),
    "a mailbox at home says more than a name and a guessed year":
        (POSSIBLY, ("JIANGUO", "1986-06-14", {"email": "k@example.com"}),
         ("JACKSON", "1984-01-01", {"email": "k@example.com"})),
    "a name without birth date at the same postcode is possibly who alone bears it there":
        (POSSIBLY, ("ROBERT", GROWN, {}), ("ROBERT", None, {"house": "2"})),
    "and a neighbour's as well where a neighbour bears it":
        (APART, ("ROBERT", GROWN, {}), ("ROBERT", None, {"house": "2"}),
         ("ROBERT", "1961-04-03", {"house": "3", "agency": "gp", "nhs": "another"})),
    "one of that name and another family at home is no namesake":
        (POSSIBLY, ("DESMOND", "1961-04-03", {}), ("DESMOND", None, {}),
         ("DESMOND", "1999-11-21", {"family": "WOTHERSPOON"})),
    "one of that name and family born a generation later is":
        (APART, ("DESMOND", "1961-04-03", {}), ("DESMOND", None, {}), ("DESMOND", "1999-11-21", {})),
    "a name without birth date at home is somebody's": (POSSIBLY, ("ROBERT", GROWN, {}), ("ROBERT", None, {})),
    "a boy's name without birth date is his where nobody else near bears it":
        (POSSIBLY, ("KULWINDER", CHILD, {}), ("KULWINDER", None, {}), ("KULWINDER", CHILD, TWICE),
         ("KULWINDER", CHILD, {"agency": "children"})),
    "another telephone is a relative's whose telephone was given":
        (POSSIBLY, ("ROBERT", GROWN, {"phone": "07700900009"}), ("ROBERT", None, {"phone": "07700900010"})),
    "even of a name that father and sons bear, where no other bearer is known":
        (POSSIBLY, ("MOHAMMED", GROWN, {"phone": "07700900011"}), ("MOHAMMED", None, {"phone": "07700900012"})),
    "a name without birth date in a home left since":
        (POSSIBLY, ("ROBERT", GROWN, {"previous_postcode": "XY9 8ZW"}), ("ROBERT", None, MOVED)),
    "sex told wrongly, of a name without birth date at home":
        (POSSIBLY, ("ROBERT", GROWN, {}), ("ROBERT", None, {"sex": "F"})),
    "a girl's name without birth date is hers":
        (POSSIBLY, ("EMILY", CHILD, {"sex": "F"}), ("EMILY", None, {"sex": "F"}),
         ("EMILY", CHILD, {"sex": "F", **TWICE}), ("EMILY", CHILD, {"sex": "F", "agency": "children"})),
    "two without birth date, of one home and name, who meet nobody else":
        (POSSIBLY, ("ROBIN", None, {"agency": "fire"}), ("ROBIN", None, {"agency": "police"})),
    "may be of two where two of the name are known":
        (APART, ("ROBIN", None, {"agency": "fire"}), ("ROBIN", None, {"agency": "police"}),
         ("ROBIN", GROWN, {"agency": "gp"}), ("ROBIN", "1999-11-21", {"agency": "gp", "nhs": "another"})),
    "grown-up names that are written alike are one's of whose day and home nobody else is on a register":
        (POSSIBLY, ("ALIVIA", "1995-05-08", {"sex": "F"}), ("OLIVIA", "1995-05-08", {"sex": "F"})),
    "and may be twins' where somebody is":
        (APART, ("ALIVIA", "1995-05-09", {"sex": "F"}), ("OLIVIA", "1995-05-09", {"sex": "F"}),
         ("PHOEBE", "1995-05-09", {"sex": "F", "agency": "gp", "nhs": "another"})),
    "two middle names of a grown-up of whose day and home nobody else is on a register":
        (POSSIBLY, ("MEI", "1995-05-11", {"middle": "LING"}), ("MEI", "1995-05-11", {"middle": "ROSE"})),
    "a name gone by elsewhere, without birth date, at home":
        (POSSIBLY, ("XIULAN", "1985-06-07", {"family": "CHEUNG", "other_given": "GRACE"}),
         ("GRACE", None, {"family": "CHEUNG"}), ("XIULAN", "1985-06-07", {"family": "CHEUNG"})),
    "a name and a day with its parts exchanged, far apart, is not enough":
        (APART, ("ROKEYA", "1968-09-04", {}), ("ROKEYA", "1968-04-09", MOVED)),
    "a child's number under another name is a sister's":
        (APART, ("HEIDI", CHILD, {"sex": "F", "birth_order": "8"}),
         ("CHARLOTTE", CHILD, {"sex": "F", "nhs": "number of the first", "nhs_verified": False, "agency": "children"})),
    "a short form without birth date is a child's who meets nobody else":
        (POSSIBLY, ("ROBERT", CHILD, {}), ("BOB", None, {})),
    "names in each other's place, and a short form":
        (ONE, ("PATRICK", GROWN, {"family": "MAUGHAN"}), ("MAUGHAN", GROWN, {"family": "PADDY"})),
    "names in each other's place, without birth date":
        (POSSIBLY, ("CHRISTY", GROWN, {"family": "MONGAN"}), ("MONGAN", None, {"family": "CHRISTY"})),
    "but not where the family name is one itself":
        (APART, ("THOMAS", GROWN, {"family": "KOWALSKI"}), ("KOWALSKI", None, {"family": "THOMAS"})),
    "a second given name goes with the first":
        (ONE, ("CHUN", GROWN, {"family": "WONG", "middle": "KIT"}), ("WONG", GROWN, {"family": "CHUN KIT"})),
    "of no fixed address, without birth date, at the home left":
        (POSSIBLY, ("JOHN", GROWN, {"family": "KHAN", **NOWHERE, "previous_postcode": "XY9 8ZV"}),
         ("JOHN", None, {"family": "KHAN", "postcode": "XY9 8ZV", "house": "3"})),
    "of no fixed address on either side, having left the same home":
        (POSSIBLY, ("MARY", GROWN, {"family": "KHAN", **NOWHERE, "previous_postcode": "XY9 8ZU"}),
         ("MARY", None, {"family": "KHAN", **NOWHERE, "previous_postcode": "XY9 8ZU"})),
    "but not having left two":
        (APART, ("CEDRIC", GROWN, {**NOWHERE, "previous_postcode": "XY9 8ZT"}),
         ("CEDRIC", None, {**NOWHERE, "previous_postcode": "XY9 8ZS"})),
    "nor where both have a home since":
        (APART, ("EUSTACE", GROWN, {"previous_postcode": "XY9 8ZR"}),
         ("EUSTACE", None, {**MOVED, "previous_postcode": "XY9 8ZR"})),
    "two names and two days of a grown-up who meets nobody else":
        (POSSIBLY, ("XIULAN", "1970-05-06", {"family": "CHEUNG", "phone": "07700900025"}),
         ("GRACE", "1970-05-09", {"family": "CHEUNG", "phone": "07700900025"})),
    "may be two sisters' of children":
        (APART, ("XIULAN", "2015-05-06", {"family": "LEUNG", "phone": "07700900026"}),
         ("GRACE", "2015-06-06", {"family": "LEUNG", "phone": "07700900026"})),
    "or where somebody else is like one of the two":
        (APART, ("XIULAN", "1970-05-06", {"family": "YEUNG", "phone": "07700900027"}),
         ("GRACE", "1970-05-09", {"family": "YEUNG", "phone": "07700900027"}),
         ("IVY", "1970-05-04",
          {"family": "YEUNG", "agency": "gp", "nhs": "another", "phone": "07700900027", **MOVED})),
    "one name and day, far apart, where one tells no address and nobody else fits":
        (POSSIBLY, ("ROBERT", GROWN, {"family": "SMITH", "phone": "07700900021"}),
         ("ROBERT", GROWN, {"family": "SMITH", "phone": "07700900022", **NOWHERE})),
    "but not where both tell an address":
        (APART, ("ROBERT", "1970-05-07", {"family": "SMITH", "phone": "07700900023"}),
         ("ROBERT", "1970-05-07", {"family": "SMITH", "phone": "07700900024", **MOVED})),
    "a name and middle name without birth date is nobody's far away":
        (APART, ("LEANDER", GROWN, {"middle": "AMBROSE"}), ("LEANDER", None, {"middle": "AMBROSE", **MOVED})),
    "and no child's where the father bears the name":
        (APART, ("ROBERT", CHILD, {}), ("BOB", None, {}), ("ROBERT", GROWN, {"agency": "gp", "nhs": "another"})),
    "two names of a day and home that either side says twice are two people's":
        (APART, ("HELEN", "1999-10-30", {"phone": "07700900014"}),
         ("JESSIE", "1999-10-30", {"phone": "07700900014"}),
         ("HELEN", "1999-10-30", {"phone": "07700900014", **TWICE}),
         ("JESSIE", "1999-10-30", {"phone": "07700900014", **TWICE})),
}  # fmt: skip
"""By what it shows: what is found of the first two records, of a register and of another agency."""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, str]:
    rows, keys = [], {}
    for number, (shows, (_, *told)) in enumerate(FAMILIES.items()):
        family = "HARTSWELL" + ascii_uppercase[number % 26] + ascii_uppercase[number // 26]
        keys[shows] = []
        for nth, (given, born, more) in enumerate(told):
            said = {"sex": "M", "postcode": f"AB{number} 2CD", "house": "1", **more}
            agency = said.pop("agency", "gp" if nth == 0 else "housing")
            family = said.pop("family", family)
            if agency == "gp":
                said["nhs"] = f"99900000{number:02}{0 if said.get('nhs') is None else nth}"
            elif "nhs" in said:
                said["nhs"] = f"99900000{number:02}0"
            keys[shows].append((agency, f"{number}/{nth}"))
            rows.append(record(agency, f"{number}/{nth}", given, family, born, **said))
    out: Path = tmp_path_factory.mktemp("births")
    linked = link(standard(rows), out=out, as_at=date(2026, 11, 20))
    person = {(r["agency"], r["record_id"]): r["person"] for r in linked.links().to_pylist()}
    maybe = {
        frozenset((r["person_a"], r["person_b"]))
        for r in pq.read_table(linked.possible).to_pylist()
    }

    def of(one: str, other: str) -> str:
        return ONE if one == other else POSSIBLY if {one, other} in maybe else APART

    return {shows: of(*(person[key] for key in pair[:2])) for shows, pair in keys.items()}


@pytest.mark.parametrize("shows", FAMILIES)
def test_in_one_home(found, shows):
    assert found[shows] == FAMILIES[shows][0]


@pytest.mark.parametrize(
    ("said", "name"), [("Nan", "NAN"), ("NAN", "NAN"), ("nan", None), ("NaN", None)]
)
def test_nan_is_a_name_but_as_programs_write_it(said, name):
    assert standard_name(said) == name
