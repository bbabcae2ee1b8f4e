"""Who is proposed to lead an agenda: hard limits always, the rest weighed, never worse than a greedy choice."""

import datetime
import uuid

import pytest

from benchmarks.allocation import agenda
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.partnership.workforce.rules import Answer
from joinedup.support.cases.choices import ForWhom
from joinedup.support.panels.choices import NeedKind
from joinedup.support.panels.rules.allocating import (
    Asked,
    TeamFacts,
    Worker,
    kind_of,
    team_to_ask,
    usual_competences,
    why_cannot,
)
from joinedup.support.panels.rules.proposal import (
    Near,
    Proposal,
    ToLead,
    can_lead,
    cost_of,
    propose,
)

C = CompetenceCode
ADULTS = frozenset({C.LEADS_ADULTS})
ASKED = Asked(NeedKind.ADULT, ADULTS)


def worker(name: str = "Grace", **more: object) -> Worker:
    said: dict[str, object] = {"agency": "housing", "team": 1, "held": ADULTS}
    return Worker(post=uuid.uuid5(uuid.NAMESPACE_DNS, name), name=name, **(said | more))  # type: ignore[arg-type]


def item(name: str = "one", asked: Asked = ASKED, weight: int = 2, **more: object) -> ToLead:
    return ToLead(uuid.uuid5(uuid.NAMESPACE_URL, name), asked, weight, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("for_whom", "ages", "needs", "kind"),
    [
        (ForWhom.FAMILY, [40, 7], [], NeedKind.FAMILY),
        (ForWhom.PERSON, [16], ["mental_health"], NeedKind.YOUNG_PERSON),
        (ForWhom.PERSON, [40], ["mental_health", "care"], NeedKind.ADULT_MENTAL_HEALTH),
        (ForWhom.PERSON, [None], ["care", "physical_health"], NeedKind.ADULT_MIXED),
        (ForWhom.PERSON, [40], ["housing"], NeedKind.ADULT),
    ],
)
def test_what_a_case_asks_for_follows_from_people_and_needs(
    for_whom: ForWhom, ages: list[int | None], needs: list[str], kind: NeedKind
) -> None:
    """S4-11: mixed need asks for somebody who can assess both and knows self-directed support."""
    assert kind_of(for_whom, ages, needs) is kind
    if kind is NeedKind.ADULT_MIXED:
        assert {C.MIXED_NEED, C.SELF_DIRECTED_SUPPORT} <= usual_competences(kind)


DAY = datetime.date(2026, 12, 1)
AMHP = FunctionCode.AMHP


@pytest.mark.parametrize(
    ("asked", "more", "kept", "says"),
    [
        (ASKED, {}, False, None),
        (ASKED, {}, True, "may not work with this person"),
        (ASKED, {"away_until": DAY}, False, "away until 1 December 2026"),
        (ASKED, {"held": frozenset(), "lapsed": {C.LEADS_ADULTS: DAY}}, False, "ended before"),
        (Asked(NeedKind.ADULT, ADULTS, function=AMHP), {}, False, "not entered for this function"),
        (Asked(NeedKind.ADULT, ADULTS, function=AMHP),
         {"functions": {AMHP: Answer(False, "The approval ended.")}}, False, "approval ended"),
        (Asked(NeedKind.ADULT, ADULTS, worker_sex=WorkerSex.WOMAN), {}, False, "A woman was asked"),
        (Asked(NeedKind.ADULT, ADULTS, worker_sex=WorkerSex.WOMAN), {"sex": WorkerSex.WOMAN},
         False, None),
    ],
)  # fmt: skip
def test_why_somebody_cannot_lead(
    asked: Asked, more: dict[str, object], kept: bool, says: str | None
) -> None:
    """P28, S4-21."""
    why = why_cannot(asked, worker(**more), kept_from=kept)
    assert why is None if says is None else says in (why or "")


@pytest.mark.parametrize(
    ("teams", "asked"),
    [
        ([TeamFacts(1, 0, 0)], None),
        ([TeamFacts(1, 2, 4), TeamFacts(2, 1, 4, serves=True)], 2),
        ([TeamFacts(1, 0, 4, serves=True), TeamFacts(2, 1, 4)], 2),
        ([TeamFacts(1, 9, 9, is_sensitive=True), TeamFacts(2, 0, 1)], 2),
        ([TeamFacts(1, 2, 4, leads_already=True), TeamFacts(2, 3, 4, serves=True)], 1),
        ([TeamFacts(3, 1, 1), TeamFacts(2, 1, 1)], 2),
    ],
)
def test_the_team_that_can_lead_and_serves_the_place_is_asked(
    teams: list[TeamFacts], asked: int | None
) -> None:
    """S0-67: a team of the locality, or one for the whole place."""
    assert team_to_ask(teams) == asked


def test_the_lightest_of_two_alike_leads_and_it_says_why() -> None:
    light, heavy = worker("Light", weight=4), worker("Heavy", weight=15)
    one = item()
    found = propose([one], [heavy, light])
    assert found.best.leads[one.key] == light.post
    assert found.why[one.key] == (
        "Light works elsewhere and carries 4 of 20 without it. Compared with 1 other; next is Heavy, "
        "who works elsewhere and carries 15 of 20 without it."
    )


def test_whoever_is_known_and_near_is_preferred_to_whoever_is_free() -> None:
    known, free = worker("Known", weight=8), worker("Free", weight=4)
    one = item(near={known.post: Near(serves=True, knows=True)})
    found = propose([one], [free, known])
    assert found.best.leads[one.key] == known.post
    assert "knows them already, serves where they live" in found.why[one.key]


def test_two_who_must_be_kept_apart_have_two_leads_or_one_has_none() -> None:
    """P28: never one worker for both, though she be the only one."""
    one, other = item("one"), item("other")
    one = item("one", apart=frozenset({other.key}))
    found = propose([one, other], [worker("A"), worker("B", weight=18)])
    assert len({found.best.leads[one.key], found.best.leads[other.key]}) == 2
    alone = propose([one, other], [worker("A")])
    assert list(alone.best.leads.values()).count(None) == 1
    assert any("kept apart" in words for words in alone.why.values())


def test_half_a_week_carries_half_and_the_same_cases_weigh_twice_on_it() -> None:
    """Eight people to lead between a whole and a half week, neither over theirs."""
    whole, half = worker("Whole"), worker("Half", full=10)
    eight = [item(str(number)) for number in range(8)]
    found = propose(eight, [whole, half])
    led = list(found.best.leads.values())
    assert (led.count(whole.post), led.count(half.post)) in {(5, 3), (6, 2)}
    assert found.best.cost == cost_of(eight, [whole, half], found.best.leads)
    busy = worker("Whole", weight=6)
    (chosen,) = propose([item()], [busy, worker("Half", full=10, weight=4)]).best.leads.values()
    assert chosen == busy.post, "six of twenty is less than four of ten"
    assert "their whole week" in _why(propose([item()], [worker("Half", full=10, weight=9)]))


def test_nobody_is_proposed_where_nobody_can_and_it_says_why() -> None:
    """S0-95."""
    mixed = Asked(NeedKind.ADULT_MIXED, usual_competences(NeedKind.ADULT_MIXED))
    untrained = item("mixed", mixed)
    assert "Nobody is entered for all that it needs" in _why(propose([untrained], [worker()]))
    full = _why(propose([item()], [worker(weight=19)]))
    assert full == "1 are entered for it; 1 of them carry their whole week already."
    barred = worker()
    kept = _why(propose([item(near={barred.post: Near(kept_from=True)})], [barred]))
    assert "kept" not in kept, "whom a person is kept from is not told"


def _why(found: Proposal) -> str:
    (why,) = found.why.values()
    return why


def test_by_rule_only_the_agency_that_leads_already() -> None:
    """P27."""
    one = item(only_of="care")
    found = propose([one], [worker("Other", weight=0), worker("Care", agency="care", weight=15)])
    assert "Care" in found.why[one.key]
    assert "leads by rule" in found.why[one.key]


@pytest.mark.parametrize("seed", range(4))
def test_a_proposal_keeps_every_hard_limit_and_is_never_worse_than_greedy(seed: int) -> None:
    """The same facts give the same answer, within a full week, nobody barred, nobody for two kept apart."""
    items, workers = agenda(seed, 14, 16)
    found = propose(items, workers)
    assert found.best.cost <= found.greedy.cost
    assert found.best.cost == cost_of(items, workers, found.best.leads)
    by = {each.post: each for each in workers}
    loads = {each.post: each.weight for each in workers}
    for each in items:
        post = found.best.leads[each.key]
        if post is not None:
            assert can_lead(each, by[post])
            assert all(found.best.leads[other] != post for other in each.apart)
            loads[post] += each.weight
    assert all(loads[post] <= max(by[post].full, by[post].weight) for post in by)
    assert propose(items, workers).best == found.best
