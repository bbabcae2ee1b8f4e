"""Who may never be joined, who must be, and what a reviewer's word does: each constraint as a tiny table."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.contracts.stages import DECISIONS
from joinedup.pipeline.engines import read_arrow
from joinedup.pipeline.linkage import Linked, link
from tests.pipeline.towns import record, standard

NIGHT = date(2026, 11, 20)
HOME = {"postcode": "AB1 2CD", "house": "1"}


class Found:
    """What a run found, as sets of agency:record_id."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.person = {
            f"{row['agency']}:{row['record_id']}": row["person"]
            for row in linked.links().to_pylist()
        }

    def together(self, *keys: str) -> bool:
        return len({self.person[key] for key in keys}) == 1

    @property
    def groups(self) -> set[frozenset[str]]:
        people = set(self.person.values())
        return {frozenset(k for k, p in self.person.items() if p == person) for person in people}

    def reviewed(self) -> set[frozenset[str]]:
        rows = pq.read_table(self.linked.review).to_pylist()
        return {
            frozenset(
                {f"{r['agency_a']}:{r['record_id_a']}", f"{r['agency_b']}:{r['record_id_b']}"}
            )
            for r in rows
        }

    def possible(self) -> int:
        return len(pq.read_table(self.linked.possible))

    def events(self) -> list[tuple[str, str, str | None]]:
        rows = pq.read_table(self.linked.events).to_pylist()
        return sorted((row["kind"], row["person"], row["other"] or "") for row in rows)


@pytest.fixture
def find(tmp_path: Path):
    nights = []

    def found(*rows: dict, decisions: tuple = (), again: bool = False) -> Found:
        number = len(nights)
        nights.append(tmp_path / str(number))
        linked = link(
            standard(list(rows)), out=nights[-1], as_at=NIGHT + timedelta(days=number),
            decisions=decided(*decisions), previous=nights[-2] if again else None,
        )  # fmt: skip
        return Found(linked)

    return found


def decided(*decisions: tuple[str, str, bool]) -> pa.Table:
    rows = []
    for one, two, same in decisions:
        (a, ra), (b, rb) = (key.split(":") for key in sorted((one, two)))
        rows.append(
            {"agency_a": a, "record_id_a": ra, "agency_b": b, "record_id_b": rb, "same": same}
        )
    return pa.Table.from_pylist(rows, schema=DECISIONS)


def john(agency: str, record_id: str, **more) -> dict:
    return record(agency, record_id, "JOHN", "SMITH", "1950-01-02", sex="M", **HOME, **more)


def test_contradicting_verified_numbers_are_never_one_person(find):
    """P2: an adopted child under two numbers, and whoever else stands on two."""
    found = find(
        john("gp", "1", nhs="9990000018"), john("children", "1", nhs="9990000026"),
        decisions=(("gp:1", "children:1", True),),
    )  # fmt: skip
    assert not found.together("gp:1", "children:1")


def test_a_number_on_the_wrong_record_is_withdrawn_from_the_minority(find):
    found = find(
        john("gp", "1", nhs="9990000018"),
        john("adult_care", "1", nhs="9990000018"),
        record("adult_care", "2", "MARY", "JONES", "1971-09-08", nhs="9990000018", postcode="XY9 8ZW"),
        record("police", "1", "MARY", "JONES", "1971-09-08", sex="F", postcode="XY9 8ZW", house="3"),
    )  # fmt: skip
    assert found.groups == {
        frozenset({"gp:1", "adult_care:1"}), frozenset({"adult_care:2", "police:1"}),
    }  # fmt: skip


def test_a_brothers_number_on_a_sister_born_on_his_day_of_another_year_is_withdrawn(find):
    """A name often borne beside another is not known to differ; sex and year differ besides."""
    home = {"nhs": "9990000018", **HOME}
    found = find(
        record("gp", "1", "CHLOE", "SMITH", "2012-10-15", sex="F", **home),
        record("children", "1", "CHLOE", "SMITH", "2012-10-15", sex="F", **home),
        record("children", "2", "MUHAMMAD", "SMITH", "2010-10-15", sex="M", **home),
    )
    assert found.groups == {
        frozenset({"gp:1", "children:1"}), frozenset({"children:2"}),
    }  # fmt: skip


def test_twins_of_one_name_leave_a_record_to_neither_for_certain(find):
    """The register knows two by their numbers; name, day and home are both's, a middle name is not told."""
    twin = {"sex": "M", "phone": "07700900001", **HOME}
    found = find(
        record("gp", "1", "CHARLIE", "SMITH", "2015-05-06", nhs="9990000018", birth_order="1", **twin),
        record("gp", "2", "CHARLIE", "SMITH", "2015-05-06", nhs="9990000026", birth_order="2",
               middle="MAX", **twin),
        record("housing", "1", "CHARLIE", "SMITH", "2015-05-06", **twin),
        record("housing", "2", "CHARLIE", "SMITH", "2015-05-06", middle="MAX", **twin),
    )  # fmt: skip
    assert all(len(group) == 1 for group in found.groups)


def test_one_number_on_four_hundred_people_joins_nobody(find):
    rows = [
        record("adult_care", str(n), f"{'ABCDEFGHIJKLMNOPQRST'[n % 20]}NNA{n}", f"FAMILY{n}",
               str(date(1950, 1, 1) + timedelta(days=37 * n)), nhs="9990000018")
        for n in range(400)
    ]  # fmt: skip
    assert len(find(*rows).groups) == 400


def test_an_address_with_three_thousand_people_makes_no_explosion(find):
    given = "GRACE PETER OLU IMRAN HANNAH TOMASZ WENDY VIKRAM DEAN ZOFIA".split()
    family = "BAKER OSMOND CLIFTON DUDLEY EMERY FAIRFAX GUPTA HOLLIS INCE JUDGE".split()
    rows = [
        record("housing", str(n), given[n % 10], f"{family[n // 10 % 10]} {family[n // 100 % 10]}",
               str(date(1920, 1, 1) + timedelta(days=13 * n)), **HOME)
        for n in range(3000)
    ]  # fmt: skip
    found = find(*rows)
    assert len(found.groups) == 3000
    assert len(read_arrow(found.linked.folder / "edges.arrow")) < 100_000


def test_twins_are_two(find):
    """A name that either may bear in another spelling is nobody's, but a reviewer's to say (P4)."""
    twin = {"born": "2015-05-06", "sex": "F", "phone": "07700900001", **HOME}
    born = twin.pop("born")
    found = find(
        record("gp", "1", "AISHA", "KHAN", born, nhs="9990000018", **twin),
        record("gp", "2", "AYESHA", "KHAN", born, nhs="9990000026", **twin),
        record("children", "1", "AISHA", "KHAN", born, **twin),
        record("housing", "1", "AYESHA", "KHAN", born, **twin),
        record("children", "2", "AYESHA", "KHAN", born, nhs="9990000026", **twin),
    )
    assert found.groups == {
        frozenset({"gp:1"}), frozenset({"children:1"}), frozenset({"housing:1"}),
        frozenset({"gp:2", "children:2"}),
    }  # fmt: skip
    assert found.possible() == 0
    assert {
        frozenset(("gp:1", "children:1")),
        frozenset(("children:2", "housing:1")),
    } <= found.reviewed()


def test_twins_of_either_sex_are_two_though_a_third_record_says_neither(find):
    twin = {"born": "1994-03-04", **HOME}
    born = twin.pop("born")
    found = find(
        record("police", "1", "MICHAEL", "COXHOE", born, sex="M", **twin),
        record("housing", "1", "MICHAELA", "COXHOE", born, sex="F", **twin),
        record("fire", "1", "MICHAELA", "COXHOE", born, **twin),
    )
    assert not found.together("police:1", "housing:1")


def test_names_of_their_own_that_differ_in_the_first_letter_are_not_certain(find):
    found = find(
        record("police", "1", "JAYDEN", "BRAMCOTE", "1994-03-04", sex="M", **HOME),
        record("housing", "1", "KAYDEN", "BRAMCOTE", "1994-03-04", sex="M", **HOME),
    )
    assert not found.together("police:1", "housing:1")


def test_a_record_that_fits_two_verified_people_is_left_alone(find):
    twin = {"sex": "M", **HOME}
    found = find(
        record(
            "gp", "1", "MOHAMMED", "KHANZO", "1994-03-04", middle="ALI", nhs="9990000018", **twin
        ),
        record(
            "gp", "2", "MOHAMMED", "KHANZO", "1994-03-04", middle="AMIR", nhs="9990000026", **twin
        ),
        record("police", "1", "MOHAMMED", "KHANZO", "1994-03-04", **twin),
    )
    assert len(found.groups) == 3
    assert len(found.reviewed()) >= 1


def test_two_numbers_nobody_verified_are_never_certain(find):
    sarah = {"sex": "F", "nhs_verified": False}
    found = find(
        record("gp", "1", "SARAH", "SMITH", "1991-06-07", postcode="AB1 2CD", house="54",
               **sarah | {"nhs": "9990000018"}),
        record("adult_care", "1", "SARAH", "SMITH", "1991-06-07", postcode="AB1 2CE", house="54",
               **sarah | {"nhs": "9990000026"}),
    )  # fmt: skip
    assert not found.together("gp:1", "adult_care:1")


def test_a_childs_name_that_only_fits_is_left_to_a_reviewer_where_a_twin_is_known(find):
    """P4: who decides is a reviewer; where nobody else of the day and home is known it is told as possible."""
    child = {"sex": "M", "phone": "07700900001", **HOME}
    two = (
        record("children", "1", "NOEL", "JONES", "2015-05-06", **child),
        record("police", "1", "NOELL", "JONES", "2015-05-06", **child),
    )
    assert find(*two).possible() == 1
    found = find(
        *two, record("gp", "1", "STEPHEN", "JONES", "2015-05-06", nhs="9990000018", **child)
    )
    assert not found.together("children:1", "police:1")
    assert found.possible() == 0
    assert found.reviewed() == {frozenset({"children:1", "police:1"})}


def test_of_the_only_child_of_that_day_on_a_register_it_is_possibly_a_slip(find):
    child = {"sex": "M", **HOME}
    found = find(
        record("gp", "1", "NOEL", "JONES", "2015-05-06", nhs="9990000018", **child),
        record("police", "1", "NOELL", "JONES", "2015-05-06", **child),
    )
    assert not found.together("gp:1", "police:1")
    assert found.possible() == 1


def test_father_and_son_of_one_name_leave_an_undated_record_alone(find):
    found = find(
        john("gp", "1", nhs="9990000018"),
        record("gp", "2", "JOHN", "SMITH", "1980-05-06", nhs="9990000026", sex="M", **HOME),
        record("fire", "1", "JOHN", "SMITH", None, sex="M", **HOME),
    )
    assert len(found.groups) == 3
    assert found.possible() == 0


def test_father_and_son_born_on_one_day_of_the_year_are_two(find):
    found = find(
        record("police", "1", "JAMES", "ROBINSON", "1975-05-26", sex="M", **HOME),
        record("housing", "1", "JAMES", "ROBINSON", "2006-05-26", sex="M", **HOME),
    )
    assert not found.together("police:1", "housing:1")


def test_a_record_without_birth_date_is_only_possibly_the_same(find):
    found = find(
        john("gp", "1", nhs="9990000018", phone="07700900001"),
        record("fire", "1", "JOHN", "SMITH", None, sex="M", phone="07700900001", **HOME),
    )
    assert not found.together("gp:1", "fire:1")
    assert found.possible() == 1


def test_a_chain_of_ten_is_cut(find):
    """Each looks like the next, the first not at all like the last."""
    names = "ANNA ANNIE ANN JAN JANE JANET JEAN JEANNE JOAN JOANNA".split()
    rows = [
        record("police", str(n), name, "SMITH", f"1980-01-{10 + n}", sex="F", **HOME)
        for n, name in enumerate(names)
    ]
    assert all(len(group) < 4 for group in find(*rows).groups)


def test_a_reviewers_no_holds_for_identical_records_and_a_yes_joins(find):
    apart = find(
        john("police", "1"), john("housing", "1"), decisions=(("police:1", "housing:1", False),)
    )
    assert not apart.together("police:1", "housing:1")
    moved = record("housing", "1", "JACK", "MILLER", "1951-02-03", postcode="XY9 8ZW")
    joined = find(john("police", "1"), moved, decisions=(("police:1", "housing:1", True),))
    assert joined.together("police:1", "housing:1")


def test_a_reviewers_no_outweighs_one_verified_number(find):
    found = find(
        john("gp", "1", nhs="9990000018"), john("adult_care", "1", nhs="9990000018", phone="07700900001"),
        decisions=(("gp:1", "adult_care:1", False),),
    )  # fmt: skip
    assert not found.together("gp:1", "adult_care:1")


def test_identifiers_stay_merges_point_and_splits_begin_anew(find):
    one, two = john("police", "1"), john("housing", "1", phone="07700900001")
    first = find(one, two, decisions=(("police:1", "housing:1", False),))
    assert [kind for kind, _, _ in first.events()] == ["created", "created"]
    joined = find(one, two, again=True)
    (event,) = joined.events()
    assert event == ("merged", first.person["police:1"], joined.person["police:1"]) or event == (
        "merged", first.person["housing:1"], joined.person["housing:1"],
    )  # fmt: skip
    split = find(one, two, decisions=(("police:1", "housing:1", False),), again=True)
    ((kind, person, other),) = split.events()
    assert (kind, other) == ("split", joined.person["police:1"])
    assert person not in first.person.values()
    alone = find(two, again=True)
    assert [kind for kind, _, _ in alone.events()] == ["retired"]
    assert alone.person["housing:1"] == split.person["housing:1"]


def test_a_record_that_returns_returns_to_its_person(find):
    one, two = john("police", "1"), record("fire", "1", "ZOFIA", "LIS", "1971-02-03", sex="F")
    first = find(one, two)
    find(two, again=True)
    last = find(one, two, again=True)
    assert last.person == first.person
    assert pq.read_table(last.linked.folder / "retired.parquet").num_rows == 0


def test_every_run_says_the_same(find):
    rows = [
        john("gp", "1", nhs="9990000018"),
        john("police", "1"),
        john("fire", "1", phone="07700900001"),
    ]
    assert find(*rows).person.keys() == find(*rows[::-1]).person.keys()
    assert find(*rows).groups == find(*rows[::-1]).groups


def undated(agency: str, record_id: str, given: str = "JOHN", **more) -> dict:
    return record(agency, record_id, given, "SMITH", None, sex="M", **HOME, **more)


def dated(agency: str, record_id: str, born: str, given: str = "JOHN", **more) -> dict:
    return record(agency, record_id, given, "SMITH", born, sex="M", **HOME, **more)


FATHER = (
    dated("gp", "1", "1980-01-02", nhs="9990000018", phone="07700900001"),
    dated("police", "1", "1980-01-02"),
)
SON = (dated("gp", "2", "2009-08-07", nhs="9990000026"), dated("children", "2", "2009-08-07"))


def test_a_record_without_birth_date_is_possibly_the_only_bearer_of_its_name(find):
    assert find(*FATHER, undated("fire", "9")).possible() == 1


def test_a_record_without_birth_date_is_nobodys_where_father_and_son_bear_its_name(find):
    """The name at the home decides nothing between them; nor does a slip of the pen in it."""
    assert find(*FATHER, *SON, undated("fire", "9")).possible() == 0
    assert find(*FATHER, *SON, undated("fire", "9", middle="LEE")).possible() == 0


def test_a_mailbox_tells_father_from_son_but_a_telephone_does_not(find):
    """A father's telephone is given for his son."""
    named = (*FATHER, *SON, dated("housing", "1", "1980-01-02", email="john@example.com"))
    assert find(*named, undated("fire", "9", phone="07700900001")).possible() == 0
    found = find(*named, undated("fire", "9", email="john@example.com"))
    (row,) = pq.read_table(found.linked.possible).to_pylist()
    assert found.person["gp:1"] in row.values()
    assert found.person["gp:2"] not in row.values()


def test_a_record_without_birth_date_is_possibly_who_meets_nobody_else(find):
    """A short form of the name is enough for that, but no more where another is known who would fit as well."""
    one, short = dated("gp", "1", "1980-01-02"), undated("fire", "9", given="JOHNNY")
    assert find(one, undated("fire", "9")).possible() == 1
    assert find(one, short).possible() == 1
    assert find(one, short, dated("gp", "2", "2009-08-07", nhs="9990000026")).possible() == 0


def test_a_name_borne_in_the_middle_is_a_parents_where_no_birth_date_says_otherwise(find):
    found = find(
        dated("gp", "1", "1980-01-02", "PAUL", middle="JOHN", nhs="9990000018"),
        dated("police", "1", "1980-01-02", "PAUL", middle="JOHN"),
        undated("fire", "9"),
    )
    assert found.possible() == 0


def test_names_alike_said_twice_on_either_side_are_of_twins(find):
    rows = [
        dated(agency, f"{given}{n}", "2015-04-05", given)
        for given in ("JAYDEN", "JAYDON") for n, agency in enumerate(("police", "children"))
    ]  # fmt: skip
    found = find(*rows)
    assert len(found.groups) == 2
    assert found.possible() == 0


def test_other_forms_learned_from_records_are_forms_of_a_name(find):
    """ZEE is no short form in a list made by hand; records of one number have taught it."""
    found = find(
        record("gp", "1", "ZAINAB", "YASMIN", "1973-05-08", sex="F", nhs="9990000018", **HOME),
        record("police", "1", "ZEE", "YASMIN", "1973-05-08", sex="F", **HOME),
    )
    assert found.together("gp:1", "police:1")
