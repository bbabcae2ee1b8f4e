"""Many cases go to another team in one act: previewed, resumable, and none without its lead for an instant."""

import random
import uuid

import pytest

from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Lead
from joinedup.support.cases.operations import close_case, open_case
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.operations import give_back
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.models import CaseMove, JointMove, MovedCase
from joinedup.support.panels.operations.moving import (
    CannotMove,
    accept_moved,
    begin_move,
    follow_moves,
    go_on,
)
from joinedup.support.panels.operations.moving_together import (
    begin_joint_move,
    join_in,
    stay_out,
)
from joinedup.support.panels.queries.moving import cases_to_move, preview_of, teams_to_move_to
from joinedup.support.panels.queries.moving_together import joint_shown, teams_to_ask
from joinedup.support.panels.rules.moving import Goes, Taker, share_out
from tests.sharing import walled
from tests.unit.handovers.sides import later, post_of
from tests.unit.panels.panelled import AT


def key(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


@pytest.mark.parametrize("seed", range(20))
def test_sharing_out_gives_each_case_one_lead_who_may_and_is_even(seed: int) -> None:
    """S0-97: every case either goes to one who may lead it or stays, with the reason said."""
    chance = random.Random(seed)
    takers = [Taker(key(n), chance.randint(0, 9), chance.choice((20, 10, 4))) for n in range(1, 5)]
    cases = [
        Goes(
            key(100 + n), chance.choice((1, 2, 3, 5)),
            frozenset(chance.sample([t.post for t in takers], k=chance.randint(0, 4))),
            why_not=chance.choice(("", "", "", "Offered already.")),
        )
        for n in range(12)
    ]  # fmt: skip
    found = share_out(cases, takers)
    assert set(found.to) | set(found.stays) == {case.case for case in cases}
    assert not set(found.to) & set(found.stays)
    assert all(found.to[c.case] not in c.not_by for c in cases if c.case in found.to)
    carried = sum(t.weight for t in takers) + sum(c.weight for c in cases if c.case in found.to)
    assert sum(found.after.values()) == carried
    assert set(found.over) == {t.post for t in takers if found.after[t.post] > t.full}


@pytest.fixture
def lead() -> Viewer:
    walled.agency("link", "voluntary")
    walled.agency("housing", "housing")
    return walled.viewer("link", "practitioner", team="Early help")


def manager_of(of: str, team: str) -> Viewer:
    return walled.viewer(of, "team_manager", team=team)


def opened(lead: Viewer, many: int = 3) -> list[Case]:
    return [
        open_case(
            by=lead, person_ids=[walled.person("link")], programme=Programme.EARLY_HELP,
            lead_post_id=post_of(lead), at=AT,
        )
        for _ in range(many)
    ]  # fmt: skip


def leads_now() -> dict[uuid.UUID, uuid.UUID]:
    with acting(walled.SYSTEM):
        found = Lead.objects.filter(ends_at__isnull=True, case__closed_at__isnull=True)
        duties = dict(Duty.objects.current().values_list("matter_id", "post_id"))
        leads = dict(found.values_list("case_id", "post_id"))
        assert set(leads) == set(Case.objects.open().values_list("pk", flat=True)), "each has one"
        assert all(duties[case] == post for case, post in leads.items())
    return leads


def states(move: CaseMove) -> list[str]:
    with acting(walled.SYSTEM):
        return list(
            MovedCase.objects.filter(move=move).order_by("pk").values_list("state", flat=True)
        )


@pytest.mark.django_db
def test_within_an_agency_each_case_gets_its_new_lead_at_once(lead: Viewer) -> None:
    """S0-97, P33: history, notices, and a lead at every instant."""
    manager, theirs = manager_of("link", "Early help"), manager_of("link", "North locality")
    workers = [walled.viewer("link", team="North locality") for _ in range(2)]
    cases = opened(lead, 4)
    (team,) = [each for each in teams_to_move_to(manager, AT) if each.pk == theirs.team_id]
    with acting(manager):
        seen = preview_of(manager, cases_to_move(manager, AT), team, AT)
    assert len(seen.shared.to) == 4
    assert not seen.other_agency
    assert sorted(load.cases for load in seen.after) == [2, 2]
    with pytest.raises(CannotMove, match="why"):
        begin_move(by=manager, to_team_id=team.pk, reason=" ", at=AT)
    with pytest.raises(NotPermitted):
        begin_move(by=lead, to_team_id=team.pk, reason="One team for the north", at=AT)
    move = begin_move(by=manager, to_team_id=team.pk, reason="One team for the north", at=later(1))
    assert states(move) == [MovedState.MOVED] * 4
    assert set(leads_now().values()) == {worker.post_id for worker in workers}
    told = set(Notice.objects.filter(kind="cases_moved").values_list("post_id", flat=True))
    assert told == {lead.post_id, theirs.post_id, *(worker.post_id for worker in workers)}
    with acting(walled.SYSTEM):
        assert Lead.objects.filter(case=cases[0].pk).count() == 2, "who led before stands as it was"
    assert sum(go_on(by=manager, move_id=move.pk, at=later(2)).values()) == 0, "done once"


@pytest.mark.django_db
def test_to_another_agency_the_manager_there_accepts_first(lead: Viewer) -> None:
    """P33: until then whoever leads leads; sent back, it stays and says so."""
    manager, theirs = manager_of("link", "Early help"), manager_of("housing", "Locality team")
    worker = walled.viewer("housing", "housing_officer", team="Locality team")
    cases = opened(lead, 3)
    move = begin_move(by=manager, to_team_id=theirs.team_id or 0, reason="One team", at=later(1))
    assert states(move) == [MovedState.OFFERED] * 3
    assert set(leads_now().values()) == {lead.post_id}
    with acting(walled.SYSTEM):
        first = MovedCase.objects.select_related("handover").get(move=move, case=cases[0])
    assert first.handover_id is not None
    give_back(
        by=theirs, handover_id=first.handover_id, reason=ReturnReason.OUTSIDE_OUR_AREA,
        words="Moved away", at=later(1.1),
    )  # fmt: skip
    assert follow_moves(at=later(1.2)) == 1
    with pytest.raises(NotPermitted):
        accept_moved(by=manager, move_id=move.pk, at=later(1.2))
    assert accept_moved(by=theirs, move_id=move.pk, at=later(1.2)) == (2, [])
    assert sorted(states(move)) == [MovedState.MOVED, MovedState.MOVED, MovedState.NOT_MOVED]
    leads = leads_now()
    assert leads[cases[0].pk] == lead.post_id
    assert leads[cases[1].pk] == leads[cases[2].pk] == worker.post_id


@pytest.mark.django_db
def test_cut_off_half_way_it_goes_on_and_what_closed_meanwhile_stays(lead: Viewer) -> None:
    """S0-97: idempotent by case; no case is led by nobody, whatever closed in between."""
    manager, theirs = manager_of("link", "Early help"), manager_of("link", "North locality")
    worker = walled.viewer("link", team="North locality")
    cases = opened(lead, 3)
    with acting(walled.SYSTEM):
        move = CaseMove.objects.create(
            from_team_id=manager.team_id, to_team_id=theirs.team_id, reason="One team",
            by_post_id=manager.post_id, at=AT,
        )  # fmt: skip
        MovedCase.objects.bulk_create(
            MovedCase(move=move, case=case, from_post_id=lead.post_id, to_post_id=worker.post_id)
            for case in cases
        )
        MovedCase.objects.filter(case=cases[0]).update(state=MovedState.MOVED)
    close_case(by=lead, matter_id=cases[1].pk, words="She is well", at=later(0.5))
    done = go_on(by=manager, move_id=move.pk, at=later(1))
    assert (done[MovedState.MOVED], done[MovedState.NOT_MOVED]) == (1, 1)
    with acting(walled.SYSTEM):
        stayed = MovedCase.objects.get(case=cases[1])
    assert stayed.why == "It was closed meanwhile."
    assert leads_now() == {cases[0].pk: lead.post_id, cases[2].pk: worker.post_id}


@pytest.mark.django_db
def test_several_teams_cases_go_to_one_as_each_manager_agrees(lead: Viewer) -> None:
    """S0-97, P27, P33: nobody moves another team's cases; shared out evenly; no case without its lead."""
    walled.agency("fire", "fire")
    mine, there = manager_of("link", "Early help"), manager_of("housing", "North locality")
    takers = [walled.viewer("housing", "housing_officer", team="North locality") for _ in range(2)]
    fire, fires = walled.viewer("fire", team="Home safety"), manager_of("fire", "Home safety")
    other, others = walled.viewer("link", team="Family hub"), manager_of("link", "Family hub")
    own, theirs, last = opened(lead, 2), opened(fire, 2), opened(other, 1)
    asked = {team.pk for team in teams_to_ask(mine, AT)}
    assert {fires.team_id, others.team_id} <= asked
    said = {"by": mine, "to_team_id": there.team_id or 0, "reason": "One team", "at": later(1)}
    with pytest.raises(CannotMove, match="at least one other"):
        begin_joint_move(team_ids=[mine.team_id or 0], **said)  # type: ignore[arg-type]
    joint = begin_joint_move(team_ids=[fires.team_id or 0, others.team_id or 0], **said)  # type: ignore[arg-type]
    with acting(walled.SYSTEM):
        assert {each.case_id for each in MovedCase.objects.all()} == {each.pk for each in own}
    told = set(Notice.objects.filter(kind="cases_moved").values_list("post_id", flat=True))
    assert {fires.post_id, others.post_id, there.post_id} <= told
    for by in (lead, there, walled.viewer("fire", team="Home safety")):
        with pytest.raises(NotPermitted):
            join_in(by=by, joint_id=joint.pk, at=later(2))
    move = join_in(by=fires, joint_id=joint.pk, at=later(2))
    with acting(walled.SYSTEM):
        to = list(MovedCase.objects.values_list("to_post", flat=True))
        assert {each.case_id for each in MovedCase.objects.filter(move=move)} == {
            each.pk for each in theirs
        }
    assert sorted(to.count(taker.post_id) for taker in takers) == [2, 2], "shared over both moves"
    with pytest.raises(CannotMove, match="answered this already"):
        join_in(by=fires, joint_id=joint.pk, at=later(2))
    with pytest.raises(CannotMove, match="Say why"):
        stay_out(by=others, joint_id=joint.pk, because=" ", at=later(2))
    stay_out(by=others, joint_id=joint.pk, because="He moves house this week", at=later(2))
    for each in CaseMove.objects.all():
        accept_moved(by=there, move_id=each.pk, at=later(3))
    seen = joint_shown(there, joint.pk)
    assert (seen.without_a_lead, seen.waits_for_viewer) == (0, False)
    assert [bool(each.move) for each in seen.teams].count(True) == 2
    leads = leads_now()
    assert leads[last[0].pk] == other.post_id
    assert {leads[each.pk] for each in (*own, *theirs)} == {taker.post_id for taker in takers}
    with pytest.raises(JointMove.DoesNotExist):
        joint_shown(manager_of("housing", "Elsewhere"), joint.pk)
