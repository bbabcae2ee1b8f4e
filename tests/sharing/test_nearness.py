"""A look at somebody near, or whom one has nothing to do with, is marked when it is taken."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundations.accounts.operations.staff import CannotKeepHome, keep_home
from joinedup.foundations.audit.models import Entry
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.models import Involvement
from joinedup.intelligence.linkage.queries.person import the_person
from tests.sharing.walled import SYSTEM, agency, person, post

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def marks_of_a_look(
    *, name: str = "Ada Byron", family: str = "Ashe", involved: str = "", purpose: str = ""
) -> tuple[bool, bool, bool]:
    """Look at somebody, and return how the line is marked: no involvement, same name, traceless."""
    agency("gp")
    held = post("gp", "police_liaison" if purpose else "general_practitioner")
    held.user.name = name
    whom = person("gp", family_name=family)
    if involved:
        hours = {"now": (-1, None), "until yesterday": (-48, -24), "from tomorrow": (24, None)}[
            involved
        ]
        starts, ends = (None if h is None else NOW + datetime.timedelta(hours=h) for h in hours)
        with acting(SYSTEM):
            Involvement.objects.create(
                person_id=whom,
                agency_id="gp",
                team=held.team,
                because="care",
                starts_at=starts,
                ends_at=ends,
            )
    the_person(Viewer.of_post(held, purpose=purpose), whom, at=NOW)
    with acting(SYSTEM):
        line = Entry.objects.get(person_id=whom, subject_kind="person")
    assert "Ashe" not in str(vars(line))
    return line.no_involvement, line.same_name, line.traceless


@pytest.mark.parametrize(
    ("involved", "none"),
    [("", True), ("now", False), ("until yesterday", True), ("from tomorrow", True)],
)
def test_no_involvement_is_marked(involved: str, none: bool) -> None:
    assert marks_of_a_look(involved=involved)[0] is none


@pytest.mark.parametrize(
    ("name", "family", "same"),
    [
        ("Ada Ashe", "Ashe", True),
        ("Ada ASHE", "Ashe-Byron", True),
        ("Ashe Byron", "Ashe", False),
        ("Ada Byron", "Ashe", False),
    ],
)
def test_the_same_surname_is_marked(name: str, family: str, same: bool) -> None:
    assert marks_of_a_look(name=name, family=family)[1] is same


@pytest.mark.parametrize(
    ("address", "same"),
    [("Flat 2, 7 Long Road", True), ("7 Long Road", False), ("flat 2 7 LONG RD", True)],
)
def test_the_same_home_is_marked_though_no_address_is_kept(address: str, same: bool) -> None:
    """P14: who looks at somebody of their own household shows to those who read the audit."""
    agency("gp")
    held = post("gp", "general_practitioner")
    keep_home(by=None, user=held.user, address=address, postcode="ju1 0aa", at=NOW)
    held.user.refresh_from_db()
    assert "LONG" not in held.user.home.upper()
    whom = person("gp", address_key="7/2 LONG RD JU1 0AA")
    the_person(Viewer.of_post(held), whom, at=NOW)
    with acting(SYSTEM):
        assert Entry.objects.get(person_id=whom, subject_kind="person").same_address is same


def test_a_home_that_is_no_one_home_is_not_kept() -> None:
    agency("gp")
    user = post("gp").user
    with pytest.raises(CannotKeepHome):
        keep_home(by=None, user=user, address="Long Road", postcode="JU1", at=NOW)
    keep_home(by=None, user=user, address="", postcode="", at=NOW)


def test_a_look_for_law_enforcement_leaves_no_trace_for_the_person() -> None:
    """P14."""
    assert marks_of_a_look(purpose=Purpose.LAW_ENFORCEMENT)[2]
    assert not marks_of_a_look()[2]
