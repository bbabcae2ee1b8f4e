"""Cases of the system before are brought over whole: nothing typed twice, nothing lost (P41)."""

import datetime
import uuid

import pytest

from joinedup.foundations.accounts.models import User
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.operations.restrict import set_restriction
from joinedup.support.cases.models import Case, Lead
from joinedup.support.cases.operations.bring_over import BRINGING, BroughtOver, bring_over
from joinedup.support.cases.rules.brought_over import CannotReadCases, read_cases
from tests.sharing import walled
from tests.unit.handovers.sides import AT, on_duty, post_of

TODAY = datetime.date(2026, 11, 18)
HEAD = "number,people,programme,for_whom,lead,opened_on,closed_on,outcome\n"


def read(rows: str) -> tuple[list[str], list[str]]:
    taken, refused = read_cases((HEAD + rows).encode(), TODAY)
    return [row.number for row in taken], [" ".join(row.reasons) for row in refused]


def test_a_row_says_whom_what_and_since_when() -> None:
    rows, _ = read_cases(
        (HEAD + "17,A1|A2,Housing support,,Lee@example.org,3/2/2026,,\n").encode(), TODAY
    )
    assert (rows[0].people, rows[0].for_whom.value, rows[0].lead) == (
        ("A1", "A2"), "family", "lee@example.org",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",A1,wellbeing,,a@b.org,3/2/2026,,", "give the number"),
        ("1,,wellbeing,,a@b.org,3/2/2026,,", "your own numbers"),
        ("1,A1,magic,,a@b.org,3/2/2026,,", "“magic” is none of"),
        ("1,A1,wellbeing,,Lee,3/2/2026,,", "signs in with"),
        ("1,A1,wellbeing,,a@b.org,31/2/2026,,", "no such day"),
        ("1,A1,wellbeing,,a@b.org,3/2/2027,,", "still to come"),
        ("1,A1,wellbeing,,a@b.org,3/2/2026,1/1/2026,", "closes after it opens"),
        ("1,A1,wellbeing,,a@b.org,3/2/2026,,,more", "more cells"),
    ],
)
def test_a_faulty_row_is_refused_with_what_is_wrong(row: str, why: str) -> None:
    taken, refused = read("9,A9,wellbeing,,a@b.org,3/2/2026,,\n" + row + "\n")
    assert taken == ["9"]
    assert why in refused[0]


def test_a_number_that_stands_twice_is_taken_once() -> None:
    row = "1,A1,wellbeing,,a@b.org,3/2/2026,,\n"
    assert read(row + row) == (["1"], ["The number stands in line 2 already."])


@pytest.mark.parametrize("content", [b"", b"number,people\n", b"\0"])
def test_a_file_that_is_no_list_of_cases_says_so(content: bytes) -> None:
    with pytest.raises(CannotReadCases):
        read_cases(content, TODAY)


@pytest.fixture
def lead() -> Viewer:
    walled.agency("housing", "housing")
    return walled.viewer("housing", "housing_officer", team="Tenancies")


def number_of(person: uuid.UUID) -> str:
    with acting(walled.SYSTEM):
        return Record.objects.get(person=person).record_id


def brought(lead: Viewer, *rows: str) -> BroughtOver:
    email = User.objects.get(pk=lead.user_id).email
    taken, refused = read_cases((HEAD + "\n".join(rows).replace("LEAD", email)).encode(), TODAY)
    assert not refused
    return bring_over(by=BRINGING, agency="housing", system="Northgate", rows=taken, at=AT)


@pytest.mark.django_db
def test_an_open_case_has_its_lead_its_duty_and_its_involvement(lead: Viewer) -> None:
    person = walled.person("housing")
    row = f"17,{number_of(person)},housing_support,,LEAD,3/2/2026,,"
    (case,) = brought(lead, row).cases
    assert on_duty(case.pk) == lead.post_id
    with acting(lead):
        assert Case.objects.get(pk=case.pk).recorded_in == "Northgate 17"
        assert Involvement.objects.get(person=person).post_id == lead.post_id
    again = brought(lead, row)
    assert (again.cases, again.there_already) == ([], 1)


@pytest.mark.django_db
def test_a_closed_case_involves_nobody_any_more(lead: Viewer) -> None:
    person = walled.person("housing")
    row = f"18,{number_of(person)},wellbeing,,LEAD,3/2/2025,1/9/2025,Managed"
    (case,) = brought(lead, row).cases
    assert on_duty(case.pk) is None
    with acting(walled.SYSTEM):
        assert not Involvement.objects.filter(person=person).exists()
        assert Lead.objects.get(case=case).ends_at is not None


@pytest.mark.django_db
def test_what_cannot_be_taken_comes_back_and_the_others_are_taken(lead: Viewer) -> None:
    kept_away, fine = walled.person("housing"), walled.person("housing")
    set_restriction(
        by=walled.viewer("housing", "team_manager"), person_id=kept_away, kind=RestrictionKind.BARRED_POST,
        barred_id=post_of(lead), because="Is his cousin", at=AT,
    )  # fmt: skip
    done = brought(
        lead,
        f"1,{number_of(fine)},wellbeing,,LEAD,3/2/2026,,",
        f"2,{number_of(kept_away)},wellbeing,,LEAD,3/2/2026,,",
        "3,NOBODY,wellbeing,,LEAD,3/2/2026,,",
        f"4,{number_of(fine)},wellbeing,,gone@example.org,3/2/2026,,",
    )
    assert len(done.cases) == 1
    assert [each.number for each in done.refused] == ["2", "3", "4"]
    assert "may not work with this person" in done.refused[0].reasons[0]
