"""What is decided for one viewer about one person, and what lies between the facts and it."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.gateways import OWN_PAGE
from joinedup.identity.sharing.models import OwnAccess, Restriction
from joinedup.identity.sharing.policy import OWN_RECORDS, SILENT, SYSTEM, THEMSELVES, Facts, decide
from joinedup.identity.sharing.queries.facts import decisions, identifiers_of, is_barred
from joinedup.identity.sharing.rules.sight import Masks, Piece, where_it_differs
from joinedup.identity.sharing.rules.spans import ALWAYS, FOREVER, Span, from_now, joined
from tests.sharing import built

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def _acting(db: None) -> None:
    built.agency("gp", Kind.HEALTH)
    built.agency("refuge", Kind.VOLUNTARY, name_reveals=True)


@pytest.mark.usefixtures("_acting")
def test_the_system_sees_everything_of_everybody() -> None:
    told = decisions(Viewer.system("a test"), uuid.uuid4(), at=AT)
    assert set(told.values()) == {SYSTEM}
    assert len(told) == 2 * len(Category)


@pytest.mark.usefixtures("_acting")
def test_people_see_their_own_page_but_nothing_of_a_refuge_nor_what_is_withheld() -> None:
    """P39: whoever holds the phone learns of no refuge."""
    with acting(Viewer.system("a test")):
        gp = built.post(built.agency("dentist", Kind.HEALTH), "general_practitioner", AT)
        person = built.person(AT)
        handed = OwnAccess.objects.create(
            person=person, code_hash="x", agency=gp.team.agency, handed_over_by=gp,
            handed_over_at=AT, asked_about_coercion=True,
        )  # fmt: skip
        Restriction.objects.create(
            person=person, kind=RestrictionKind.HOLDER_WITHHOLDS.value, holder_id="dentist",
            categories=["care_plan"], because="a test", starts_at=AT,
        )  # fmt: skip
    told = decisions(Viewer.of_person(handed.pk), person.pk, at=AT)
    assert {
        c for (holder, c), answer in told.items() if holder == "gp" and answer is THEMSELVES
    } == OWN_PAGE
    assert not any(answer.allowed for (holder, _), answer in told.items() if holder == "refuge")
    assert told["dentist", Category.CARE_PLAN] is SILENT
    assert told["dentist", Category.CONTACT] is THEMSELVES


@pytest.mark.usefixtures("_acting")
def test_a_role_without_a_purpose_about_people_sees_what_it_carries_of_its_own() -> None:
    with acting(Viewer.system("a test")):
        reviewer = built.post(built.agency("dentist", Kind.HEALTH), "link_reviewer", AT)
        person = built.person(AT)
    told = decisions(Viewer.of_post(reviewer), person.pk, at=AT)
    assert told["dentist", Category.IDENTITY] is OWN_RECORDS
    assert told["dentist", Category.HEALTH] is SILENT
    assert told["gp", Category.LIVE_WARNING] is SILENT


@pytest.mark.usefixtures("_acting")
def test_a_purpose_that_the_role_does_not_have_shows_nothing() -> None:
    with acting(Viewer.system("a test")):
        doctor = built.post(built.agency("dentist", Kind.HEALTH), "general_practitioner", AT)
        person = built.person(AT)
    told = decisions(Viewer.of_post(doctor, purpose="mappa"), person.pk, at=AT)
    assert set(told.values()) == {SILENT}


@pytest.mark.usefixtures("_acting")
def test_identifiers_of_a_person_nobody_knows_are_their_own() -> None:
    nobody = uuid.uuid4()
    assert identifiers_of(nobody) == [nobody]
    assert not is_barred(None, nobody, at=AT)
    with acting(Viewer.system("a test")):
        person = built.person(AT)
        double = built.person(AT, merged_into=person)
    assert set(identifiers_of(double.pk)) == {person.pk, double.pk}


def test_a_role_without_purposes_sees_nothing_of_another_agency() -> None:
    asked = Facts(None, Category.LIVE_WARNING, Kind.HEALTH, Kind.POLICE, involved=True)
    assert decide(asked) is SILENT


def test_a_span_that_is_over_is_none() -> None:
    assert from_now(AT - DAY, AT, AT) is None
    assert from_now(AT + DAY, AT + DAY, AT) is None
    assert from_now(AT - DAY, None, AT) == Span(ALWAYS, FOREVER)


def test_spans_that_touch_are_one() -> None:
    one, two, far = (Span(AT + a * DAY, AT + b * DAY) for a, b in ((0, 1), (1, 3), (5, 6)))
    assert joined([far, two, one]) == (Span(AT, AT + 3 * DAY), far)


def test_pieces_that_differ_alike_are_one_row_though_what_is_below_changes() -> None:
    seen, less = Masks(headline=3), Masks(headline=1)
    upper = (Piece(Span(ALWAYS, FOREVER), seen),)
    lower = (Piece(Span(ALWAYS, AT), Masks()), Piece(Span(AT, FOREVER), less))
    assert where_it_differs(upper, lower) == [Piece(Span(ALWAYS, FOREVER), seen)]
    same = (Piece(Span(ALWAYS, AT), seen), Piece(Span(AT, FOREVER), less))
    assert where_it_differs(upper, same) == [Piece(Span(AT, FOREVER), seen)]
