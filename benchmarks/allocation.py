"""Proposing who leads 60 cases among 80 practitioners, beside a greedy assignment: cost of both, time, ratio."""

import argparse
import random
import time
import uuid

from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.support.panels.choices import NeedKind
from joinedup.support.panels.rules.allocating import Asked, Worker, usual_competences
from joinedup.support.panels.rules.proposal import Assignment, Near, ToLead, cost_of, propose

LANGUAGES = ("Urdu", "Polish", "Bengali", "Somali")
AGENCIES = 8
LOCALITIES = 5
KINDS = (
    NeedKind.ADULT, NeedKind.ADULT, NeedKind.ADULT_MIXED, NeedKind.ADULT_MENTAL_HEALTH,
    NeedKind.FAMILY, NeedKind.YOUNG_PERSON,
)  # fmt: skip


def _key(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128))


def agenda(seed: int, cases: int, people: int) -> tuple[list[ToLead], list[Worker]]:
    """A made-up agenda: adults above all, few who are trained for mixed need, unequal loads."""
    chance = random.Random(seed)
    workers, where = [], {}
    for number in range(people):
        kinds = chance.sample(KINDS, k=chance.choice((1, 1, 2, 3)))
        held: frozenset[CompetenceCode] = frozenset().union(*map(usual_competences, kinds))
        spoken = chance.sample([each.casefold() for each in LANGUAGES], k=chance.choice((0, 0, 1)))
        worker = Worker(
            _key(chance), f"Practitioner {number}", f"agency {number % AGENCIES}", number % 16,
            held=held, languages=frozenset(spoken), weight=chance.randint(0, 20),
        )  # fmt: skip
        workers.append(worker)
        where[worker.post] = (chance.randrange(LOCALITIES), chance.random(), chance.random())
    keys = [_key(chance) for _ in range(cases)]
    apart: dict[uuid.UUID, set[uuid.UUID]] = {key: set() for key in keys}
    for one, other in zip(keys[: cases // 10], keys[cases // 2 :], strict=False):
        apart[one].add(other)
        apart[other].add(one)
    items = []
    for key in keys:
        home = (chance.randrange(LOCALITIES), chance.random(), chance.random())
        known = set(chance.sample([w.post for w in workers], k=chance.choice((0, 1, 1, 2))))
        kept = set(chance.sample([w.post for w in workers], k=chance.choice((0, 0, 1))))
        kind = chance.choice(KINDS)
        asked = Asked(
            kind, usual_competences(kind), language=chance.choice((*LANGUAGES, *[""] * 12))
        )
        near = {
            w.post: Near(
                serves=where[w.post][0] == home[0],
                travel=round(7 * _far(where[w.post], home)),
                knows=w.post in known,
                kept_from=w.post in kept,
            )
            for w in workers
        }
        items.append(
            ToLead(key, asked, chance.choice((1, 2, 2, 3, 5)), near, frozenset(apart[key]))
        )
    return items, workers


def _far(one: tuple[int, float, float], other: tuple[int, float, float]) -> float:
    return float(((one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2) ** 0.5)


def _none(found: Assignment) -> int:
    return sum(post is None for post in found.leads.values())


def main() -> None:
    """Print both costs and the time of each seed, and how often the proposal was better."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=20)
    asked.add_argument("--cases", type=int, default=60)
    asked.add_argument("--people", type=int, default=80)
    said = asked.parse_args()
    better = worse = 0
    slowest = 0.0
    ratios = []
    print(f"{said.cases} cases, {said.people} practitioners; cost, lower is better")
    print("seed    greedy  proposed  ratio  without a lead  seconds (processor)")
    for seed in range(said.seeds):
        items, workers = agenda(seed, said.cases, said.people)
        began, used = time.perf_counter(), time.process_time()
        found = propose(items, workers)
        took, used = time.perf_counter() - began, time.process_time() - used
        assert found.best.cost == cost_of(items, workers, found.best.leads)
        greedy, best = found.greedy.cost, found.best.cost
        better, worse = better + (best < greedy), worse + (best > greedy)
        slowest = max(slowest, used)
        ratios.append(best / greedy if greedy else 1.0)
        print(
            f"{seed:>4} {greedy:>9,} {best:>9,} {ratios[-1]:>6.3f} {_none(found.greedy):>8} -> "
            f"{_none(found.best):<4} {took:>7.2f} ({used:.2f})"
        )
    print(
        f"better on {better} of {said.seeds}, worse on {worse}; "
        f"ratio {sum(ratios) / len(ratios):.3f} in the mean; slowest {slowest:.2f} s of processor"
    )


if __name__ == "__main__":
    main()
