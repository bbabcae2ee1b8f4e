"""High risk goes its own way beside the programme, to a team that alone reads of it."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import Matter, MatterPerson
from joinedup.support.frontdoor.choices import FoundKind, HighRiskRoute
from joinedup.support.frontdoor.models import (
    HighRiskInbox,
    HighRiskPapers,
    HighRiskReferral,
    Progress,
    Referral,
)
from joinedup.support.frontdoor.operations.high_risk import (
    CannotActOnHighRisk,
    CannotSetInbox,
    close_high_risk,
    send_again,
    set_inbox,
)
from joinedup.support.frontdoor.operations.high_risk_back import send_through_exit
from joinedup.support.frontdoor.operations.settling import settle, take_back
from joinedup.support.frontdoor.operations.triaging import find_out
from joinedup.support.frontdoor.queries.access import way_of_matter
from joinedup.support.frontdoor.queries.high_risk import high_risk_with
from joinedup.support.frontdoor.rules.typed import TypedSubject
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.models import Handover, HandoverMessage
from joinedup.support.handovers.operations import CannotGiveBack, accept, give_back
from joinedup.support.handovers.queries.seen import duty_of, open_handover
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, TODAY, Door

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(hours=2)


@pytest.fixture
def door() -> Door:
    return referred.door()


@pytest.fixture
def taker(door: Door) -> Viewer:
    """The manager of the MARAC's team in the police, which takes it."""
    taker = walled.viewer("police", "team_manager", team="MARAC")
    assert taker.team_id is not None
    set_inbox(
        by=door.manager, route=HighRiskRoute.MARAC, team_id=taker.team_id, starts_on=TODAY, at=AT
    )
    return taker


def deemed(door: Door, route: HighRiskRoute = HighRiskRoute.MARAC, **more: object) -> Referral:
    made = referred.referral(door.sender, **more)  # type: ignore[arg-type]
    find_out(
        by=door.worker, matter_id=made.pk, kind=FoundKind.HIGH_RISK, code=route,
        words="DASH of 14 by the officer", at=AT,
    )  # fmt: skip
    return made


def own_matter(made: Referral) -> uuid.UUID:
    with acting(walled.SYSTEM):
        found = HighRiskReferral.objects.get(matter=made.pk).sent_as_id
    assert found is not None
    return found


def heard(sender: Viewer, made: Referral) -> tuple[str, ...]:
    with acting(sender):
        rows = Progress.objects.filter(matter=made.pk).order_by("at", "pk")
        return (Referral.objects.get(pk=made.pk).reason_told, *(each.words for each in rows))


def test_the_team_that_takes_it_answers_from_when_it_is_sent(door: Door, taker: Viewer) -> None:
    """P16, P34: handed over in parallel, logged; the front door's own referral goes on."""
    made = deemed(door)
    (papers,) = high_risk_with(taker)
    assert papers.people[0]["name"] == "Ada Ashe"
    assert "He is alone all day." in papers.in_words
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, papers.pk)
        assert duty is not None
        assert duty.post_id == taker.post_id
        at_the_door = duty_of(walled.SYSTEM, made.pk)
        assert at_the_door is not None
        assert at_the_door.post.team_id == door.worker.team_id
        assert not Exit.objects.exists()
        waiting = open_handover(walled.SYSTEM, papers.pk)
    assert waiting is not None
    accept(by=taker, handover_id=waiting.pk, at=LATER)
    close_high_risk(by=taker, matter_id=papers.pk, words="Heard on 3 December.", at=LATER)
    with acting(door.worker):
        said = HandoverMessage.objects.filter(handover=waiting.pk).order_by("-pk").first()
        assert said is not None
        assert said.words == "Heard on 3 December."
    with acting(walled.SYSTEM):
        assert way_of_matter(made.pk, at=LATER).hand_offs == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("whom", ["sender", "taker", "colleague"])
def test_nobody_else_learns_of_it(door: Door, taker: Viewer, whom: str) -> None:
    """P8: neither who sent the referral, nor another team, nor the police beyond the team that takes it."""
    colleague = walled.viewer("police", "team_manager", team="Response")
    who = colleague if whom == "colleague" else getattr(door, whom)
    made = deemed(door)
    beside = own_matter(made)
    with acting(who):
        assert not HighRiskPapers.objects.exists()
        assert not HighRiskReferral.objects.exists()
        assert not Matter.objects.filter(pk=beside).exists()
        assert not Handover.objects.filter(matter=beside).exists()
    assert high_risk_with(who) == []
    with pytest.raises(CannotActOnHighRisk):
        close_high_risk(by=who, matter_id=beside, words="x", at=LATER)


def test_the_sender_reads_the_same_whether_it_was_deemed_high_or_not(
    door: Door, taker: Viewer
) -> None:
    """P8, P17."""
    assert heard(door.sender, deemed(door)) == heard(door.sender, referred.referral(door.sender))


def test_what_no_team_takes_rings_at_the_door_of_safeguarding(door: Door) -> None:
    """Never dropped: no team is named; or nobody of it can take it today; and the MASH always."""
    made = deemed(door, HighRiskRoute.IOM)
    team = Team.objects.create(agency_id="police", name="Nobody here")
    set_inbox(by=door.manager, route=HighRiskRoute.MAPPA, team_id=team.pk, starts_on=TODAY, at=AT)
    for route in (HighRiskRoute.MAPPA, HighRiskRoute.MASH):
        find_out(
            by=door.worker, matter_id=made.pk, kind=FoundKind.HIGH_RISK, code=route,
            words="By phone", at=AT,
        )  # fmt: skip
    with acting(walled.SYSTEM):
        assert Exit.objects.filter(from_matter=made.pk).count() == 3
        assert HighRiskReferral.objects.filter(sent_as=None).count() == 3
        assert not HighRiskPapers.objects.exists()


def test_what_comes_back_is_sent_again_by_whoever_answers_for_it(door: Door, taker: Viewer) -> None:
    beside = own_matter(deemed(door))
    with acting(walled.SYSTEM):
        waiting = open_handover(walled.SYSTEM, beside)
    assert waiting is not None
    with pytest.raises(CannotGiveBack):
        give_back(
            by=taker,
            handover_id=waiting.pk,
            reason=ReturnReason.NO_CAPACITY,
            words="Full",
            at=LATER,
        )
    give_back(
        by=taker, handover_id=waiting.pk, reason=ReturnReason.OTHER, words="Not ours", at=LATER
    )
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, beside)
    assert duty is not None
    answers = door.worker if duty.post_id == door.worker.post_id else door.manager
    send_again(by=answers, matter_id=beside, at=LATER)
    with pytest.raises(CannotActOnHighRisk, match=r"waits|answers"):
        close_high_risk(by=taker, matter_id=beside, words="x", at=LATER)


@pytest.mark.parametrize(
    ("born", "audience"), [("1950-01-01", "adult"), ("2015-01-01", "child"), (None, "adult")]
)
def test_what_comes_back_goes_on_through_the_exit(
    door: Door, taker: Viewer, born: str | None, audience: str
) -> None:
    """P16, P19: nothing of it is dropped, and who sent the referral hears nothing of it (P8)."""
    who = TypedSubject("Ada", "Ashe", datetime.date.fromisoformat(born) if born else None)
    made = deemed(door, subject=who)
    beside = own_matter(made)
    before = heard(door.sender, made)
    with acting(walled.SYSTEM):
        waiting = open_handover(walled.SYSTEM, beside)
    assert waiting is not None
    with pytest.raises(CannotActOnHighRisk, match="not with you"):
        send_through_exit(by=door.worker, matter_id=beside, at=LATER)
    give_back(
        by=taker, handover_id=waiting.pk, reason=ReturnReason.OTHER, words="Not ours", at=LATER
    )
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, beside)
    assert duty is not None
    answers = door.worker if duty.post_id == door.worker.post_id else door.manager
    send_again(by=answers, matter_id=beside, at=LATER)
    with pytest.raises(CannotActOnHighRisk):
        send_through_exit(by=answers, matter_id=beside, at=LATER)
    with acting(walled.SYSTEM):
        waiting = open_handover(walled.SYSTEM, beside)
    assert waiting is not None
    give_back(by=taker, handover_id=waiting.pk, reason=ReturnReason.OTHER, words="No", at=LATER)
    rung = send_through_exit(by=answers, matter_id=beside, at=LATER)
    with acting(walled.SYSTEM):
        found = Exit.objects.get()
        assert (found.pk, found.audience, found.from_matter_id) == (rung.pk, audience, beside)
        assert "DASH of 14" in found.words
        assert "He is alone all day." in found.words
        assert Matter.objects.get(pk=beside).closed_at == LATER
        assert duty_of(walled.SYSTEM, beside) is None
    with pytest.raises(CannotActOnHighRisk, match="closed"):
        send_through_exit(by=answers, matter_id=beside, at=LATER)
    assert heard(door.sender, made) == before


def test_whom_it_is_about_follows_and_is_taken_back_with_the_referral(
    door: Door, taker: Viewer
) -> None:
    made = deemed(door)
    known = walled.person("care")

    def about() -> set[uuid.UUID]:
        with acting(walled.SYSTEM):
            rows = MatterPerson.objects.filter(matter=own_matter(made))
            return set(rows.values_list("person", flat=True))

    settled = settle(by=door.worker, matter_id=made.pk, place=1, person_id=known, seen=0, at=LATER)
    assert about() == {known}
    take_back(
        by=door.worker, matter_id=made.pk, place=1, reason="Her sister.", seen=settled.settling.pk,
        at=LATER,
    )  # fmt: skip
    assert about() == set()


def test_which_team_takes_it_is_dated_and_set_by_the_manager(door: Door, taker: Viewer) -> None:
    team = Team.objects.create(agency_id="police", name="New MARAC")
    tomorrow = TODAY + datetime.timedelta(days=1)
    how = {"route": HighRiskRoute.MARAC, "team_id": team.pk, "at": AT}
    set_inbox(by=door.manager, starts_on=tomorrow, **how)  # type: ignore[arg-type]
    old, new = HighRiskInbox.objects.order_by("starts_on")
    assert (old.ends_on, new.team_id) == (tomorrow, team.pk)
    yesterday = TODAY - datetime.timedelta(days=1)
    for wrong in ({"starts_on": yesterday}, {"starts_on": TODAY, "route": HighRiskRoute.MASH}):
        with pytest.raises(CannotSetInbox):
            set_inbox(by=door.manager, **{**how, **wrong})  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        set_inbox(by=door.worker, starts_on=TODAY, **how)  # type: ignore[arg-type]
