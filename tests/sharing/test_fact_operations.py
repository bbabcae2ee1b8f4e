"""Involving, restricting, disclosing, holding: the fact, its line in the audit, and each refusal."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    DisclosureDecision,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.models import Disclosure, Involvement, Restriction
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.disclose import CannotDisclose, decide_disclosure
from joinedup.identity.sharing.operations.holdings import (
    CannotRecallHolding,
    CannotRecordHolding,
    recall_holding,
    record_holding,
)
from joinedup.identity.sharing.operations.involve import (
    CannotInvolve,
    begin_involvement,
    end_involvement,
)
from joinedup.identity.sharing.operations.restrict import (
    CannotRestrict,
    lift_restriction,
    set_restriction,
)
from joinedup.identity.sharing.queries.facts import decisions
from tests.sharing import built, walled

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
SYSTEM = Viewer.system("a test")
YES, NO = DisclosureDecision.DISCLOSE, DisclosureDecision.DO_NOT_DISCLOSE


@dataclass
class Place:
    """A doctor, a social worker, a housing officer with a duty manager, and somebody they all may meet."""

    gp: Post
    worker: Post
    officer: Post
    manager: Post
    person: Person


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    with acting(SYSTEM):
        housing = built.agency("housing", Kind.HOUSING)
        officer = built.post(housing, "housing_officer", AT)
        made = Place(
            gp=built.post(built.agency("gp", Kind.HEALTH), "general_practitioner", AT),
            worker=built.post(built.agency("care", Kind.SOCIAL_CARE), "social_worker", AT),
            officer=officer,
            manager=built.post(housing, "duty_manager", AT, officer.team),
            person=built.person(AT),
        )
        derive.agencies(None, at=AT)
        yield made


def viewer(post: Post, purpose: Purpose = Purpose.OWN_WORK) -> Viewer:
    return Viewer.of_post(post, purpose=purpose.value)


def lines(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=act))


def bar(place: Place, post: Post) -> Restriction:
    return set_restriction(
        by=viewer(place.manager), person_id=place.person.pk, kind=RestrictionKind.BARRED_POST,
        barred_id=post.pk, because="her brother", at=AT,
    )  # fmt: skip


# ---------------------------------------------------------------- involvement


def test_an_involvement_is_of_ones_own_team_unless_said(place: Place) -> None:
    begun = begin_involvement(
        by=viewer(place.officer), person_id=place.person.pk, because="tenancy", at=AT
    )
    assert (begun.team, begun.post, begun.agency_id) == (place.officer.team, None, "housing")
    (line,) = lines("began an involvement")
    assert (line.person_id, line.holder) == (place.person.pk, "housing")
    assert "tenancy" not in str(line.detail)


def test_an_involvement_may_be_of_one_post_and_end_by_itself(place: Place) -> None:
    begun = begin_involvement(
        by=viewer(place.manager), person_id=place.person.pk, because="a visit", at=AT,
        post_id=place.officer.pk, ends_at=AT + HOUR,
    )  # fmt: skip
    assert begun.post == place.officer
    assert derive.everything(at=AT + HOUR) == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"because": "  "}, "Say why"),
        ({"ends_at": AT}, "ends after it begins"),
        ({"person_id": uuid.uuid4()}, "nobody here"),
        ({"post_id": uuid.uuid4()}, "no such post"),
        ({"team_id": 0}, "already"),
    ],
)
def test_an_involvement_that_cannot_be_is_refused(
    place: Place, changed: dict[str, object], says: str
) -> None:
    asked = {"by": viewer(place.officer), "person_id": place.person.pk, "because": "x", "at": AT}
    if says == "already":
        begin_involvement(**asked)
    with pytest.raises(CannotInvolve, match=says):
        begin_involvement(**{**asked, **changed})


def test_only_an_agency_says_which_of_its_teams_is_involved(place: Place) -> None:
    asked = {"by": viewer(place.officer), "person_id": place.person.pk, "because": "x", "at": AT}
    with pytest.raises(CannotInvolve, match="Only an agency itself"):
        begin_involvement(**asked, team_id=place.gp.team_id)
    with pytest.raises(CannotInvolve, match="a post of that team"):
        begin_involvement(**asked, team_id=place.officer.team_id, post_id=place.gp.pk)
    by_system = begin_involvement(**{**asked, "by": SYSTEM}, team_id=place.gp.team_id)
    assert by_system.agency_id == "gp"
    with pytest.raises(CannotInvolve, match="team that is involved"):
        begin_involvement(**{**asked, "by": SYSTEM})


def test_who_is_barred_involves_neither_themself_nor_is_involved(place: Place) -> None:
    bar(place, place.officer)
    asked = {"person_id": place.person.pk, "because": "x", "at": AT}
    with pytest.raises(CannotInvolve, match="nobody here"):
        begin_involvement(by=viewer(place.officer), **asked)
    with pytest.raises(CannotInvolve, match="Choose somebody else"):
        begin_involvement(by=viewer(place.manager), post_id=place.officer.pk, **asked)


def test_an_involvement_is_ended_once_by_the_agency_that_is_involved(place: Place) -> None:
    begun = begin_involvement(
        by=viewer(place.officer), person_id=place.person.pk, because="x", at=AT
    )
    with pytest.raises(CannotInvolve, match="by the agency"):
        end_involvement(by=viewer(place.gp), involvement_id=begun.pk, at=AT + HOUR)
    end_involvement(by=viewer(place.manager), involvement_id=begun.pk, at=AT + HOUR)
    assert Involvement.objects.get().ends_at == AT + HOUR
    assert len(lines("ended an involvement")) == 1
    with pytest.raises(CannotInvolve, match="already"):
        end_involvement(by=viewer(place.manager), involvement_id=begun.pk, at=AT + 2 * HOUR)


def test_who_sees_no_record_involves_nobody(place: Place) -> None:
    analyst = built.post(place.gp.team.agency, "analyst", AT)
    with pytest.raises(NotPermitted):
        begin_involvement(by=viewer(analyst), person_id=place.person.pk, because="x", at=AT)


# ---------------------------------------------------------------- restriction


def test_a_barred_post_sees_nothing_of_the_person_by_any_identifier(place: Place) -> None:
    """A relative, a neighbour; of their own agency neither."""
    double = built.person(AT, merged_into=place.person)
    before = decisions(viewer(place.officer), double.pk, at=AT)
    assert before["housing", Category.HOUSING].allowed
    bar(place, place.officer)
    after = decisions(viewer(place.officer), double.pk, at=AT)
    assert not any(answer.allowed or answer.sentence for answer in after.values())
    (line,) = lines("set a restriction")
    assert line.detail["kind"] == "barred_post"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"because": ""}, "Say why"),
        ({"barred_id": uuid.uuid4()}, "Name the post"),
        ({"kind": RestrictionKind.BARRED_POST}, "Name the post"),
        ({"ends_at": AT}, "ends after it begins"),
        ({"person_id": uuid.uuid4()}, "nobody here"),
    ],
)
def test_a_restriction_that_cannot_be_is_refused(
    place: Place, changed: dict[str, object], says: str
) -> None:
    asked = {
        "by": viewer(place.officer), "person_id": place.person.pk, "because": "x", "at": AT,
        "kind": RestrictionKind.HOLDER_WITHHOLDS,
    }  # fmt: skip
    with pytest.raises(CannotRestrict, match=says):
        set_restriction(**{**asked, **changed})


def test_what_a_holder_withholds_is_lifted_by_it_alone_and_once(place: Place) -> None:
    kept = set_restriction(
        by=viewer(place.officer), person_id=place.person.pk, because="x", at=AT,
        kind=RestrictionKind.HOLDER_WITHHOLDS, categories=[Category.LIVE_WARNING],
    )  # fmt: skip
    warned = ("housing", Category.LIVE_WARNING)
    assert not decisions(viewer(place.gp), place.person.pk, at=AT)[warned].allowed
    with pytest.raises(CannotRestrict, match="Only the agency"):
        lift_restriction(by=viewer(place.gp), restriction_id=kept.pk, at=AT + HOUR)
    lift_restriction(by=viewer(place.officer), restriction_id=kept.pk, at=AT + HOUR)
    assert decisions(viewer(place.gp), place.person.pk, at=AT + HOUR)[warned].allowed
    with pytest.raises(CannotRestrict, match="already"):
        lift_restriction(by=viewer(place.officer), restriction_id=kept.pk, at=AT + 2 * HOUR)


def test_nobody_lifts_what_keeps_themselves_away(place: Place) -> None:
    kept = bar(place, place.officer)
    with pytest.raises(CannotRestrict, match="themselves"):
        lift_restriction(by=viewer(place.officer), restriction_id=kept.pk, at=AT + HOUR)


def test_what_is_restricted_for_safety_is_lifted_by_a_second_duty_manager(place: Place) -> None:
    """P13: two people acting."""
    walled.record(place.person.pk, "housing", address="1 Hidden Row", postcode="AB1 2CD")
    kept = set_restriction(
        by=viewer(place.manager), person_id=place.person.pk, because="fled", at=AT,
        kind=RestrictionKind.SAFETY_ADDRESS,
    )  # fmt: skip
    assert Record.objects.get().address == ""
    with pytest.raises(NotPermitted):
        lift_restriction(by=viewer(place.officer), restriction_id=kept.pk, at=AT + HOUR)
    with pytest.raises(CannotRestrict, match="other than who set it"):
        lift_restriction(by=viewer(place.manager), restriction_id=kept.pk, at=AT + HOUR)
    second = built.post(place.officer.team.agency, "duty_manager", AT)
    lift_restriction(by=viewer(second), restriction_id=kept.pk, at=AT + HOUR)
    assert Restriction.objects.get().ends_at == AT + HOUR
    assert Record.objects.get().address == "1 Hidden Row"


# ---------------------------------------------------------------- disclosure


def asked(place: Place, **changed: object) -> dict[str, object]:
    return {
        "by": viewer(place.gp, Purpose.EARLY_HELP), "person_id": place.person.pk,
        "recipient": "housing", "purpose": Purpose.EARLY_HELP,
        "items": {Category.HEALTH: YES, Category.MENTAL_HEALTH: NO}, "reason": "frail", "at": AT,
        **changed,
    }  # fmt: skip


def test_a_health_body_discloses_item_by_item(place: Place) -> None:
    """P9: before any yes, and only to whoever is involved; what it keeps stays shut."""
    begin_involvement(by=viewer(place.officer), person_id=place.person.pk, because="x", at=AT)
    decide_disclosure(**asked(place))
    seen = decisions(viewer(place.officer, Purpose.EARLY_HELP), place.person.pk, at=AT)
    assert seen["gp", Category.HEALTH].line == "before_yes_health_discloses"
    assert not seen["gp", Category.MENTAL_HEALTH].allowed
    assert [line.categories for line in lines("decided to disclose")] == [["health"]]
    assert [line.categories for line in lines("decided not to disclose")] == [["mental_health"]]
    assert derive.everything(at=AT) == ()


def test_a_later_decision_ends_the_one_before(place: Place) -> None:
    begin_involvement(by=viewer(place.officer), person_id=place.person.pk, because="x", at=AT)
    decide_disclosure(**asked(place))
    decide_disclosure(**asked(place, items={Category.HEALTH: NO}, at=AT + HOUR))
    seen = decisions(viewer(place.officer, Purpose.EARLY_HELP), place.person.pk, at=AT + HOUR)
    assert not seen["gp", Category.HEALTH].allowed


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": " "}, "Give the reason"),
        ({"items": {}}, "at least one item"),
        ({"recipient": "gp"}, "another agency"),
        ({"recipient": "nobody"}, "no such agency"),
        ({"items": {Category.HOUSING: YES}}, "does not carry Housing"),
        ({"ends_at": AT}, "ends after"),
        ({"person_id": uuid.uuid4()}, "nobody here"),
        ({"by": SYSTEM}, "A practitioner decides"),
    ],
)
def test_a_disclosure_that_cannot_be_is_refused(
    place: Place, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(CannotDisclose, match=says):
        decide_disclosure(**asked(place, **changed))
    assert not Disclosure.objects.exists()


def test_s16la_refuses_not_sharing_without_a_reason(place: Place) -> None:
    """Standards 1.1: the reason for not sharing is recorded just as well."""
    with pytest.raises(CannotDisclose, match="just as well for not sharing"):
        decide_disclosure(**asked(place, items={Category.HEALTH: NO}, reason=""))


def test_s16la_once_in_force_asks_whether_sharing_would_harm_the_child_more(place: Place) -> None:
    """The duty binds from a day that is set when it is known; until then it is good practice."""
    child = asked(place, purpose=Purpose.SAFEGUARD_CHILD, items={Category.HEALTH: NO})
    with override_settings(DUTY_TO_SHARE_FROM=AT.date()):
        with pytest.raises(CannotDisclose, match="s16LA"):
            decide_disclosure(**child)
        decide_disclosure(**child, more_detrimental=True)
        decide_disclosure(**{**child, "items": {Category.HEALTH: YES}})
    with override_settings(DUTY_TO_SHARE_FROM=AT.date() + datetime.timedelta(days=1)):
        decide_disclosure(**child)
    found = lines("decided not to disclose")
    assert sorted(line.detail["more_detrimental"] for line in found) == [False, True]


def test_a_decision_for_law_enforcement_leaves_no_trace_for_the_person(place: Place) -> None:
    """P14."""
    decide_disclosure(**asked(place, purpose=Purpose.LAW_ENFORCEMENT))
    assert all(line.traceless for line in lines("decided to disclose"))


# ---------------------------------------------------------------- holdings


def held(post: Post, place: Place, **changed: object) -> dict[str, object]:
    return {
        "by": viewer(post), "person_id": place.person.pk, "category": Category.HOUSING,
        "headline": "Tenancy", "summary": "since Whitsun", "detail": "arrears of 12 weeks", "at": AT,
        **changed,
    }  # fmt: skip


def test_a_holding_is_recorded_level_by_level_and_not_a_word_of_it_in_the_audit(
    place: Place,
) -> None:
    made = record_holding(**held(place.officer, place))
    assert (made.summary.summary, made.detail.detail) == ("since Whitsun", "arrears of 12 weeks")
    bare = record_holding(**held(place.officer, place, summary="", detail=""))
    assert not HoldingSummary.objects.filter(holding=bare).exists()
    (line, _) = lines("recorded a holding")
    assert line.categories == ["housing"]
    assert "Whitsun" not in str(vars(line))


def test_what_the_police_hold_bears_their_handling_code(place: Place) -> None:
    """P10."""
    police = built.post(built.agency("police", Kind.POLICE), "police_liaison", AT)
    victim = {"category": Category.CRIME_VICTIM}
    with pytest.raises(CannotRecordHolding, match="handling code"):
        record_holding(**held(police, place, **victim))
    made = record_holding(**held(police, place, **victim, handling_code="2BP"))
    assert Holding.objects.get(pk=made.pk).handling_code == "2BP"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"category": Category.HEALTH}, "does not carry Health"),
        ({"headline": " "}, "headline"),
        ({"headline": "x" * 201}, "at most 200"),
        ({"handling_code": "x" * 21}, "at most 20"),
        ({"ends_on": datetime.date(2026, 1, 1)}, "no earlier"),
        ({"person_id": uuid.uuid4()}, "nobody here"),
    ],
)
def test_a_holding_that_cannot_be_is_refused(
    place: Place, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(CannotRecordHolding, match=says):
        record_holding(**held(place.officer, place, **changed))


def test_a_holding_recalled_is_gone_with_all_its_levels(place: Place) -> None:
    """P15: its source takes it back, and no copy stays."""
    made = record_holding(**held(place.officer, place))
    with pytest.raises(CannotRecallHolding):
        recall_holding(by=viewer(place.gp), holding_id=made.pk, at=AT)
    recall_holding(by=viewer(place.manager), holding_id=made.pk, at=AT)
    assert not Holding.objects.exists()
    assert not HoldingDetail.objects.exists()
    assert len(lines("recalled a holding")) == 1
