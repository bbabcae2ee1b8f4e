"""Triage of a referral in the database: what is told, what is counted, and who may read which."""

import random
import uuid

import pytest

from joinedup.identity.sharing.access import NotPermitted, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import Involvement
from joinedup.support.frontdoor.choices import (
    Characteristic,
    EventCode,
    FoundKind,
    HighRiskRoute,
    OutcomeKind,
    ReferralState,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.models import (
    Evidence,
    Found,
    HighRiskReferral,
    Referral,
    SourceOpening,
    Triage,
)
from joinedup.support.frontdoor.operations.outcomes import close_referral
from joinedup.support.frontdoor.operations.triaging import (
    CannotTriage,
    find_out,
    take_back_found,
    triage_referral,
)
from joinedup.support.frontdoor.queries.evidence import evidence_of
from joinedup.support.safeguarding.choices import Audience
from joinedup.support.safeguarding.models import Exit
from tests import audit_lines
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, Door

pytestmark = pytest.mark.django_db


_HELD = (
    ("hospital", Category.HEALTH, EventCode.ED_ATTENDANCE),
    ("police", Category.CRIME_VICTIM, EventCode.VICTIM_OF_CRIME),
    ("police", Category.CRIME_OFFENDER, EventCode.PERPETRATOR_OF_CRIME),
    ("charity", Category.SUBSTANCE_MISUSE, EventCode.ED_LEFT_UNSEEN),
)


@pytest.fixture
def door() -> Door:
    made = referred.door()
    referred.thresholds()
    referred.route("panel", made.worker, kind=RouteKind.PANEL, needs=[])
    referred.route("wellbeing", made.taker)
    SourceOpening.objects.create(
        source=Source.POLICE_HOSPITAL_LIAISON, phase="phase 1", test_result="20 of 20 right",
        opens_on=referred.TODAY,
    )  # fmt: skip
    return made


def run(door: Door, of: uuid.UUID | None = None, **typed: object) -> tuple[Referral, Triage]:
    made = referred.referral(door.sender, of=of, **typed)
    with acting(walled.SYSTEM):
        Triage.objects.filter(matter=made.pk).delete()
    triage = triage_referral(by=door.sender, matter_id=made.pk, at=AT)
    with acting(walled.SYSTEM):
        made.refresh_from_db()
    return made, triage


def test_a_referral_gets_a_route_and_its_sender_a_reason(door: Door) -> None:
    made, triage = run(door)
    assert made.state == ReferralState.WITH_FRONT_DOOR
    assert triage.route is not None
    assert triage.route.code == "wellbeing"
    assert made.reason_told.startswith("Wellbeing. It helps with loneliness.")
    assert not triage.is_eligible
    assert {each["code"] for each in triage.routes} == {"lead", "wellbeing", "panel"}


def test_two_worlds_that_differ_in_what_is_hidden_tell_the_sender_the_same(door: Door) -> None:
    """P17: what the front door counts makes no difference to the words; it does to triage's lines."""
    referred.let_front_door_see("hospital", Category.HEALTH, door.worker)
    quiet, known = walled.person("hospital"), walled.person("hospital")
    referred.attended(known, 5)
    typed = {"agencies_needed": ("health", "housing"), "source": Source.POLICE_HOSPITAL_LIAISON}
    before, hidden = run(door, of=quiet, **typed)
    after, seen = run(door, of=known, **typed)
    assert before.reason_told == after.reason_told
    assert (hidden.is_eligible, seen.is_eligible) == (False, True)
    assert hidden.lines != seen.lines
    assert seen.route is not None
    assert seen.route.code == "panel"


def test_whatever_is_hidden_the_sender_is_told_the_same(door: Door) -> None:
    """P17: a property over worlds: any mix of what other agencies hold, seen by triage or by nobody."""
    chance = random.Random(17)
    for holder, category in (("hospital", Category.HEALTH), ("police", Category.CRIME_VICTIM)):
        referred.let_front_door_see(holder, category, door.worker)
    typed = {"agencies_needed": ("health", "housing"), "source": Source.POLICE_HOSPITAL_LIAISON}
    told, lines = set(), set()
    for _ in range(4):
        somebody = walled.person("hospital", "police", "charity")
        for holder, category, event in _HELD:
            referred.held(somebody, holder, category, event, chance.choice((0, 2, 7)))
        made, triage = run(door, of=somebody, **typed)
        told.add(made.reason_told)
        lines.add(str(triage.lines))
    assert len(told) == 1
    assert len(lines) > 1


def test_what_the_front_door_may_not_see_counts_for_nothing(door: Door) -> None:
    """Counts come from linked events where lawful: without a gateway there is no count, and no look."""
    known = walled.person("hospital")
    referred.attended(known, 5)
    _, triage = run(door, of=known, agencies_needed=("health", "housing"))
    assert not triage.is_eligible
    with acting(walled.SYSTEM):
        assert not Evidence.objects.exists()
    assert audit_lines.lines(act="looked", subject_id=str(known)) == []


def test_counting_what_others_hold_leaves_its_line(door: Door) -> None:
    referred.let_front_door_see("hospital", Category.HEALTH, door.worker)
    known = walled.person("hospital")
    referred.attended(known, 4)
    run(door, of=known)
    (look,) = audit_lines.lines(act="looked", subject_id=str(known))
    assert (look.agency, look.holder, look.post_id) == ("care", "hospital", None)
    assert look.categories == ["health"]


def test_evidence_is_seen_as_the_holding_it_counts_is_seen(door: Door) -> None:
    """A worker under another purpose, and a team it is handed to, do not learn what the hospital holds."""
    referred.let_front_door_see("hospital", Category.HEALTH, door.worker)
    known = walled.person("hospital")
    referred.attended(known, 4)
    _, triage = run(door, of=known)
    with acting(door.worker):
        (row,) = evidence_of(door.worker, triage.pk)
        assert (row.contacts, row.characteristic) == (4, Characteristic.FREQUENT_EMERGENCY)
        assert "4 or more in 60 days" in row.threshold
    elsewhere = walled.Viewer.of_post(
        walled.Post.objects.select_related("team__agency", "user").get(pk=door.worker.post_id),
        purpose="homelessness",
    )
    with acting(elsewhere):
        assert Triage.objects.filter(pk=triage.pk).exists()
        assert evidence_of(elsewhere, triage.pk) == []
    for other in (door.sender, door.taker):
        with acting(other):
            assert not Triage.objects.exists()
            assert not Evidence.objects.exists()


def test_genuine_and_malicious_calls_are_different_characteristics(door: Door) -> None:
    """S0-83."""
    referred.let_front_door_see("hospital", Category.HEALTH, door.worker)
    known = walled.person("hospital")
    referred.held(known, "hospital", Category.HEALTH, EventCode.POLICE_HOAX, 2)
    referred.held(known, "hospital", Category.HEALTH, EventCode.POLICE_CALL, 2)
    _, triage = run(door, of=known)
    with acting(walled.SYSTEM):
        shown = set(Evidence.objects.values_list("characteristic", flat=True))
    assert shown == {"", Characteristic.MALICIOUS_CALLS}
    assert "malicious calls" in triage.lines[0]["words"]


def test_what_the_front_door_found_out_counts_and_never_changes_what_was_told(door: Door) -> None:
    """P16: agencies needed are named by the referrer or by triage."""
    made, _ = run(door, source=Source.POLICE_HOSPITAL_LIAISON)
    told = made.reason_told
    for kind, code in (
        (FoundKind.CHARACTERISTIC, Characteristic.REPEAT_VICTIM),
        (FoundKind.AGENCY, "housing"),
        (FoundKind.AGENCY, "police"),
    ):
        triage = find_out(
            by=door.worker, matter_id=made.pk, kind=kind, code=code, words="By phone today", at=AT
        )
    assert triage.is_eligible
    assert triage.route is not None
    assert triage.route.code == "panel"
    with acting(walled.SYSTEM):
        made.refresh_from_db()
        last = Found.objects.get(code="police")
    assert made.reason_told == told
    again = take_back_found(by=door.worker, matter_id=made.pk, found_id=last.pk, at=AT)
    assert not again.is_eligible


@pytest.mark.parametrize("who", ["sender", "taker"])
def test_only_the_front_door_that_has_it_finds_out(door: Door, who: str) -> None:
    made, _ = run(door)
    with pytest.raises((CannotTriage, NotPermitted)):
        find_out(
            by=getattr(door, who), matter_id=made.pk, kind=FoundKind.AGENCY, code="police",
            words="I say so", at=AT,
        )  # fmt: skip
    with pytest.raises(CannotTriage, match="how you know"):
        find_out(
            by=door.worker,
            matter_id=made.pk,
            kind=FoundKind.AGENCY,
            code="police",
            words=" ",
            at=AT,
        )


def test_high_risk_goes_its_own_way_beside_the_programme_and_is_logged_once(door: Door) -> None:
    """P16: logged and never dropped, with who deemed it high; and no team it is handed to reads it (P8)."""
    made, _ = run(door)
    for _ in range(2):
        triage_referral(by=door.worker, matter_id=made.pk, at=AT)
    find_out(
        by=door.worker, matter_id=made.pk, kind=FoundKind.HIGH_RISK, code=HighRiskRoute.MARAC,
        words="DASH of 14 by the officer", at=AT,
    )  # fmt: skip
    triage_referral(by=door.worker, matter_id=made.pk, at=AT)
    with acting(door.worker):
        (row,) = HighRiskReferral.objects.all()
        assert (row.route, row.tool) == ("marac", "DASH of 14 by the officer")
    with acting(walled.SYSTEM):
        raised = Exit.objects.get()
    assert (raised.from_matter_id, raised.audience) == (made.pk, Audience.ADULT)
    with acting(door.sender):
        assert not HighRiskReferral.objects.exists()


def test_a_source_that_is_not_open_is_sent_another_way_and_told_where(door: Door) -> None:
    """S0-93, S0-94."""
    made, triage = run(door, source=Source.SCHOOL, agencies_needed=("health", "housing"))
    triage = find_out(
        by=door.worker, matter_id=made.pk, kind=FoundKind.CHARACTERISTIC,
        code=Characteristic.VIOLENCE, words="By phone", at=AT,
    )  # fmt: skip
    assert triage.is_eligible
    assert triage.route is not None
    assert triage.route.code == "wellbeing"
    panel = next(each for each in triage.routes if each["code"] == "panel")
    assert "does not take referrals from this source" in panel["why_not"][0]


def test_a_referral_is_the_front_door_s_reason_and_ends_with_it(door: Door) -> None:
    """What the gateways open to those involved is open to the front door while it works at it."""
    known = walled.person("care")
    made, _ = run(door, of=known)
    again, _ = run(door, of=known)

    def live() -> int:
        with acting(walled.SYSTEM):
            return Involvement.objects.filter(person_id=known, ends_at__gt=AT).count()

    assert live() == 1
    for each, left in ((made, 1), (again, 0)):
        close_referral(
            by=door.worker, matter_id=each.pk, outcome=OutcomeKind.SETTLED_AT_FIRST_CONTACT,
            words="Advice was given.", at=AT,
        )  # fmt: skip
        assert live() == left
